import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scriptedProvider, type ScriptedProvider } from '../../../e2e/provider/scripted-provider.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>;

const CLIENT = 'northwind-desktop';
let server: ScriptedProvider;
let key: Key;
let other: Key;
let publicKey: JWK;

beforeAll(async () => {
  [server, key, other] = await Promise.all([
    scriptedProvider(),
    generateKeyPair('ES256'),
    generateKeyPair('ES256'),
  ]);
  publicKey = { ...(await exportJWK(key.publicKey)), kid: 'first', use: 'sig', alg: 'ES256' };
});
beforeEach(() => {
  server.reset();
  server.answer('/keys', { json: { keys: [publicKey] } });
});
afterAll(() => server.close());

const now = (): number => Math.floor(Date.now() / 1000);

interface Forged {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: Key;
}

/** @param nonce of the attempt */
async function idToken(
  nonce: string,
  { claims = {}, header = {}, key: signer = key }: Forged = {},
): Promise<string> {
  const all: Readonly<Record<string, unknown>> = {
    iss: server.issuer,
    aud: CLIENT,
    sub: 'petra',
    iat: now(),
    exp: now() + 300,
    nonce,
    email: 'petra@northwind.example',
    ...claims,
  };
  const payload = Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as JWTPayload;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', kid: 'first', ...header })
    .sign(signer.privateKey);
}

async function signIn(
  make: (nonce: string) => string | undefined | Promise<string | undefined>,
  more: object = {},
) {
  const oidc = openidOidc({ variables: {} });
  const attempt = await oidc.begin(
    northwind({ issuer: server.issuer, clientId: CLIENT }),
    'http://127.0.0.1:5/callback',
  );
  if (!attempt.ok) throw new Error(attempt.failure.code);
  const { nonce, state } = attempt.value;
  server.answer('/token', {
    json: {
      access_token: 'made-up-access',
      token_type: 'Bearer',
      id_token: await make(nonce ?? ''),
      ...more,
    },
  });
  const query = new URLSearchParams({ code: 'made-up', state, iss: server.issuer });
  const answer = await oidc.finish(attempt.value, query.toString());
  return answer.ok ? answer.value.account : answer.failure.code;
}

test('An ID token that is in order names the account, and its keys are asked for once.', async () => {
  expect(await signIn((nonce) => idToken(nonce))).toBe('petra@northwind.example');
  expect([server.asked('/token'), server.asked('/keys')]).toEqual([1, 1]);
});

test.each<[string, Forged]>([
  ['one audience of two, which the token says is meant', { claims: { aud: [CLIENT, 'x'], azp: CLIENT } }],
  ['it ended while the clocks differed by a little', { claims: { exp: now() - 120 } }],
  ['it names no key, and there is only one', { header: { kid: undefined } }],
])('Also where %s.', async (_, forged) => {
  expect(await signIn((nonce) => idToken(nonce, forged))).toBe('petra@northwind.example');
});

test.each<[string, Forged]>([
  ['of another issuer', { claims: { iss: 'https://other.example' } }],
  ['of the issuer with a slash', { claims: { iss: 'SERVER/' } }],
  ['of no issuer', { claims: { iss: undefined } }],
  ['for another client', { claims: { aud: 'other' } }],
  ['for others beside, without saying who is meant', { claims: { aud: [CLIENT, 'other'] } }],
  ['for others beside, of whom another is meant', { claims: { aud: [CLIENT, 'other'], azp: 'other' } }],
  ['for nobody', { claims: { aud: undefined } }],
  ['that has ended', { claims: { exp: now() - 3600 } }],
  ['that does not end', { claims: { exp: undefined } }],
  ['that ends with a text', { claims: { exp: 'tomorrow' } }],
  ['without a time', { claims: { iat: undefined } }],
  ['without a subject', { claims: { sub: undefined } }],
  ['with another nonce', { claims: { nonce: 'other' } }],
  ['without a nonce', { claims: { nonce: undefined } }],
  ['that is not good yet', { claims: { nbf: now() + 3600 } }],
  ['of a key that is not known', { header: { kid: 'other' } }],
])('An ID token %s is refused.', async (_, forged) => {
  const iss = forged.claims?.['iss'];
  const claims = iss === 'SERVER/' ? { iss: `${server.issuer}/` } : (forged.claims ?? {});
  expect(await signIn((nonce) => idToken(nonce, { ...forged, claims }))).toBe('bad-id-token');
});

test('So is one that somebody else has signed with the name of a known key.', async () => {
  expect(await signIn((nonce) => idToken(nonce, { key: other }))).toBe('bad-id-token');
});

test('So is one whose words were changed after it was signed.', async () => {
  const changed = async (nonce: string): Promise<string> => {
    const [head = '', body = '', signature = ''] = (await idToken(nonce)).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const other = Buffer.from(JSON.stringify({ ...claims, email: 'other@northwind.example' })).toString(
      'base64url',
    );
    return [head, other, signature].join('.');
  };
  expect(await signIn(changed)).toBe('bad-id-token');
});

test.each([undefined, ['none'], ['none', 'ES256']])(
  'So is one without a signature, whatever the provider announces: %j',
  async (announced) => {
    server.answer('/.well-known/openid-configuration', {
      json: { ...server.metadata, id_token_signing_alg_values_supported: announced },
    });
    const unsigned = (nonce: string): string =>
      new UnsecuredJWT({ nonce })
        .setIssuer(server.issuer)
        .setAudience(CLIENT)
        .setSubject('petra')
        .setIssuedAt()
        .setExpirationTime('5m')
        .encode();
    expect(await signIn(unsigned)).toBe('bad-id-token');
  },
);

test('So is one that is signed with what everybody knows.', async () => {
  server.answer('/.well-known/openid-configuration', {
    json: { ...server.metadata, id_token_signing_alg_values_supported: ['HS256', 'ES256'] },
  });
  const secret = new TextEncoder().encode(JSON.stringify(publicKey));
  const signed = (nonce: string): Promise<string> =>
    new SignJWT({ nonce })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .setIssuer(server.issuer)
      .setAudience(CLIENT)
      .setSubject('petra')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(secret);
  expect(await signIn(signed)).toBe('bad-id-token');
});

test.each([undefined, '', 'a.b', 'a.b.c', 'a.b.c.d.e', '..'])('So is one that is none: %j', async (text) => {
  expect(await signIn(() => text)).toBe('bad-id-token');
});

test.each([7, {}, ['a.b.c']])('So is one of another type: %j', async (id_token) => {
  expect(await signIn(() => undefined, { id_token })).toBe('bad-id-token');
});

test('Keys that cannot be had just now are not a bad token, and the code is not sent again.', async () => {
  server.answer('/keys', { status: 503 });
  expect(await signIn((nonce) => idToken(nonce))).toBe('try-later');
  server.answer('/keys', (response) => response.destroy());
  expect(await signIn((nonce) => idToken(nonce))).toBe('connection-lost');
  expect(server.asked('/token')).toBe(2);
});

test('A clock of this machine that is wrong by hours is no reason to refuse: the provider tells its own time.', async () => {
  const date = new Date(Date.now() - 5 * 3600 * 1000).toUTCString();
  server.answer('/.well-known/openid-configuration', { headers: { date }, json: server.metadata });
  const past = { iat: now() - 5 * 3600, exp: now() - 5 * 3600 + 300 };
  expect(await signIn((nonce) => idToken(nonce, { claims: past }))).toBe('petra@northwind.example');
});
