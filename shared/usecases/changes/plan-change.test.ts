import { describe, expect, test } from 'vitest';
import type { Goal, Step } from '../../core/remedies/plan.ts';
import { changeWorld, type ChangeWorld, type ChangeWorldOptions } from '../../testing/change-world.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { memoryVariableStore } from '../../testing/memory-variable-store.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { PLACE_EDITORS } from './all-editors.ts';
import { planChange, type Planned } from './plan-change.ts';
import type { PlanRequest, Wish } from './plan-request.ts';

const KEY = 'sk-ant-api03-made-up-0123456789';
const OTHER = 'sk-ant-api03-another-9876543210';
const LOGIN = {
  '~/.claude/.credentials.json': JSON.stringify({
    claudeAiOauth: {
      accessToken: 'sk-ant-oat01-made-up',
      refreshToken: 'sk-ant-ort01-made-up',
      expiresAt: 4_102_444_800_000,
      scopes: ['user:inference'],
    },
  }),
};
const CLEAR_KEY: Wish = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };

async function planned(
  options: ChangeWorldOptions,
  wish: Wish = CLEAR_KEY,
  more: Partial<PlanRequest> = {},
): Promise<{ readonly world: ChangeWorld; readonly result: Planned }> {
  const world = changeWorld(options);
  const facts = await gatherFacts(world.ports, world.request);
  const result = await planChange(world.ports, PLACE_EDITORS, facts, {
    wish,
    how: 'comment-out',
    chosen: [],
    claudeCode: { version: '2.1.328', from: 'flag' },
    mayBeInClear: false,
    inTerminal: true,
    ownCommand: ['/usr/bin/credence'],
    ...more,
  });
  return { world, result };
}

async function stepsFor(
  options: ChangeWorldOptions,
  wish?: Wish,
  more?: Partial<PlanRequest>,
): Promise<readonly string[]> {
  const { result } = await planned(options, wish, more);
  return result.ok ? result.prepared.plan.steps.map(told) : [result.why];
}

function told(step: Step): string {
  switch (step.kind) {
    case 'file':
      return `${step.action} ${step.path.replace('/home/p', '~')}:${step.lines.map(({ line }) => line).join(',')}`;
    case 'mode':
      return `${step.path.replace('/home/p', '~')} ${step.from.toString(8)} → ${step.to.toString(8)}`;
    case 'variable':
      return `${step.command} (${step.undoable ? 'can be undone' : 'for good'})`;
    case 'key':
      return `keeps ${step.name}`;
  }
}

const EXPORT = `export ANTHROPIC_API_KEY=${KEY}\n`;

describe('The steps that clear a key', () => {
  test.each<{ title: string; options: ChangeWorldOptions; steps: readonly string[] }>([
    {
      title: 'are none when nothing sets it',
      options: { files: { '~/.zshrc': 'export EDITOR=vi\n' } },
      steps: [],
    },
    {
      title: 'comment out the line of a start-up file',
      options: { files: { '~/.zshrc': `# mine\n${EXPORT}` } },
      steps: ['commented-out ~/.zshrc:2'],
    },
    {
      title: 'take every copy, so that no earlier one takes over',
      options: { files: { '~/.zshenv': EXPORT, '~/.zprofile': EXPORT, '~/.zshrc': EXPORT + EXPORT } },
      steps: ['commented-out ~/.zshenv:1', 'commented-out ~/.zprofile:1', 'commented-out ~/.zshrc:1,2'],
    },
    {
      title: 'take the files of other shells, too',
      options: {
        files: { '~/.bashrc': EXPORT, '~/.config/fish/config.fish': `set -gx ANTHROPIC_API_KEY ${KEY}\n` },
      },
      steps: ['commented-out ~/.bashrc:1', 'commented-out ~/.config/fish/config.fish:1'],
    },
    {
      title: 'change a file that two shells read once',
      options: { files: { '~/.profile': EXPORT } },
      steps: ['commented-out ~/.profile:1'],
    },
    {
      title: 'change a file with two names once',
      options: { files: { '~/.zshrc': { kind: 'link', to: '.zprofile' }, '~/.zprofile': EXPORT } },
      steps: ['commented-out ~/.zprofile:1'],
    },
    {
      title: 'follow a file that a start-up file sources',
      options: { files: { '~/.zshrc': '. ~/.secrets\n', '~/.secrets': EXPORT } },
      steps: ['commented-out ~/.secrets:1'],
    },
    {
      title: 'remove members of settings files and of .claude.json',
      options: {
        files: {
          '~/.claude/settings.json': `{"env": {"ANTHROPIC_API_KEY": "${KEY}"}}`,
          '~/.claude.json': `{"env": {"ANTHROPIC_API_KEY": "${KEY}"}}`,
        },
      },
      steps: ['removed ~/.claude.json:1', 'removed ~/.claude/settings.json:1'],
    },
    {
      title: 'unset what a session keeps, and say when that is for good',
      options: {
        ports: {
          variableStores: (['systemd', 'launchd'] as const).map((id) =>
            memoryVariableStore({ ANTHROPIC_API_KEY: { state: 'set', value: KEY, type: '' } }, { id }),
          ),
        },
      },
      steps: [
        'unset ANTHROPIC_API_KEY in systemd (can be undone)',
        'unset ANTHROPIC_API_KEY in launchd (for good)',
      ],
    },
  ])('$title.', async ({ options, steps }) => {
    expect(await stepsFor(options)).toEqual(steps);
  });

  test('are removals where that is wished.', async () => {
    expect(await stepsFor({ files: { '~/.zshrc': EXPORT } }, CLEAR_KEY, { how: 'remove' })).toEqual([
      'removed ~/.zshrc:1',
    ]);
  });
});

describe('A place is left', () => {
  test.each<{ title: string; options: ChangeWorldOptions; why: string }>([
    {
      title: 'when the line may not run',
      options: { files: { '~/.zshrc': `if true; then\n${EXPORT}fi\n` } },
      why: 'conditional',
    },
    {
      title: 'when it is not read by itself',
      options: { files: { '~/.env': `ANTHROPIC_API_KEY=${KEY}\n` } },
      why: 'not-chosen',
    },
    {
      title: 'when it cannot be written',
      options: { files: { '~/.zshrc': EXPORT }, writer: { refuse: () => 'immutable' } },
      why: 'immutable',
    },
    {
      title: 'when it is managed',
      options: {
        files: { '/etc/claude-code/managed-settings.json': `{"env": {"ANTHROPIC_API_KEY": "${KEY}"}}` },
      },
      why: 'administrators',
    },
  ])('$title, with the reason.', async ({ options, why }) => {
    const { result } = await planned(options);
    expect(result.ok && result.prepared.plan.steps).toEqual([]);
    expect(result.ok && result.prepared.plan.left.map((left) => left.why)).toEqual([why]);
  });

  test('no longer once it is chosen.', async () => {
    const files = { '~/.env': `ANTHROPIC_API_KEY=${KEY}\n` };
    expect(await stepsFor({ files }, CLEAR_KEY, { chosen: ['/home/p/.env'] })).toEqual([
      'commented-out ~/.env:1',
    ]);
  });
});

describe('What a program has already', () => {
  const files = { '~/.zshrc': EXPORT };

  test('is told of this terminal, with whether it is the same value.', async () => {
    for (const [value, same] of [
      [KEY, true],
      [OTHER, false],
    ] as const) {
      const { result } = await planned({ files, variables: { ANTHROPIC_API_KEY: value } });
      expect(result.ok && result.prepared.plan.remains).toEqual([
        { kind: 'this-terminal', name: 'ANTHROPIC_API_KEY', same, processes: [] },
      ]);
    }
  });

  test('is told of open terminals and of running Claude Code, but not of what this process descends from.', async () => {
    const world = changeWorld({ files });
    const { of } = world.ports.fingerprints;
    const program = (kind: 'shell' | 'claude-code', processId: number, isOurs: boolean) => ({
      kind,
      processId,
      isOurs,
      startedAt: 0,
      folder: '/home/p/app',
      holds: [{ name: 'ANTHROPIC_API_KEY', fingerprint: of(KEY) }],
    });
    const list = () => [
      program('shell', 2, true),
      program('shell', 3, false),
      program('claude-code', 4, false),
    ];
    const { result } = await planned({ files, ports: { programs: { list } } });
    expect(
      result.ok &&
        result.prepared.plan.remains.map(({ kind, processes }) => [
          kind,
          processes.map((one) => one.processId),
        ]),
    ).toEqual([
      ['terminals', [3]],
      ['claude-code', [4]],
    ]);
  });
});

test('A terminal that is open may have read the file at its start, whatever it was started with.', async () => {
  const shell = {
    kind: 'shell' as const,
    processId: 7,
    isOurs: false,
    startedAt: 0,
    folder: null,
    holds: [],
  };
  const remains = async (files: Record<string, string>): Promise<unknown> => {
    const { result } = await planned({ files, ports: { programs: { list: () => [shell] } } });
    return result.ok && result.prepared.plan.remains.map(({ kind, same }) => [kind, same]);
  };
  expect(await remains({ '~/.zshrc': EXPORT })).toEqual([['terminals', false]]);
  expect(await remains({ '~/.claude/settings.json': `{"env": {"ANTHROPIC_API_KEY": "${KEY}"}}` })).toEqual(
    [],
  );
});

describe('Other wishes', () => {
  test('To use the login takes away whatever is in its way, and nothing else.', async () => {
    const files = {
      ...LOGIN,
      '~/.zshrc': `${EXPORT}export ANTHROPIC_BASE_URL=https://gateway.example\n`,
      '~/.claude/settings.json': '{"apiKeyHelper": "/bin/helper", "model": "opus"}',
    };
    const { result } = await planned({ files }, { kind: 'use', source: 'claude-login' });
    const goal: Goal | null = result.ok ? result.prepared.plan.goal : null;
    expect(goal?.kind === 'use' ? goal.names : []).toEqual(['apiKeyHelper', 'ANTHROPIC_API_KEY']);
    expect(result.ok && result.prepared.plan.steps.map(told)).toEqual([
      'commented-out ~/.zshrc:1',
      'removed ~/.claude/settings.json:1',
    ]);
  });

  test('A source that would not be used even alone is told as such.', async () => {
    expect(
      await stepsFor({ files: { '~/.zshrc': EXPORT } }, { kind: 'use', source: 'claude-login' }),
    ).toEqual(['cannot-win']);
  });

  test('A shell’s value is cancelled with an empty one in the user’s settings, which are made where there are none.', async () => {
    const wish: Wish = { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] };
    expect(await stepsFor({ files: { '~/.claude/x': '' } }, wish)).toEqual(['made ~/.claude/settings.json:']);
    expect(await stepsFor({ files: { '~/.claude/settings.json': '{"model": "opus"}' } }, wish)).toEqual([
      'set-empty ~/.claude/settings.json:',
    ]);
  });

  test('A key moves into the keychain before anything points at it there.', async () => {
    const files = { '~/.zshrc': EXPORT, '~/.claude/settings.json': '{}' };
    const names = ['ANTHROPIC_API_KEY'];
    expect(await stepsFor({ files }, { kind: 'to-keychain', names, by: 'helper' })).toEqual([
      'keeps ANTHROPIC_API_KEY',
      'removed ~/.zshrc:1',
      'helper-set ~/.claude/settings.json:',
    ]);
    expect(await stepsFor({ files }, { kind: 'to-keychain', names, by: 'command' })).toEqual([
      'keeps ANTHROPIC_API_KEY',
      'looked-up ~/.zshrc:1',
    ]);
  });

  test('A key does not move where it would be lost: there is none in clear, or no keychain.', async () => {
    const wish: Wish = { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' };
    expect(
      await stepsFor({ files: { '~/.zshrc': 'export ANTHROPIC_API_KEY=$(pass show key)\n' } }, wish),
    ).toEqual(['nothing-literal']);
    const keyring = memoryKeyring();
    keyring.mood = 'unreachable';
    const { result } = await planned({ files: { '~/.zshrc': EXPORT }, keyring }, wish);
    expect(result.ok && result.prepared.plan.steps).toEqual([]);
    expect(result.ok && result.prepared.plan.left.map(({ why }) => why)).toEqual(['no-keychain']);
    keyring.mood = 'locked';
    const locked = await planned({ files: { '~/.zshrc': EXPORT }, keyring }, wish, { mayBeInClear: true });
    expect(locked.result.ok && locked.result.prepared.plan.left.map(({ why }) => why)).toEqual([
      'unreachable',
    ]);
  });

  test.each<[string, ChangeWorldOptions, string]>([
    [
      'cannot be written',
      {
        files: { '~/.zshrc': EXPORT, '~/.claude/settings.json': '{}' },
        writer: { refuse: (path) => (path.endsWith('settings.json') ? 'immutable' : null) },
      },
      'immutable',
    ],
    ['are not JSON', { files: { '~/.zshrc': EXPORT, '~/.claude/settings.json': '{' } }, 'malformed'],
    ['have no folder', { files: { '~/.zshrc': EXPORT } }, 'no-folder'],
  ])('A key does not move where the settings that would ask for it %s.', async (_, options, why) => {
    const { result } = await planned(options, {
      kind: 'to-keychain',
      names: ['ANTHROPIC_API_KEY'],
      by: 'helper',
    });
    expect(result.ok && result.prepared.plan.steps).toEqual([]);
    expect(result.ok && result.prepared.plan.left.map((left) => left.why)).toContain(why);
  });

  test('The remembered answer about a key is taken out of .claude.json, and nothing else of it.', async () => {
    const responses = `{"customApiKeyResponses": {"approved": ["${KEY.slice(-20)}", "other"], "rejected": []}}`;
    const { world, result } = await planned(
      { files: { '~/.claude.json': responses }, variables: { ANTHROPIC_API_KEY: KEY } },
      { kind: 'forget-answer', names: ['ANTHROPIC_API_KEY'] },
    );
    expect(world.textOf('~/.claude.json')).toBe(responses);
    expect(result.ok && result.prepared.plan.steps.map(told)).toEqual(['answer-forgotten ~/.claude.json:1']);
    expect(result.ok && result.prepared.drafts[0]?.content.after).toBe(
      '{"customApiKeyResponses": {"approved": ["other"], "rejected": []}}',
    );
  });

  test('A file that others can read becomes the user’s own.', async () => {
    const files = { '~/.zshrc': { kind: 'file', content: EXPORT, mode: 0o664 } } as const;
    expect(await stepsFor({ files }, { kind: 'narrow-mode', path: '/home/p/.zshrc' })).toEqual([
      '~/.zshrc 664 → 600',
    ]);
  });
});

test('The same wish over the same files has the same id, and another file or wish has another.', async () => {
  const idOf = async (files: Record<string, string>, more?: Partial<PlanRequest>): Promise<string> => {
    const { result } = await planned({ files }, CLEAR_KEY, more);
    return result.ok ? result.prepared.plan.id : '';
  };
  const first = await idOf({ '~/.zshrc': EXPORT });
  expect(await idOf({ '~/.zshrc': EXPORT })).toBe(first);
  expect(await idOf({ '~/.zshrc': `${EXPORT}\n` })).not.toBe(first);
  expect(await idOf({ '~/.zshrc': EXPORT }, { how: 'remove' })).not.toBe(first);
});

test('No plan holds a secret.', async () => {
  const files = {
    '~/.zshrc': `${EXPORT}export GITHUB_TOKEN=ghp_made_up_0123456789\n`,
    '~/.claude/settings.json': `{"env": {"ANTHROPIC_API_KEY": "${OTHER}"}, "apiKeyHelper": "echo ${OTHER}"}`,
  };
  for (const wish of [
    CLEAR_KEY,
    { kind: 'clear', names: ['apiKeyHelper'] } as const,
    { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] } as const,
  ]) {
    const { result } = await planned({ files }, wish);
    const text = JSON.stringify(result.ok ? result.prepared.plan : null);
    for (const secret of [KEY, OTHER, 'ghp_made_up_0123456789']) expect(text).not.toContain(secret);
  }
});
