import { expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { gitIndex } from '../../testing/git-index-bytes.ts';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'secret-in-shared-file';
const SETTINGS = '.claude/settings.json';

function repository(paths: readonly string[], version: 2 | 3 | 4 = 2): FileTree {
  return {
    '$PROJ/.git/HEAD': 'ref: refs/heads/main\n',
    '$PROJ/.git/index': { kind: 'file', content: gitIndex(paths, { version }) },
  };
}

test.each([2, 3, 4] as const)(
  'A key stands in a file that git tracks: index version %i.',
  async (version) => {
    const entries = repository(['.claude/commands/a.md', SETTINGS, 'README.md'], version);
    const [found, ...more] = await conflictsGiven(CODE, { project: KEY }, { entries });
    expect(found).toMatchObject({
      severity: 'critical',
      modes: ['interactive', 'print', 'bare'],
      about: {
        name: 'ANTHROPIC_API_KEY',
        origin: { scope: 'project', path: '/home/p/app/.claude/settings.json', line: 1 },
      },
    });
    expect(remediesOf(found)).toEqual(['move-to-keychain', 'untrack-file']);
    expect(more).toEqual([]);
  },
);

test('So does one in a tracked dotenv file.', async () => {
  const entries = { ...repository(['.env']), '$PROJ/.env': 'A=1\nANTHROPIC_API_KEY=k\n' };
  expect(await conflictsGiven(CODE, {}, { entries })).toMatchObject([
    { about: { origin: { kind: 'dotenv', line: 2 } } },
  ]);
});

test('A name in any script is found.', async () => {
  const entries = { ...repository(['straße/.env']), '$PROJ/straße/.env': 'ANTHROPIC_API_KEY=k\n' };
  expect(await conflictsGiven(CODE, { cwd: '$PROJ/straße' }, { entries })).toHaveLength(1);
});

test.each<[string, Given, FileTree]>([
  ['git does not track the file', { local: KEY }, repository([SETTINGS])],
  ['the file names no secret', { project: { ANTHROPIC_BASE_URL: 'https://g' } }, repository([SETTINGS])],
  ['the value is empty', { project: { ANTHROPIC_API_KEY: '' } }, repository([SETTINGS])],
  ['a helper gives the key', { helper: { project: 'echo k' } }, repository([SETTINGS])],
  ['there is no repository', { project: KEY }, {}],
  ['the index is none', { project: KEY }, { ...repository([]), '$PROJ/.git/index': 'garbage' }],
  ['a file of the same name is tracked elsewhere', { project: KEY }, repository([`sub/${SETTINGS}`])],
])('It is none when %s.', async (_, given, entries) => {
  expect(await conflictsGiven(CODE, given, { entries })).toEqual([]);
});
