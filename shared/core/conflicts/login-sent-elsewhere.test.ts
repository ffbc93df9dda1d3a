import { expect, test } from 'vitest';
import { conflictsGiven, KEY, OAUTH, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'login-sent-elsewhere';
const url = (text: string): { readonly ANTHROPIC_BASE_URL: string } => ({ ANTHROPIC_BASE_URL: text });

test('A Claude login goes to a host that is not Anthropic’s.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, {
    login: true,
    project: url('https://u:p@gateway.example/v1?k=s'),
  });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print'],
    about: {
      source: 'claude-login',
      detail: 'https://gateway.example/v1',
      origin: { scope: 'project', line: 1 },
    },
  });
  expect(remediesOf(found)).toEqual(['unset-base-url', 'leave-as-is']);
  expect(more).toEqual([]);
});

test('So does an OAuth token.', async () => {
  const [found] = await conflictsGiven(CODE, { shell: { ...OAUTH, ...url('http://api.anthropic.com') } });
  expect(found?.about.source).toBe('oauth-token');
});

test.each<[string, Given]>([
  ['the host is Anthropic’s', { login: true, shell: url('https://api.anthropic.com') }],
  ['the address is cancelled', { login: true, shell: url('https://gateway.example'), user: url('') }],
  ['there is no address', { login: true }],
  ['what is sent is a key', { login: true, shell: { ...KEY, ...url('https://gateway.example') } }],
  [
    'a provider has the request',
    {
      login: true,
      shell: {
        ...url('https://gateway.example'),
        CLAUDE_CODE_USE_BEDROCK: '1',
        AWS_BEARER_TOKEN_BEDROCK: 'b',
      },
    },
  ],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
