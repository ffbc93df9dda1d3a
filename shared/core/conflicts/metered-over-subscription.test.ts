import { expect, test } from 'vitest';
import { conflictsGiven, HELPER, KEY, OAUTH, remediesOf, TOKEN, type Given } from '../../testing/given.ts';

const CODE = 'metered-over-subscription';
const ELSEWHERE = { ANTHROPIC_BASE_URL: 'https://gateway.example' };

test('A key beside a working login: both are paid for.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { shell: KEY, login: true });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print'],
    about: { source: 'api-key', other: 'claude-login', detail: 'max', origin: { kind: 'process' } },
  });
  expect(remediesOf(found)).toEqual([
    'clear-credential',
    'cancel-in-settings',
    'move-to-keychain',
    'leave-as-is',
  ]);
  expect(more).toEqual([]);
});

test('It points to the line of the start-up file that probably set the key.', async () => {
  const files = { '~/.bashrc': `# mine\nexport ANTHROPIC_API_KEY=${KEY.ANTHROPIC_API_KEY}\n` };
  const [found] = await conflictsGiven(CODE, { shell: { ...KEY, SHELL: '/bin/bash' }, login: true, files });
  expect(found?.about.origin).toEqual({
    kind: 'login-shell',
    path: '/home/p/.bashrc',
    line: 2,
    name: 'ANTHROPIC_API_KEY',
  });
});

test.each<[string, Given, object]>([
  [
    'a key in settings',
    { user: KEY, login: true },
    { source: 'api-key', origin: { scope: 'user', line: 1 } },
  ],
  ['a helper', { helper: HELPER, login: true }, { source: 'api-key-helper' }],
])('So it is with %s.', async (_, given, about) => {
  expect((await conflictsGiven(CODE, given))[0]).toMatchObject({ about });
});

test('A key that was declined is used by print runs only.', async () => {
  const [found] = await conflictsGiven(CODE, { shell: KEY, login: true, answered: 'rejected' });
  expect(found?.modes).toEqual(['print']);
});

test.each<[string, Given]>([
  ['there is no login', { shell: KEY }],
  ['the login has ended', { shell: KEY, login: { refreshTokenExpiresAt: '$NOW_MS-86400000' } }],
  ['the login is of no use', { shell: KEY, login: { scopes: [] } }],
  ['the key goes to a gateway', { shell: { ...KEY, ...ELSEWHERE }, login: true }],
  ['what wins is a token', { shell: { ...TOKEN, ...KEY }, login: true }],
  ['what wins is a subscription as well', { shell: OAUTH, login: true }],
  ['the login wins', { login: true, consoleKey: true }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
