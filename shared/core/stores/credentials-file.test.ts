import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCredentials, type CredentialsContent, type LoginContent } from './credentials-file.ts';

const LOGIN = {
  accessToken: 'sk-ant-oat01-made-up',
  refreshToken: 'sk-ant-ort01-made-up',
  expiresAt: 1_800_000_000_000,
  refreshTokenExpiresAt: 1_801_000_000_000,
  scopes: ['user:inference', 'user:profile'],
  subscriptionType: 'max',
  rateLimitTier: 'default_claude_max_20x',
};
const parse = (login: unknown): CredentialsContent | null =>
  parseCredentials(JSON.stringify({ claudeAiOauth: login }));
const loginOf = (more: Readonly<Record<string, unknown>>): LoginContent | null =>
  parse({ ...LOGIN, ...more })?.login ?? null;

test('A login is read with both its clocks.', () => {
  expect(loginOf({})).toEqual({
    accessToken: 'sk-ant-oat01-made-up',
    usable: 'usable',
    refresh: 'present',
    accessEndsAt: 1_800_000_000_000,
    loginEndsAt: 1_801_000_000_000,
    plan: 'max',
    tier: 'default_claude_max_20x',
    scopesReadable: true,
  });
});

test.each<[unknown, boolean]>([
  [undefined, true],
  [null, true],
  [[], true],
  ['', true],
  [5, false],
  [0, false],
  [true, false],
  [{}, false],
  [{ includes: 1 }, false],
])('Scopes that are %j can be looked at: %s', (scopes, readable) => {
  expect(loginOf({ scopes })?.scopesReadable).toBe(readable);
});

test.each<[unknown, string | null]>([
  [' ', ''],
  [[], ''],
  [5, '5'],
  ['', null],
  [0, null],
])('The token %j counts as %j.', (accessToken, token) => {
  expect(loginOf({ accessToken })?.accessToken).toBe(token);
});

describe('Whether Claude Code takes it for a login', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['as it should be', {}, 'usable'],
    ['scopes as text', { scopes: 'user:inference' }, 'usable'],
    ['scopes as text among others', { scopes: 'user:profile user:inference' }, 'usable'],
    ['other types among the scopes', { scopes: [1, 'user:inference'] }, 'usable'],
    ['without the scope', { scopes: ['user:profile'] }, 'no-inference-scope'],
    ['the scope in capitals', { scopes: ['USER:INFERENCE'] }, 'no-inference-scope'],
    ['the scope with white space', { scopes: [' user:inference'] }, 'no-inference-scope'],
    ['scopes joined', { scopes: ['user:inference user:profile'] }, 'no-inference-scope'],
    ['no scopes', { scopes: undefined }, 'no-inference-scope'],
    ['scopes null', { scopes: null }, 'no-inference-scope'],
    ['scopes an object', { scopes: {} }, 'no-inference-scope'],
    ['an empty token', { accessToken: '' }, 'no-token'],
    ['no token', { accessToken: undefined }, 'no-token'],
    ['null for a token', { accessToken: null }, 'no-token'],
    ['zero for a token', { accessToken: 0 }, 'no-token'],
    ['a number for a token', { accessToken: 12345 }, 'usable'],
    ['an object for a token', { accessToken: {} }, 'usable'],
    ['white space for a token', { accessToken: '  ' }, 'usable'],
    [
      'without anything else',
      { refreshToken: undefined, expiresAt: undefined, subscriptionType: 5 },
      'usable',
    ],
  ])('%s', (_, more, usable) => {
    expect(loginOf(more)?.usable).toBe(usable);
  });

  test.each([null, 'x', 5, [], undefined])('%j is no login at all.', (login) => {
    expect(parse(login)).toEqual({ login: null, otherKeys: [], mcpLogins: 0 });
  });

  test('Logins of connectors beside it are counted, and nothing of them is kept.', () => {
    const text = JSON.stringify({ mcpOAuth: { 'one|1': { accessToken: 'made-up' }, 'two|2': {} } });
    expect(parseCredentials(text)).toEqual({ login: null, otherKeys: [], mcpLogins: 2 });
  });
});

test.each<[unknown, string]>([
  ['a', 'present'],
  ['', 'empty'],
  [undefined, 'missing'],
  [null, 'missing'],
  [5, 'missing'],
])('A refresh token %j is %s.', (refreshToken, refresh) => {
  expect(loginOf({ refreshToken })?.refresh).toBe(refresh);
});

test.each([['1800000000000'], [1_800_000_000], [-1], [null], [9e15], [{}]])('%j is no time.', (time) => {
  expect(loginOf({ expiresAt: time, refreshTokenExpiresAt: time })).toMatchObject({
    accessEndsAt: null,
    loginEndsAt: null,
  });
});

test.each(['', '{', '[]', 'null', '\ufeff{}', '{} // c'])('%j is not such a file.', (text) => {
  expect(parseCredentials(text)).toBeNull();
});

test('Entries of an unknown kind are told by name; known ones are not.', () => {
  const text = JSON.stringify({
    claudeAiOauth: LOGIN,
    mcpOAuth: {},
    organizationUuid: 'o',
    gatewayOauth: { token: 'secret' },
  });
  expect(parseCredentials(text)?.otherKeys).toEqual(['gatewayOauth']);
});

test('Of duplicate tokens the last counts.', () => {
  const text = '{"claudeAiOauth":{"accessToken":"a","accessToken":"b","scopes":["user:inference"]}}';
  expect(parseCredentials(text)?.login?.accessToken).toBe('b');
});

test('No text makes it fail.', () => {
  const login = fc.record(
    {
      accessToken: fc.jsonValue(),
      scopes: fc.jsonValue(),
      expiresAt: fc.jsonValue(),
      refreshToken: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    login.map((one) => JSON.stringify({ claudeAiOauth: one })),
  );
  fc.assert(
    fc.property(text, (one) => {
      const content = parseCredentials(one);
      if (content?.login?.usable === 'no-token') expect(content.login.accessToken).toBeNull();
    }),
  );
});
