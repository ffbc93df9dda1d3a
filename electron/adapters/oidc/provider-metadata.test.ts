import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issuerTrouble, judgeMetadata } from './provider-metadata.ts';

const ISSUER = 'https://login.northwind.example';
const LOOPBACK = 'http://127.0.0.1:8080';
const document = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  revocation_endpoint: `${issuer}/revoke`,
  device_authorization_endpoint: `${issuer}/device`,
  authorization_response_iss_parameter_supported: true,
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
});
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'revocation_endpoint',
  'device_authorization_endpoint',
] as const;

describe('An issuer', () => {
  test.each([
    ['https://login.northwind.example', null],
    ['https://login.northwind.example/', null],
    ['https://login.northwind.example/tenant/v2.0', null],
    ['https://login.northwind.example:8443', null],
    ['http://127.0.0.1:8080', null],
    ['http://[::1]:8080/x', null],
    ['http://login.northwind.example', 'bad-metadata'],
    ['http://localhost:8080', 'bad-metadata'],
    ['http://127.0.0.2', 'bad-metadata'],
    ['http://127.0.0.1.northwind.example', 'bad-metadata'],
    ['http://10.0.0.1', 'bad-metadata'],
    ['http://0.0.0.0', 'bad-metadata'],
    ['https://petra:secret@login.northwind.example', 'bad-metadata'],
    ['https://login.northwind.example?x=y', 'bad-metadata'],
    ['https://login.northwind.example#x', 'bad-metadata'],
    ['ftp://login.northwind.example', 'bad-metadata'],
    ['file:///etc/passwd', 'bad-metadata'],
    ['login.northwind.example', 'bad-metadata'],
    ['', 'bad-metadata'],
    ['https://claude.ai', 'not-here'],
    ['https://CLAUDE.AI/', 'not-here'],
    ['https://console.anthropic.com/oauth', 'not-here'],
    ['https://platform.claude.com.', 'not-here'],
    ['http://claude.com', 'not-here'],
  ])('is judged before anybody is asked: “%s” is %s', (issuer, trouble) => {
    expect(issuerTrouble(issuer, 'northwind-desktop')).toBe(trouble);
  });

  test('does not go with a client that is named by an address of Anthropic’s.', () => {
    expect(issuerTrouble(ISSUER, 'https://claude.ai/oauth/made-up-client')).toBe('not-here');
    expect(issuerTrouble(ISSUER, 'https://northwind.example/client')).toBeNull();
  });
});

test('Metadata that are in order are taken, and nothing else of them.', () => {
  expect(
    judgeMetadata(ISSUER, { ...document(ISSUER), userinfo_endpoint: 'http://x', scopes_supported: 7 }),
  ).toEqual(document(ISSUER));
  const { issuer, authorization_endpoint, token_endpoint } = document(LOOPBACK);
  expect(judgeMetadata(LOOPBACK, { issuer, authorization_endpoint, token_endpoint })).toEqual({
    issuer,
    authorization_endpoint,
    token_endpoint,
    authorization_response_iss_parameter_supported: false,
  });
});

test.each([
  `${ISSUER}/`,
  'https://LOGIN.northwind.example',
  'HTTPS://login.northwind.example',
  'https://login.northwind.example:443',
  `${ISSUER}/.`,
  ` ${ISSUER}`,
  'https://other.example',
  '',
  null,
  [ISSUER],
  undefined,
])('An issuer that says of itself that it is %j is another one.', (issuer) => {
  expect(judgeMetadata(ISSUER, { ...document(ISSUER), issuer })).toBe('wrong-issuer');
});

describe.each(ENDPOINTS)('What is said of %s', (name) => {
  test.each([
    'http://login.northwind.example/x',
    'http://127.0.0.1/x',
    'http://localhost/x',
    'https://petra:secret@login.northwind.example/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ms-msdt:/id',
    '//login.northwind.example/x',
    '/x',
    'x; touch /tmp/x',
    '',
    7,
    true,
    {},
    [`${ISSUER}/x`],
  ])('leads nowhere where it is %j.', (value) => {
    expect(judgeMetadata(ISSUER, { ...document(ISSUER), [name]: value })).toBe('bad-metadata');
  });

  test.each(['https://claude.ai/oauth', 'https://platform.claude.com./x', 'http://api.anthropic.com'])(
    'does not lead to Anthropic: %s',
    (value) => {
      expect(judgeMetadata(ISSUER, { ...document(ISSUER), [name]: value })).toBe('not-here');
    },
  );

  test('may be in clear on this machine for an issuer that is there in clear itself, and nowhere else.', () => {
    const at = (value: string): unknown => judgeMetadata(LOOPBACK, { ...document(LOOPBACK), [name]: value });
    expect(at('http://[::1]:9/x')).toMatchObject({ [name]: 'http://[::1]:9/x' });
    expect(at('https://northwind.example/x')).toMatchObject({ [name]: 'https://northwind.example/x' });
    expect(at('http://northwind.example/x')).toBe('bad-metadata');
    expect(at('http://localhost:9/x')).toBe('bad-metadata');
  });
});

test.each([
  ['authorization_response_iss_parameter_supported', 'true'],
  ['id_token_signing_alg_values_supported', 'RS256'],
  ['id_token_signing_alg_values_supported', [1]],
  ['code_challenge_methods_supported', 'S256'],
  ['code_challenge_methods_supported', { S256: true }],
])('What has another type is not guessed at: %s is %j', (name, value) => {
  expect(judgeMetadata(ISSUER, { ...document(ISSUER), [name]: value })).toBe('bad-metadata');
});

test('An ID token without a signature is not among what is taken, whatever is announced.', () => {
  const told = { ...document(ISSUER), id_token_signing_alg_values_supported: ['none', 'RS256'] };
  expect(judgeMetadata(ISSUER, told)).toMatchObject({ id_token_signing_alg_values_supported: ['RS256'] });
});

test('Whatever metadata say, what is taken of them leads to https and has its type.', () => {
  const strange = fc.oneof(
    fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] }),
    fc.constantFrom(
      'https://claude.ai/x',
      'http://127.0.0.1/x',
      'https://user@x.example/',
      'https://x.example',
    ),
    fc.anything(),
  );
  const mostly = (right: unknown, other: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: other });
  const right = document(ISSUER);
  const told = fc.record(
    {
      issuer: mostly(ISSUER, strange),
      authorization_endpoint: mostly(right.authorization_endpoint, strange),
      token_endpoint: mostly(right.token_endpoint, strange),
      ...Object.fromEntries(ENDPOINTS.slice(2).map((name) => [name, mostly(right[name], strange)])),
      authorization_response_iss_parameter_supported: mostly(true, fc.anything()),
      id_token_signing_alg_values_supported: mostly(
        ['RS256'],
        fc.oneof(fc.array(fc.string()), fc.anything()),
      ),
      code_challenge_methods_supported: mostly(['S256'], fc.oneof(fc.array(fc.string()), fc.anything())),
    },
    { requiredKeys: ['issuer', 'authorization_endpoint', 'token_endpoint'] },
  );
  let taken = 0;
  fc.assert(
    fc.property(told, (mutated) => {
      const judged = judgeMetadata(ISSUER, mutated);
      if (typeof judged === 'string') return;
      taken++;
      expect(judged.issuer).toBe(ISSUER);
      for (const name of ENDPOINTS) {
        const value = judged[name];
        if (value === undefined) continue;
        const { protocol, username, hostname } = new URL(value);
        expect([protocol, username]).toEqual(['https:', '']);
        expect(hostname).not.toBe('claude.ai');
      }
      expect(typeof judged.authorization_response_iss_parameter_supported).toBe('boolean');
    }),
    { numRuns: 3000 },
  );
  // Not all, or nothing was tried; and not none, or nothing was looked at.
  expect(taken).toBeGreaterThan(200);
  expect(taken).toBeLessThan(2900);
});
