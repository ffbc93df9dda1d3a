import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProfileConfig, parseProfileCredential, PROFILE_NAME } from './profile-file.ts';

describe('The configuration of a profile', () => {
  test('It is read.', () => {
    const authentication = { type: 'user_oauth', client_id: 'c', credentials_path: 'x.json' };
    const text = JSON.stringify({ version: 1, organization_id: 'o', base_url: 'https://b', authentication });
    expect(parseProfileConfig(text)).toEqual({
      type: 'user_oauth',
      organisationId: 'o',
      baseUrl: 'https://b',
      hasClientId: true,
      credentialsPath: 'x.json',
    });
  });

  test.each([
    ['oidc_federation', 'oidc_federation'],
    ['user_oauth', 'user_oauth'],
    ['api_key', 'unknown'],
    [5, 'unknown'],
    [undefined, 'unknown'],
  ])('Its type may be %j: %s', (type, known) => {
    expect(parseProfileConfig(JSON.stringify({ authentication: { type } }))?.type).toBe(known);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{}',
    '{"authentication":"x"}',
    '\ufeff{"authentication":{"type":"user_oauth"}}',
  ])('%j is none.', (text) => {
    expect(parseProfileConfig(text)).toBeNull();
  });
});

describe('The credential of a profile', () => {
  test('It is read.', () => {
    const text = JSON.stringify({
      access_token: 'a',
      expires_at: 1_800_000_000,
      refresh_token: 'r',
      organization_name: 'o',
      account_email: 'e',
    });
    expect(parseProfileCredential(text)).toEqual({
      accessToken: 'a',
      endsAt: 1_800_000_000_000,
      hasRefreshToken: true,
      organisationName: 'o',
      email: 'e',
    });
  });

  test.each<[unknown, number | null]>([
    [undefined, null],
    [null, null],
    [1_800_000_000, 1_800_000_000_000],
    [0, 0],
    ['1800000000', 1_800_000_000_000],
    [' 1800000000 ', 1_800_000_000_000],
    ['0x6B49D200', 1_800_000_000_000],
    [[1_800_000_000], 1_800_000_000_000],
    ['', 0],
    ['x', 0],
    [true, 0],
    [false, 0],
    ['2030-01-01T00:00:00Z', 0],
    [{}, 0],
  ])('It ends at %j: %j', (expires, endsAt) => {
    expect(parseProfileCredential(JSON.stringify({ expires_at: expires }))?.endsAt).toBe(endsAt);
  });

  test.each<[unknown, string | null]>([
    ['a', 'a'],
    ['  a  ', 'a'],
    ['', null],
    [5, '5'],
    [true, 'true'],
    [['a'], 'a'],
    [' ', ''],
    [[], ''],
    [0, null],
    [false, null],
    [null, null],
    [undefined, null],
  ])('Its token %j counts as %j.', (token, accessToken) => {
    expect(parseProfileCredential(JSON.stringify({ access_token: token }))?.accessToken).toBe(accessToken);
  });
});

test.each([
  ['work', true],
  ['a.b-c_1', true],
  ['', false],
  ['a b', false],
  ['a/b', false],
  ['.', false],
  ['..', false],
  ['...', true],
  ['.a', true],
  ['a\\b', false],
  ['é', false],
  ['a\n', false],
])('%j is a name: %j', (name, is) => {
  expect(PROFILE_NAME.test(name)).toBe(is);
});

test('No text makes it fail.', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      for (const one of [text, `{"authentication":${text}}`, `{"expires_at":${text}}`]) {
        parseProfileConfig(one);
        parseProfileCredential(one);
      }
    }),
  );
});
