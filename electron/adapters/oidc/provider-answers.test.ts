import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceAddress, readDevice, readTokens, tokensOf } from './provider-answers.ts';

const ANSWER = { access_token: 'made-up-access', token_type: 'Bearer' };
const read = (more: Readonly<Record<string, unknown>>, idToken = false) =>
  readTokens(idToken)({ ...ANSWER, ...more });
const TAKEN = { access_token: 'made-up-access', token_type: 'bearer' };

describe('The answer with a token', () => {
  test.each([
    [3600, 3600],
    ['3600', 3600],
    [' 60 ', 60],
    [1.9, 1],
    ['12.5', 12],
    [315_360_000, 315_360_000],
  ])('lasts as long as it says: %j', (told, seconds) => {
    expect(read({ expires_in: told })).toEqual({ ...TAKEN, expires_in: seconds });
  });

  test.each([
    undefined,
    null,
    0,
    -1,
    -3600,
    0.4,
    1e18,
    '1e18',
    NaN,
    Infinity,
    '',
    'soon',
    true,
    {},
    [60],
    '-5',
    '0x10',
  ])('lasts for nobody knows how long where it says nonsense: %j', (told) => {
    expect(read({ expires_in: told })).toEqual(TAKEN);
  });

  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('is for a bearer, in any case: %s', (token_type) => {
    expect(read({ token_type })).toEqual(TAKEN);
  });

  test.each([
    { token_type: 'DPoP' },
    { token_type: 'mac' },
    { token_type: undefined },
    { token_type: 7 },
    { access_token: undefined },
    { access_token: '' },
    { access_token: 7 },
    { access_token: null },
    { access_token: 'a b' },
    { access_token: 'a\nb' },
    { access_token: 'a\u0000' },
    { access_token: 'schlüssel' },
    { access_token: 'x'.repeat(64 * 1024 + 1) },
  ])('is none without a token that can be used: %j', (more) => {
    expect(read(more)).toBeNull();
  });

  test('keeps a refresh token that is one, and is no worse without.', () => {
    expect(read({ refresh_token: 'made-up-refresh' })).toEqual({
      ...TAKEN,
      refresh_token: 'made-up-refresh',
    });
    for (const refresh_token of ['', null, 7, 'a b', {}]) expect(read({ refresh_token })).toEqual(TAKEN);
  });

  test('is looked at for an ID token only where one was asked for.', () => {
    expect(read({ id_token: 'a.b.c' })).toEqual(TAKEN);
    expect(read({ id_token: 'a.b.c' }, true)).toEqual({ ...TAKEN, id_token: 'a.b.c' });
    expect(read({ id_token: null }, true)).toEqual(TAKEN);
  });

  test('is taken or not whatever else is in it, and nothing else is taken.', () => {
    const names = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token'];
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.anything()),
        fc.boolean(),
        (more, full) => {
          const taken = readTokens(false)(full ? { ...more, ...ANSWER } : more);
          if (taken === null) {
            expect(full).toBe(false);
            return;
          }
          expect(names).toEqual(expect.arrayContaining(Object.keys(taken)));
          expect(taken['token_type']).toBe('bearer');
          expect(taken['access_token']).toMatch(/^[\x21-\x7e]+$/);
          expect(['undefined', 'string']).toContain(typeof taken['refresh_token']);
          expect(['undefined', 'string']).toContain(typeof taken['scope']);
          const seconds = taken['expires_in'] ?? 1;
          expect(Number.isSafeInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= 315_360_000).toBe(
            true,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('Tokens', () => {
  const of = (more: object, claims: Readonly<Record<string, unknown>> = {}, asked: readonly string[] = []) =>
    tokensOf({ access_token: 'a', claims: () => claims, ...more }, asked, 7);

  test('have the scopes that were granted, also fewer than were asked for.', () => {
    expect(of({}).scopes).toBeNull();
    expect(of({ scope: 'openid  email openid' }).scopes).toEqual(['openid', 'email']);
    expect(of({ scope: 'openid' }, {}, ['openid', 'gateway']).scopes).toEqual(['openid']);
  });

  test('that renew themselves were granted offline, whether that is said or not.', () => {
    const asked = ['openid', 'offline_access'];
    expect(of({ scope: 'openid', refresh_token: 'r' }, {}, asked).scopes).toEqual([
      'openid',
      'offline_access',
    ]);
    expect(of({ scope: 'openid' }, {}, asked).scopes).toEqual(['openid']);
    expect(of({ scope: 'openid', refresh_token: 'r' }, {}, ['openid']).scopes).toEqual(['openid']);
  });

  test.each([
    [{ email: 'petra@northwind.example', preferred_username: 'petra', sub: '1' }, 'petra@northwind.example'],
    [{ preferred_username: 'petra', sub: '1' }, 'petra'],
    [{ email: '', sub: '1' }, '1'],
    [{ email: 7, sub: '1' }, '1'],
    [{ email: 'x'.repeat(255), sub: '1' }, '1'],
    [{ email: 'petra\u202e\u001b[31m@northwind.example' }, 'petra\ufffd\ufffd[31m@northwind.example'],
    [{}, null],
  ])('belong to somebody: %j', (claims, account) => {
    expect(of({}, claims).account).toBe(account);
  });
});

describe('The answer with a device code', () => {
  const DEVICE = { device_code: 'd', user_code: 'WDJB-MJHT', verification_uri: 'https://x.example/device' };

  test.each([
    [{}, { expires_in: 600, interval: 5 }],
    [
      { expires_in: '900', interval: '7' },
      { expires_in: 900, interval: 7 },
    ],
    [
      { expires_in: -1, interval: 0 },
      { expires_in: 600, interval: 5 },
    ],
    [
      { expires_in: 1e18, interval: 1e18 },
      { expires_in: 600, interval: 5 },
    ],
    [
      { expires_in: 86_400, interval: 86_400 },
      { expires_in: 3600, interval: 300 },
    ],
  ])('has times that make sense: %j', (told, times) => {
    expect(readDevice({ ...DEVICE, ...told })).toEqual({ ...DEVICE, ...times });
  });

  test.each([
    { device_code: undefined },
    { device_code: 7 },
    { user_code: '' },
    { user_code: ' ' },
    { user_code: 7 },
    { user_code: 'x'.repeat(65) },
    { user_code: 'WDJB\u202eMJHT' },
    { user_code: 'WDJB\u001b[2K' },
    { verification_uri: undefined },
  ])('is none with %j.', (more) => {
    expect(readDevice({ ...DEVICE, ...more })).toBeNull();
  });

  test.each([
    ['https://login.northwind.example/device', false, 'https://login.northwind.example/device'],
    ['http://127.0.0.1:8/device', true, 'http://127.0.0.1:8/device'],
    ['http://127.0.0.1:8/device', false, undefined],
    ['http://login.northwind.example/device', true, undefined],
    ['javascript:alert(1)', true, undefined],
    ['https://u:p@login.northwind.example', false, undefined],
    ['device', false, undefined],
  ])('leads to a page where somebody may be sent: %s', (text, inClear, address) => {
    expect(deviceAddress(text, inClear)?.href).toBe(address);
  });
});
