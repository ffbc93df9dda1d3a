import { expect, test } from 'vitest';
import { conflictsGiven, KEY, remediesOf, type Given } from '../../testing/given.ts';

const CODE = 'login-stub';
const login = { accessToken: '', refreshToken: '' };

test('The store holds the remains of a login, and nothing else is there.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { login });
  expect(found).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: {
      source: 'claude-login',
      origin: { kind: 'credentials-file', path: '/home/p/.claude/.credentials.json' },
    },
  });
  expect(remediesOf(found)).toEqual(['log-in']);
  expect(more).toEqual([]);
});

test('It is said more quietly where something else is sent.', async () => {
  expect(await conflictsGiven(CODE, { login, shell: KEY })).toMatchObject([{ severity: 'info' }]);
});

test.each<[string, Given]>([
  ['there is a token', { login: { refreshToken: '' } }],
  ['there is none at all', {}],
  ['the store holds other things', { files: { '~/.claude/.credentials.json': { mcpOAuth: {} } } }],
  ['the login has no scope for models', { login: { scopes: [] } }],
])('It is none when %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
