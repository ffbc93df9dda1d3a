import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, TOKEN, type Given } from '../../testing/given.ts';

const CODE = 'provider-hides-login';
const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1' };
const VERTEX = {
  CLAUDE_CODE_USE_VERTEX: '1',
  CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
  ANTHROPIC_VERTEX_PROJECT_ID: 'p',
};

test('A switch that is on keeps a login from being used.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { user: BEDROCK, login: true });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print'],
    about: {
      source: 'cloud-provider',
      other: 'claude-login',
      name: 'CLAUDE_CODE_USE_BEDROCK',
      detail: 'bedrock',
      origin: { scope: 'user', line: 1 },
    },
  });
  expect(remediesOf(found)).toEqual(['switch-provider-off', 'leave-as-is']);
  expect(more).toEqual([]);
});

test('And a key, in every mode.', async () => {
  const [found] = await conflictsGiven(CODE, { shell: { ...BEDROCK, ...KEY }, answered: 'approved' });
  expect(found).toMatchObject({ modes: ['interactive', 'print', 'bare'], about: { other: 'api-key' } });
});

test.each<[string, Given]>([
  ['the switch is off', { user: { CLAUDE_CODE_USE_BEDROCK: '0' }, login: true }],
  ['nothing is there', { user: BEDROCK }],
  ['the provider gets the credential', { shell: { ...VERTEX, ...TOKEN } }],
  [
    'it was a gateway',
    { shell: { CLAUDE_CODE_USE_GATEWAY: '1', ANTHROPIC_BASE_URL: 'https://g', ...TOKEN }, login: true },
  ],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
