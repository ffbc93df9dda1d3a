import { expect, test } from 'vitest';
import {
  conflictsGiven,
  CUSTOM_KEY,
  HELPER,
  KEY,
  remediesOf,
  TOKEN,
  type Given,
} from '../../testing/given.ts';

const CODE = 'two-credentials-sent';

test('A token and a key go out in one request.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { shell: TOKEN, user: KEY });
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: {
      source: 'auth-token',
      other: 'api-key',
      origin: { kind: 'process' },
      otherOrigin: { kind: 'settings', scope: 'user' },
    },
  });
  expect(remediesOf(found)).toEqual(['clear-credential', 'clear-credential', 'leave-as-is']);
  expect(found?.remedies.map(({ target }) => target)).toEqual([
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    undefined,
  ]);
  expect(more).toEqual([]);
});

test.each<[string, Given, readonly string[]]>([
  ['a token and a helper', { shell: TOKEN, helper: HELPER }, ['interactive', 'print']],
  ['a key and a helper', { shell: KEY, helper: HELPER }, ['interactive', 'print']],
  ['a token and a Console key', { shell: TOKEN, consoleKey: true }, ['interactive', 'print']],
  ['a custom header and a login', { shell: CUSTOM_KEY, login: true }, ['interactive', 'print']],
])('So do %s.', async (_, given, modes) => {
  expect((await conflictsGiven(CODE, given)).map((one) => one.modes)).toEqual([modes]);
});

test.each<[string, Given]>([
  ['one helper in both headers', { helper: HELPER }],
  ['the same secret in both headers', { shell: { ANTHROPIC_AUTH_TOKEN: 'same', ANTHROPIC_API_KEY: 'same' } }],
  ['one credential', { shell: TOKEN, login: true }],
  [
    'a helper that prints what the token is',
    { shell: { ANTHROPIC_AUTH_TOKEN: 'helper-OUTPUT' }, helper: HELPER },
  ],
])('It is none with %s.', async (_, given) => {
  expect(await conflictsGiven(CODE, given)).toEqual([]);
});
