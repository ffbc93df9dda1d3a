import { expect, test } from 'vitest';
import { conflictsGiven, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'provider-without-credential';
const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1' };

test('A switch is on, and nothing was found behind it.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { local: BEDROCK, login: true });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: {
      source: 'cloud-provider',
      name: 'CLAUDE_CODE_USE_BEDROCK',
      detail: 'bedrock',
      origin: { scope: 'local' },
    },
  });
  expect(remediesOf(found)).toEqual(['sign-in-to-provider', 'switch-provider-off']);
  expect(more).toEqual([]);
});

test.each<[string, Given]>([
  ['there is a key for it', { local: { ...BEDROCK, AWS_BEARER_TOKEN_BEDROCK: 'b' } }],
  [
    'there is a profile for it',
    { local: BEDROCK, files: { '~/.aws/credentials': '[default]\naws_access_key_id = a\n' } },
  ],
  ['its signing is off', { local: { ...BEDROCK, CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' } }],
  ['no switch is on', { login: true }],
  ['that version does not know the switch', { version: '2.1.73', local: { CLAUDE_CODE_USE_MANTLE: '1' } }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
