import { describe, expect, test } from 'vitest';
import type { FileStep, Goal, LeftPlace, Plan, Remaining, Step } from '../core/remedies/plan.ts';
import { planText } from './plan-text.ts';
import { planWords, what } from './plan-words.ts';

const PRINT = '0123456789ab' as NonNullable<FileStep['lines'][number]['fingerprint']>;
const CLEAR: Goal = { kind: 'clear', names: ['ANTHROPIC_API_KEY'] };

function file(
  more: Partial<FileStep> & { readonly at?: readonly number[]; readonly name?: string } = {},
): FileStep {
  const { at = [3], name = 'ANTHROPIC_API_KEY', ...rest } = more;
  return {
    kind: 'file',
    place: 'zsh',
    path: '/home/p/.zshrc',
    realPath: '/home/p/.zshrc',
    scope: null,
    action: 'commented-out',
    lines: at.map((line) => ({ name, line, fingerprint: PRINT })),
    diff: diffOf('-+'.repeat(at.length)),
    tracked: false,
    ...rest,
  };
}

/** A part for each word: `-` goes, `+` comes, `.` stays. */
function diffOf(...parts: readonly string[]): FileStep['diff'] {
  const KINDS = { '-': 'removed', '+': 'added' } as const;
  return parts.map((part) => ({
    lines: Array.from(part).map((sign, at) => ({
      kind: sign === '-' || sign === '+' ? KINDS[sign] : ('context' as const),
      number: at + 1,
      text: 'x',
    })),
  }));
}

const UNSET: Step = {
  kind: 'variable',
  store: 'systemd',
  name: 'ANTHROPIC_API_KEY',
  fingerprint: PRINT,
  command: 'systemctl --user unset-environment ANTHROPIC_API_KEY',
  undoable: false,
};

function plan(more: Partial<Plan> = {}): Plan {
  return { id: 'plan', changeId: '7f3a12cd', goal: CLEAR, steps: [], left: [], remains: [], ...more };
}

const left = (line: number, why: LeftPlace['why'] = 'conditional'): LeftPlace => ({
  path: '/home/p/.zshrc',
  place: 'zsh',
  name: 'ANTHROPIC_API_KEY',
  line,
  why,
});

describe('A plan in words', () => {
  test.each<[Partial<Plan>, string, string]>([
    [{ steps: [file()] }, 'Clear the API key from /home/p/.zshrc', 'One line in one file changes.'],
    [
      { steps: [file({ at: [1, 2] })] },
      'Clear the API key from /home/p/.zshrc',
      'Two lines in one file change.',
    ],
    [
      { steps: [file(), file({ path: '/home/p/.zshenv' })] },
      'Clear the API key from 2 places',
      'Two lines in two files change.',
    ],
    [{ steps: [UNSET] }, 'Clear the API key from your systemd session', 'One session variable changes.'],
    [
      {
        goal: { kind: 'narrow-mode', path: '/k' },
        steps: [{ kind: 'mode', path: '/k', from: 0o644, to: 0o600 }],
      },
      'Let nobody else read /k',
      'One access right changes.',
    ],
    [{}, 'Clear the API key', 'No file and no session variable sets it.'],
    [{ left: [left(1)] }, 'Clear the API key', 'There is nothing that Credence can change.'],
    [
      { goal: { kind: 'use', source: 'claude-login', names: [] } },
      'Use the Claude login',
      'Nothing stands in its way.',
    ],
    [
      { goal: { kind: 'cancel', names: ['ANTHROPIC_API_KEY'] } },
      'Cancel the API key in your user settings',
      'Your user settings do that already.',
    ],
  ])('says what it is and how much: %#', (more, title, size) => {
    const words = planWords(plan(more), [], []);
    expect([words.title, words.size]).toEqual([title, size]);
    const isEmpty = (more.steps ?? []).length === 0;
    expect(words.summary).toBe(isEmpty ? size : `${size} Nothing is written until you say so.`);
  });

  test.each<[string, readonly (readonly string[])[], string]>([
    ['a line that becomes another', [['.-+.']], 'One line in one file changes.'],
    ['lines that become others', [['--++']], 'Two lines in one file change.'],
    ['a line that goes', [['.-.']], 'One line in one file changes.'],
    ['what is put in', [['.++++.']], 'Four lines in one file change.'],
    ['what is put in behind a new comma', [['.-+++.']], 'Three lines in one file change.'],
    ['an empty file that is filled', [['-+++++']], 'Five lines in one file change.'],
    ['more that goes than comes', [['---+']], 'Three lines in one file change.'],
    ['changes with lines between', [['-+.++.-']], 'Four lines in one file change.'],
    ['changes that touch', [['+-+']], 'Two lines in one file change.'],
    ['several parts', [['.-+.', '.--.']], 'Three lines in one file change.'],
    ['several files', [['-+'], ['++', '-']], 'Four lines in two files change.'],
  ])('counts %s as the diff shows it.', (_, diffs, size) => {
    const name = 'apiKeyHelper';
    const steps = diffs.map((parts) => file({ action: 'helper-set', at: [], name, diff: diffOf(...parts) }));
    expect(planWords(plan({ steps }), [], []).size).toBe(size);
  });

  test('counts two variables of one line as one line.', () => {
    const steps = [file({ at: [3, 3], diff: diffOf('-+') })];
    expect(planWords(plan({ steps }), [], []).size).toBe('One line in one file changes.');
  });

  test('names of the many that a source has only those that were found.', () => {
    const names = ['CLAUDE_CODE_OAUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR'];
    const steps = [file({ name: 'CLAUDE_CODE_OAUTH_TOKEN' })];
    expect(planWords(plan({ goal: { kind: 'clear', names }, steps }), [], []).title).toBe(
      'Clear the OAuth token from /home/p/.zshrc',
    );
  });

  test.each<[readonly string[], string]>([
    [[], 'nothing'],
    [['ANTHROPIC_API_KEY'], 'the API key'],
    [['ANTHROPIC_BASE_URL'], 'ANTHROPIC_BASE_URL'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C', 'D'], 'A, B, C and D'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, C and 2 more'],
  ])('names %j as “%s”.', (names, text) => {
    expect(what(names)).toBe(text);
  });

  test.each<[Partial<Parameters<typeof file>[0]>, string]>([
    [{ at: [3] }, 'comments out line 3'],
    [{ at: [9, 3, 3] }, 'comments out lines 3, 9'],
    [{ at: [1, 2, 3, 4, 5, 6] }, 'comments out 6 lines from line 1 on'],
    [{ action: 'removed' }, 'removes line 3'],
    [{ action: 'looked-up' }, 'looks it up in the keychain instead, in line 3'],
    [{ action: 'answer-forgotten' }, 'removes the remembered answer in line 3'],
    [{ action: 'set-empty' }, 'sets an empty value'],
    [{ action: 'helper-set' }, 'sets the API key helper'],
    [{ action: 'made', at: [] }, 'is made'],
  ])('says what happens to a file: %#', (more, text) => {
    expect(planWords(plan({ steps: [file(more)] }), [], []).steps[0]?.what).toBe(text);
  });

  test.each<[Partial<Plan>, readonly string[]]>([
    [{ steps: [file()] }, ['The key stays readable in the comment.']],
    [{ steps: [file({ name: 'ANTHROPIC_BASE_URL' })] }, []],
    [{ steps: [file({ action: 'removed' })] }, []],
    [
      { steps: [file({ action: 'removed', tracked: true })] },
      ['Git tracks one of these files, so the key stays in its history and others will see the change.'],
    ],
    [
      { steps: [file({ action: 'removed', tracked: true, name: 'ANTHROPIC_BASE_URL' })] },
      ['Git tracks one of these files, so others will see the change.'],
    ],
    [
      { steps: [UNSET] },
      ['The session variable cannot be put back by Credence: that would show it on a command line.'],
    ],
    [{ goal: { kind: 'to-keychain', names: ['ANTHROPIC_API_KEY'], by: 'helper' } }, []],
  ])('says what to know before: %#', (more, notes) => {
    expect(planWords(plan(more), [], []).notes).toEqual(notes);
  });

  test.each<[Partial<Remaining>, string, string]>([
    [{}, 'This terminal', 'It keeps the key until you close it or run “unset ANTHROPIC_API_KEY”.'],
    [{ same: false }, 'This terminal', 'It keeps another value of ANTHROPIC_API_KEY until you close it'],
    [
      { kind: 'terminals', processes: [{ processId: 1, folder: null }] },
      'One open terminal',
      'It keeps what it exported at its start until you close it, and hands that on to what is started there.',
    ],
    [
      {
        kind: 'claude-code',
        processes: [
          { processId: 1, folder: '/a' },
          { processId: 2, folder: '/a' },
        ],
      },
      'Two running Claude Codes in /a',
      'What runs already keeps the key until it ends.',
    ],
  ])('says what keeps it: %#', (more, title, text) => {
    const remains: Remaining[] = [
      { kind: 'this-terminal', name: 'ANTHROPIC_API_KEY', same: true, processes: [], ...more },
    ];
    const [words] = planWords(plan({ remains }), [], []).remains;
    expect(words?.title).toBe(title);
    expect(words?.text).toContain(text);
  });
});

const PLAIN = { colour: false, columns: 80 };

describe('A plan as text', () => {
  test('asks only where it is asked.', () => {
    const words = planWords(plan({ steps: [file()] }), [], []);
    expect(planText(words, true, PLAIN)).toContain('until you say so');
    expect(planText(words, false, PLAIN)).not.toContain('until you say so');
  });

  test.each([
    [1, ['  ○ /home/p/.zshrc:1']],
    [6, [1, 2, 3, 4, 5, 6].map((line) => `  ○ /home/p/.zshrc:${String(line)}`)],
    [7, [...[1, 2, 3, 4, 5].map((line) => `  ○ /home/p/.zshrc:${String(line)}`), '    and 2 more']],
  ])('gives a reason once for %i places.', (count, titles) => {
    const places = Array.from({ length: count }, (_, at) => left(at + 1));
    const lines = planText(planWords(plan({ left: places }), [], []), true, PLAIN).split('\n');
    const from = lines.indexOf('What is left as it is') + 1;
    expect(lines.slice(from, from + titles.length)).toEqual(titles);
    expect(lines.filter((line) => line.includes('only under a condition'))).toHaveLength(1);
  });

  test.each([
    [200, null],
    [201, '  and 1 more lines'],
    [900, '  and 700 more lines'],
  ])('shows so much of a diff of %i lines.', (count, more) => {
    const lines = Array.from({ length: count }, (_, at) => ({
      kind: 'removed' as const,
      number: at + 1,
      text: 'x',
    }));
    const text = planText(planWords(plan({ steps: [file({ diff: [{ lines }] })] }), [], []), true, PLAIN);
    expect(text.split('\n').filter((line) => line.endsWith('- x'))).toHaveLength(Math.min(count, 200));
    expect(text.split('\n').find((line) => line.includes('more lines')) ?? null).toBe(more);
  });
});
