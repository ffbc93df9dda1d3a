import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { madeUpTokens } from '../../testing/memory-oidc.ts';
import {
  isOf,
  isOfLaterVersion,
  needsSignIn,
  organisationToken,
  organisationTokenBytes,
  refusedToken,
  tokenOf,
  type OrganisationToken,
} from './organisation-token.ts';

const PROVIDER: OidcProvider = {
  name: 'northwind',
  issuer: 'https://login.northwind.example',
  clientId: 'credence',
  scopes: ['openid'],
  resource: null,
  redirectPath: '/callback',
  deviceFlow: false,
  baseUrl: null,
  header: 'both',
  from: 'user',
};
const NOW = { at: SOME_NOON, uptime: { boot: 'a', milliseconds: 5 } };
const { parse, item } = organisationToken('northwind');
const TOKEN = tokenOf(madeUpTokens(1), null, PROVIDER, NOW);

test('It is an item of Credence, one for each provider.', () => {
  expect(item).toEqual({ service: 'Credence', account: 'organisation:northwind' });
});

test('What is kept is read again, whatever is in it, and the keychain gets ASCII only.', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 });
  const time = fc.integer();
  const unknownFields = fc.dictionary(
    fc.oneof(fc.constantFrom('__proto__', 'constructor', 'version', 'accessToken'), fc.string()),
    fc.jsonValue(),
  );
  const anyToken = fc.record<OrganisationToken>({
    issuer: text,
    clientId: text,
    accessToken: text,
    refreshToken: fc.option(text),
    lifetime: fc.option(fc.integer({ min: 1 })),
    obtainedAt: time,
    obtainedUptime: fc.record({ boot: fc.option(text), milliseconds: time }),
    serverOffset: fc.option(time),
    scopes: fc.option(fc.array(text)),
    account: fc.option(text),
    signedInAt: time,
    refused: fc.option(text),
    resource: fc.option(fc.option(text), { nil: undefined }),
    unknown: unknownFields,
    more: fc.dictionary(fc.stringMatching(/^later-[a-z]{1,5}$/), fc.jsonValue()),
  });
  fc.assert(
    fc.property(anyToken, (token) => {
      const bytes = organisationTokenBytes(token);
      expect(/^[\0-\x7f]*$/.test(bytes)).toBe(true);
      expect(JSON.stringify(parse(bytes))).toBe(
        JSON.stringify(parse(organisationTokenBytes(parse(bytes) ?? token))),
      );
      const { unknown, more } = token;
      const again = JSON.parse(JSON.stringify({ unknown, more })) as object;
      expect(parse(bytes)).toEqual({ ...token, ...again });
    }),
  );
});

describe('What is not of this form is nothing:', () => {
  const whole = JSON.parse(organisationTokenBytes(TOKEN)) as Readonly<Record<string, unknown>>;
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '7'],
    ['a later version', JSON.stringify({ ...whole, version: 2 })],
    ...['issuer', 'clientId', 'accessToken'].flatMap((name) => [
      [`no ${name}`, JSON.stringify({ ...whole, [name]: undefined })],
      [`an empty ${name}`, JSON.stringify({ ...whole, [name]: '' })],
      [`a number as ${name}`, JSON.stringify({ ...whole, [name]: 7 })],
    ]),
    ...['refreshToken', 'account', 'refused'].map((name) => [
      `a list as ${name}`,
      JSON.stringify({ ...whole, [name]: [] }),
    ]),
    ...['obtainedAt', 'signedInAt', 'obtainedUptime'].map((name) => [
      `a text as ${name}`,
      JSON.stringify({ ...whole, [name]: 'x' }),
    ]),
  ])('%s.', (_, raw = '') => {
    expect(parse(raw)).toBe(null);
  });
});

test('What was kept before there was a resource and a place for unknown fields is read, and is of whoever gave it.', () => {
  const { resource, unknown, ...earlier } = JSON.parse(organisationTokenBytes(TOKEN)) as Record<
    string,
    unknown
  >;
  expect([resource, unknown]).toEqual([null, {}]);
  const read = parse(JSON.stringify(earlier));
  expect(read).toEqual({ ...TOKEN, resource: undefined });
  expect(
    read === null
      ? []
      : [isOf(read, PROVIDER), isOf(read, { ...PROVIDER, resource: 'https://gateway.example' })],
  ).toEqual([true, true]);
  // What it is for is told by the first renewal.
  expect(tokenOf(madeUpTokens(2), read, PROVIDER, NOW).resource).toBe(null);
});

test('A later version is told from what is damaged.', () => {
  const whole = JSON.parse(organisationTokenBytes(TOKEN)) as Readonly<Record<string, unknown>>;
  fc.assert(
    fc.property(fc.integer({ min: 2 }), fc.dictionary(fc.string(), fc.jsonValue()), (version, more) => {
      const raw = JSON.stringify({ ...more, version });
      expect([isOfLaterVersion(raw), parse(raw), parse(JSON.stringify({ ...whole, version }))]).toEqual([
        true,
        null,
        null,
      ]);
    }),
  );
  for (const version of [undefined, null, '2', 1, 0, -1, {}])
    expect(isOfLaterVersion(JSON.stringify({ ...whole, version }))).toBe(false);
  expect([isOfLaterVersion('{'), isOfLaterVersion('[2]'), isOfLaterVersion('2')]).toEqual([
    false,
    false,
    false,
  ]);
});

test('What a later version adds is kept through a renewal.', () => {
  const raw = JSON.stringify({ ...JSON.parse(organisationTokenBytes(TOKEN)), added: { later: [1] } });
  const before = parse(raw);
  const next = tokenOf(madeUpTokens(2), before, PROVIDER, NOW);
  expect(JSON.parse(organisationTokenBytes(next))).toMatchObject({
    accessToken: 'made-up-access-2',
    added: { later: [1] },
  });
});

describe('A renewal', () => {
  const later = { at: SOME_NOON + 1000, uptime: { boot: 'a', milliseconds: 1005 } };

  test('without a refresh token, scopes or account keeps those from before; the sign-in stays as old as it is.', () => {
    const before = { ...TOKEN, scopes: ['openid'] };
    const answer = madeUpTokens(2, { refreshToken: null, scopes: null, account: null });
    expect(tokenOf(answer, before, PROVIDER, later)).toMatchObject({
      accessToken: 'made-up-access-2',
      refreshToken: 'made-up-refresh-1',
      scopes: ['openid'],
      account: 'petra@northwind.example',
      signedInAt: SOME_NOON,
      obtainedAt: SOME_NOON + 1000,
    });
  });

  test('keeps what nobody here knows of both answers, the newer where both say it; a new sign-in begins anew.', () => {
    const first = tokenOf(madeUpTokens(1, { unknown: { tenant: 'a', tier: 1 } }), null, PROVIDER, NOW);
    const next = tokenOf(madeUpTokens(2, { unknown: { tier: [2] } }), first, PROVIDER, later);
    expect(parse(organisationTokenBytes(next))?.unknown).toEqual({ tier: [2], tenant: 'a' });
    expect(tokenOf(madeUpTokens(3), next, PROVIDER, later).unknown).toEqual({ tier: [2], tenant: 'a' });
    expect(tokenOf(madeUpTokens(4), null, PROVIDER, later).unknown).toEqual({});
  });

  test('of a token that was refused is not refused.', () => {
    expect(needsSignIn(tokenOf(madeUpTokens(2), refusedToken(TOKEN), PROVIDER, later))).toBe(false);
  });
});

test('That a refresh token was refused is said of that one only.', () => {
  expect(needsSignIn(refusedToken(TOKEN))).toBe(true);
  expect(needsSignIn({ ...refusedToken(TOKEN), refreshToken: 'another' })).toBe(false);
  expect(needsSignIn({ ...TOKEN, refreshToken: null })).toBe(false);
  expect(refusedToken(TOKEN)).toMatchObject({
    accessToken: TOKEN.accessToken,
    refreshToken: TOKEN.refreshToken,
  });
});

test.each([
  [{}, true],
  [{ issuer: 'https://login.northwind.example/' }, false],
  [{ clientId: 'Credence' }, false],
  [{ resource: 'https://gateway.northwind.example' }, false],
  [{ name: 'other' }, true],
])('A token is of the provider that gave it, to the letter: %j.', (changed, isTheirs) => {
  expect(isOf(TOKEN, { ...PROVIDER, ...changed })).toBe(isTheirs);
});

describe('How long it is good for', () => {
  const jwt = (claims: object): string => `eyJhbGciOiJub25lIn0.${btoa(JSON.stringify(claims))}.x`;
  const seconds = SOME_NOON / 1000;
  test.each([
    ['is what the answer says', { expiresIn: 60, accessToken: jwt({ exp: seconds + 7 }) }, 60_000],
    [
      'is else what the token says of itself',
      { expiresIn: null, accessToken: jwt({ exp: seconds + 7 }) },
      7_000,
    ],
    [
      'is reckoned by the server’s clock then',
      { expiresIn: null, accessToken: jwt({ exp: seconds + 7 }), serverTime: SOME_NOON - 3_000 },
      10_000,
    ],
    [
      'is not known from a token that would have ended',
      { expiresIn: null, accessToken: jwt({ exp: seconds - 7 }) },
      null,
    ],
    ['is else not known', { expiresIn: null }, null],
  ])('%s.', (_, answer, lifetime) => {
    expect(tokenOf(madeUpTokens(1, answer), null, PROVIDER, NOW).lifetime).toBe(lifetime);
  });
});
