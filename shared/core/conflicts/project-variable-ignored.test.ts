import { expect, test } from 'vitest';
import { conflictsGiven, FEDERATION, KEY, OAUTH, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'project-variable-ignored';

test('A project file sets an OAuth token, which is not taken from there.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { local: OAUTH });
  expect(found).toMatchObject({
    severity: 'info',
    modes: ['interactive', 'print', 'bare'],
    about: { source: 'oauth-token', name: 'CLAUDE_CODE_OAUTH_TOKEN', origin: { scope: 'local', line: 1 } },
  });
  expect(remediesOf(found)).toEqual(['clear-credential']);
  expect(more).toEqual([]);
});

test.each<[string, Given, string]>([
  ['a configuration folder', { project: { CLAUDE_CONFIG_DIR: '/x' } }, 'CLAUDE_CONFIG_DIR'],
  ['bare mode', { project: { CLAUDE_CODE_SIMPLE: '1' } }, 'CLAUDE_CODE_SIMPLE'],
  ['a profile', { project: { ANTHROPIC_PROFILE: 'work' } }, 'ANTHROPIC_PROFILE'],
  ['federation', { project: FEDERATION }, 'ANTHROPIC_FEDERATION_RULE_ID'],
  [
    'an embedding program',
    { project: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' } },
    'CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST',
  ],
])('So it is with %s.', async (_, given, name) => {
  expect((await conflictsGiven(CODE, given)).map(({ about }) => about.name)).toEqual([name]);
});

test.each<[string, Given]>([
  ['user settings set it', { user: OAUTH }],
  ['the value is empty', { project: { CLAUDE_CODE_OAUTH_TOKEN: '' } }],
  ['the variable may stand there', { project: KEY }],
  ['that version takes it', { project: OAUTH, version: '2.1.196' }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
