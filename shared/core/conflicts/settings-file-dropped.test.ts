import { expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { conflictsGiven, remediesOf } from '../../testing/given.ts';

const CODE = 'settings-file-dropped';
const USER = '~/.claude/settings.json';

test('One wrong type, and the whole file is ignored in silence.', async () => {
  const files = { [USER]: { env: { ANTHROPIC_API_KEY: 'k' }, permissions: 'x' } };
  const [found, ...more] = await conflictsGiven(CODE, { files });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: {
      detail: 'wrong-type',
      name: 'permissions',
      origin: { kind: 'settings', scope: 'user', path: '/home/p/.claude/settings.json' },
    },
  });
  expect(remediesOf(found)).toEqual(['repair-settings-file']);
  expect(more).toEqual([]);
});

test.each<[string, FileTree, object]>([
  ['a comment', { [USER]: '{} // why' }, { severity: 'warning', about: { detail: 'not-json' } }],
  [
    'a list',
    { '$PROJ/.claude/settings.json': '[]' },
    { about: { detail: 'not-an-object', origin: { scope: 'project' } } },
  ],
  ['too much', { [USER]: ' '.repeat(2 * 1024 * 1024 + 1) }, { about: { detail: 'too-large' } }],
  [
    'no leave to read it',
    { [USER]: { kind: 'file', content: '{}', denied: true } },
    { about: { detail: 'denied' } },
  ],
  ['a FIFO', { [USER]: { kind: 'fifo' } }, { about: { detail: 'not-a-file' } }],
  [
    'a managed file, which keeps the program from starting',
    { '/etc/claude-code/managed-settings.json': '[' },
    { severity: 'critical', about: { detail: 'not-json', origin: { scope: 'managed' } } },
  ],
  [
    'a link to such a file',
    { [USER]: { kind: 'link', to: 'mine.json' }, '~/.claude/mine.json': '[' },
    { about: { origin: { path: '/home/p/.claude/settings.json', realPath: '/home/p/.claude/mine.json' } } },
  ],
])('So it is with %s.', async (_, entries, conflict) => {
  expect(await conflictsGiven(CODE, {}, { entries })).toMatchObject([conflict]);
});

test.each<[string, FileTree]>([
  ['is not there', {}],
  ['is empty', { [USER]: '' }],
  ['is as it should be', { [USER]: '{"env":{}}' }],
  ['has a byte order mark', { [USER]: '\ufeff{}' }],
  ['has an unknown member', { [USER]: '{"x":[]}' }],
  ['is managed and has one wrong type', { '/etc/claude-code/managed-settings.json': '{"permissions":"x"}' }],
])('It is none when the file %s.', async (_, entries) => {
  expect(await conflictsGiven(CODE, {}, { entries })).toEqual([]);
});
