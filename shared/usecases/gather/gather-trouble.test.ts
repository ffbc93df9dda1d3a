import { expect, test } from 'vitest';
import type { SourceId } from '../../core/source-id.ts';
import type { FileTree } from '../../testing/file-tree.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { inspect, type Inspection } from '../inspect.ts';
import { gatherFacts } from './gather-facts.ts';

const KEY = 'sk-ant-api03-made-up-0123456789';

async function answer(entries: FileTree, env: Readonly<Record<string, string>> = {}): Promise<Inspection> {
  const { ports, request, context } = worldPorts({ mode: 'print', env }, { entries });
  return inspect(await gatherFacts(ports, request), context);
}

/** The readings of a source: file, state, reason. */
function readings({ ladder }: Inspection, source: SourceId): readonly string[] {
  return ladder
    .filter((rung) => rung.source === source)
    .flatMap((rung) => rung.readings)
    .map(({ reading, state, reason }) => `${reading.origin.path ?? ''} ${state} ${reason.code}`);
}

const PROFILES = '~/.config/anthropic';
const WORK: FileTree = {
  [`${PROFILES}/active_config`]: 'work',
  [`${PROFILES}/configs/work.json`]: '{"authentication":{"type":"user_oauth"}}',
  [`${PROFILES}/credentials/work.json`]: JSON.stringify({ access_token: KEY }),
};

test.each([
  ['the profile that is active', `${PROFILES}/active_config`],
  ['a profile', `${PROFILES}/configs/work.json`],
  ['its credential', `${PROFILES}/credentials/work.json`],
])('What names %s may be locked, too large or no file: that is told as such.', async (_, path) => {
  const told = async (entry: FileTree[string]): Promise<string> => {
    const inspection = await answer({ ...WORK, [path]: entry });
    const { state, reason } = inspection.ladder.find(({ source }) => source === 'profile') ?? {};
    return `${state ?? ''} ${reason?.code ?? ''}`;
  };
  expect(await told({ kind: 'file', content: '{}', denied: true })).toBe('unreadable denied');
  expect(await told({ kind: 'folder' })).toBe('unreadable not-a-file');
  expect(await told('x'.repeat(16 * 1024 * 1024 + 1))).toBe('unreadable too-large');
});

const LOCKED = { kind: 'file', content: 'x', denied: true } as const;

test.each([
  ['CLAUDE_CODE_USE_BEDROCK', '/home/p/.aws/credentials'],
  ['CLAUDE_CODE_USE_BEDROCK', '/home/p/.aws/config'],
  ['CLAUDE_CODE_USE_VERTEX', '/home/p/.config/gcloud/application_default_credentials.json'],
  ['CLAUDE_CODE_USE_FOUNDRY', '/home/p/.azure/azureProfile.json'],
])('With %s a locked %s is not the same as none.', async (name, path) => {
  const locked = await answer({ [path]: LOCKED }, { [name]: '1' });
  expect(readings(locked, 'cloud-provider')).toContain(`${path} unreadable denied`);
  const none = await answer({}, { [name]: '1' });
  expect(readings(none, 'cloud-provider').filter((line) => line.startsWith(path))).toEqual([]);
});

test.each([
  ['CLAUDE_CODE_USE_VERTEX', '/home/p/.config/gcloud/application_default_credentials.json'],
  ['CLAUDE_CODE_USE_FOUNDRY', '/home/p/.azure/azureProfile.json'],
])('With %s a broken %s is told.', async (name, path) => {
  const inspection = await answer({ [path]: '{' }, { [name]: '1' });
  expect(readings(inspection, 'cloud-provider')).toContain(`${path} broken malformed`);
});

test('A folder of managed drop-ins that cannot be listed is told.', async () => {
  const dropped = async (entries: FileTree): Promise<readonly string[]> =>
    (await answer(entries)).conflicts.map(({ code, severity }) => `${code} ${severity}`);
  const folder = '/etc/claude-code/managed-settings.d';
  expect(await dropped({ [folder]: { kind: 'folder', denied: true } })).toEqual([
    'settings-file-dropped critical',
  ]);
  expect(await dropped({ [folder]: { kind: 'folder' } })).toEqual([]);
  expect(await dropped({ [folder]: 'no folder at all' })).toEqual([]);
});

const EDITOR = '/home/p/.config/Code/User/settings.json';

test('Of members that an editor’s settings have twice the last counts.', async () => {
  const text = `{"claudeCode.environmentVariables": [], "claudeCode.environmentVariables": [{"name": "X", "name": "ANTHROPIC_API_KEY", "value": 1, "value": "${KEY}"}]}`;
  expect(readings(await answer({ [EDITOR]: text }), 'api-key')).toEqual([`${EDITOR} ignored other-surface`]);
});

test('An editor’s settings that nest deeper than their parser goes are passed over.', async () => {
  const text = `{"claudeCode.environmentVariables": ${'['.repeat(100_000)}`;
  const inspection = await answer({ [EDITOR]: text, '~/.bashrc': `export ANTHROPIC_API_KEY=${KEY}\n` });
  expect(readings(inspection, 'api-key')).toEqual(['/home/p/.bashrc ignored not-in-this-process']);
});

test('A start-up file with thousands of perhaps does not bury the rest.', async () => {
  const lines = `if x; then export ANTHROPIC_API_KEY=${KEY}; fi\n`.repeat(5_000);
  const found = readings(await answer({ '~/.bashrc': lines }), 'api-key');
  expect(found.length).toBeGreaterThan(1);
  expect(found.length).toBeLessThanOrEqual(40);
});

const MEBIBYTE = 1024 * 1024;
const env = (name: string, value: string): string => JSON.stringify({ env: { [name]: value } });

test.each<[string, FileTree]>([
  ['a section of an AWS file that never ends', { '~/.aws/credentials': `[${' '.repeat(MEBIBYTE)}` }],
  [
    'a .git file',
    { '$PROJ/.git': `gitdir: x${' '.repeat(60_000)}x`, '$PROJ/.env': `ANTHROPIC_API_KEY=${KEY}\n` },
  ],
  ['a worktree', { '$PROJ/.git': `gitdir: /${'/.git/worktrees/'.repeat(4000)}\u0000` }],
  [
    'a key that might be a token',
    { '$PROJ/.claude/settings.json': env('ANTHROPIC_API_KEY', `eyJ.${'='.repeat(MEBIBYTE)}x`) },
  ],
  [
    'a key that might be Bedrock’s',
    {
      '~/.claude/settings.json': env('AWS_BEARER_TOKEN_BEDROCK', `bedrock-api-key-${'='.repeat(MEBIBYTE)}x`),
    },
  ],
  [
    'a folder of slashes',
    { '~/.claude/settings.json': env('CLAUDE_CONFIG_DIR', `${'/'.repeat(MEBIBYTE)}x`) },
  ],
  [
    'an address',
    { '$PROJ/.claude/settings.json': env('ANTHROPIC_BASE_URL', `https://${'@'.repeat(MEBIBYTE)}`) },
  ],
])('A long line made to take long does not: %s.', async (_, entries) => {
  const started = performance.now();
  await answer(entries, { CLAUDE_CODE_USE_BEDROCK: '1' });
  // Without end it was before; this leaves room for a machine with other work.
  expect(performance.now() - started).toBeLessThan(5_000);
});
