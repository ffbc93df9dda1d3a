import { expect, test } from 'vitest';
import { conflictsGiven, KEY, OAUTH, remediesOf, TOKEN, type Given } from '../../testing/given.ts';

const CODE = 'version-unknown';
const FOUNDRY = { CLAUDE_CODE_USE_FOUNDRY: '1', ANTHROPIC_FOUNDRY_API_KEY: 'f', ...TOKEN };

test('The version lies between two recordings that answer differently here.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { version: '2.1.260', shell: FOUNDRY });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: { name: '2.1.260', detail: '2.1.248 2.1.281' },
  });
  expect(remediesOf(found)).toEqual(['update-claude-code']);
  expect(more).toEqual([]);
});

test('It says in which modes.', async () => {
  const [found] = await conflictsGiven(CODE, { version: '2.1.310', project: OAUTH });
  expect(found?.modes).toEqual(['interactive', 'print']);
});

test('A version older than all recordings is unknown whatever is there.', async () => {
  expect(await conflictsGiven(CODE, { version: '2.0.1' })).toMatchObject([
    { modes: ['interactive', 'print', 'bare'], about: { name: '2.0.1', detail: '2.1.73' } },
  ]);
});

test('A recorded version can be unknown, too: not all was asked of each.', async () => {
  const given = {
    version: '2.1.248',
    shell: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' },
    login: true,
  } as const;
  expect(await conflictsGiven(CODE, given)).toMatchObject([{ about: { detail: '2.1.196 2.1.328' } }]);
});

test.each<[string, Given]>([
  ['both recordings answer alike', { version: '2.1.260', shell: KEY }],
  ['the version was recorded', { version: '2.1.248', shell: FOUNDRY }],
  [
    'documentation names the border',
    { version: '2.1.215', local: KEY, cwd: '$PROJ/sub', files: { '$PROJ/.git/HEAD': '' } },
  ],
  ['the version is newer than all recordings', { version: '2.1.400', shell: FOUNDRY }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
