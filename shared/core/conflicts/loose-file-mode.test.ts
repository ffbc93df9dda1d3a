import { expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { conflictsGiven, KEY, remediesOf } from '../../testing/given.ts';

const CODE = 'loose-file-mode';
const settings = (mode: number, env: unknown = KEY): FileTree => ({
  '~/.claude/settings.json': { kind: 'file', content: JSON.stringify({ env }), mode },
});

test('A file with a key in it may be read by others.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, {}, { entries: settings(0o644) });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: { detail: '0644', origin: { scope: 'user', path: '/home/p/.claude/settings.json' } },
  });
  expect(remediesOf(found)).toEqual(['narrow-file-mode']);
  expect(more).toEqual([]);
});

test('Of a file with several credentials it is said once.', async () => {
  const entries = settings(0o640, { ...KEY, ANTHROPIC_AUTH_TOKEN: 't' });
  expect(await conflictsGiven(CODE, {}, { entries })).toHaveLength(1);
});

test.each<[string, FileTree]>([
  [
    'the credentials file',
    { '~/.claude/.credentials.json': file({ claudeAiOauth: { accessToken: 'a', scopes: [] } }) },
  ],
  ['a Console key', { '~/.claude.json': file({ primaryApiKey: 'k' }) }],
  [
    'a start-up file',
    { '~/.bashrc': { kind: 'file', content: 'export ANTHROPIC_API_KEY=k\n', mode: 0o644 } },
  ],
  ['a dotenv file', { '$PROJ/.env': { kind: 'file', content: 'ANTHROPIC_API_KEY=k\n', mode: 0o604 } }],
])('So may %s.', async (_, entries) => {
  expect(await conflictsGiven(CODE, {}, { entries })).toHaveLength(1);
});

function file(content: unknown): FileTree[string] {
  return { kind: 'file', content: JSON.stringify(content), mode: 0o644 };
}

test.each<[string, FileTree]>([
  ['only its owner may read it', settings(0o600)],
  ['others may only write or run it', settings(0o633)],
  ['no credential is in it', settings(0o644, { ANTHROPIC_BASE_URL: 'https://g.example' })],
  ['it is managed, and must be readable', { '/etc/claude-code/managed-settings.json': file({ env: KEY }) }],
])('It is none when %s.', async (_, entries) => {
  expect(await conflictsGiven(CODE, {}, { entries })).toEqual([]);
});

test('On Windows modes say nothing.', async () => {
  const environment = { platform: 'win32' } as const;
  expect(await conflictsGiven(CODE, {}, { entries: settings(0o666), environment })).toEqual([]);
});
