import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faultProxy, type Fault, type FaultProxy, type When } from '../../../e2e/provider/fault-proxy.mjs';
import { madeUpCertificate } from '../../../e2e/provider/made-up-certificate.mjs';
import { startProvider, type Lab, type ProviderOptions } from '../../../e2e/provider/start-provider.mjs';
import type { OidcProvider } from '../../../shared/core/sign-in/oidc-provider.ts';
import type { Oidc, OidcAttempt, OidcTokens } from '../../../shared/ports/oidc.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

const REDIRECT = 'http://127.0.0.1:5/callback';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const ends: (() => Promise<void>)[] = [];
let lab: Lab;
let proxy: FaultProxy;
let oidc: Oidc;
let provider: OidcProvider;

async function start(options: ProviderOptions = {}): Promise<void> {
  lab = await startProvider(options);
  proxy = await faultProxy(lab);
  ends.push(proxy.close, lab.close);
  oidc = openidOidc({ variables: {} });
  provider = northwind({ issuer: lab.issuer, clientId: lab.clientId, scopes: ['openid', 'email'] });
}
beforeEach(() => start());
/** Where something comes too late, nobody has to wait for as long as a person would. */
const impatient = (): Oidc => openidOidc({ variables: {} }, { bytes: 256 * 1024, deadline: 1_500 });
const isLate = (fault: Fault): boolean => fault.do === 'silence' || fault.do === 'delay';
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function begun(): Promise<{ readonly attempt: OidcAttempt; readonly query: string }> {
  const answer = await oidc.begin(provider, REDIRECT);
  if (!answer.ok) throw new Error(answer.failure.code);
  const callback = await lab.signIn(answer.value.authorizationUrl);
  return { attempt: answer.value, query: new URL(callback).search.slice(1) };
}

async function signedIn(): Promise<OidcTokens> {
  const { attempt, query } = await begun();
  const answer = await oidc.finish(attempt, query);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const posts = (grant: string): number =>
  proxy.requests().filter(({ method, grant: of }) => method === 'POST' && of === grant).length;

/** What happens on the way, what it is told as, and whether the provider has seen the request. */
const FAULTS: readonly [title: string, fault: Fault, code: string, status: number | null, seen: boolean][] = [
  ['the request is lost', { do: 'reset-before' }, 'connection-lost', null, false],
  ['the answer is lost', { do: 'reset-after' }, 'connection-lost', null, true],
  ['half the answer is lost', { do: 'half-body' }, 'connection-lost', null, true],
  ['nothing is said', { do: 'silence' }, 'timed-out', null, false],
  ['the answer comes too late', { do: 'delay', ms: 4_000 }, 'timed-out', null, false],
  ['the server is down', { do: 'answer', status: 503 }, 'try-later', 503, false],
  [
    'the server is broken',
    { do: 'answer', status: 500, body: '{"error":"invalid_grant"}' },
    'try-later',
    500,
    false,
  ],
  ['a gateway has nobody behind it', { do: 'answer', status: 502, body: '<html>' }, 'try-later', 502, false],
  ['too many have asked', { do: 'answer', status: 429 }, 'try-later', 429, false],
  [
    'a page comes instead',
    { do: 'answer', status: 200, body: '<!DOCTYPE html><p>Sign in to the Wi-Fi' },
    'bad-answer',
    200,
    false,
  ],
  ['a page says no', { do: 'answer', status: 403, body: '<html>' }, 'bad-answer', 403, false],
  [
    'it is sent elsewhere',
    { do: 'answer', status: 307, headers: { location: '/elsewhere' } },
    'bad-answer',
    307,
    false,
  ],
  [
    'it is sent elsewhere with an error',
    { do: 'answer', status: 302, headers: { location: '/elsewhere' }, body: '{"error":"invalid_grant"}' },
    'bad-answer',
    302,
    false,
  ],
  ['the answer has no end', { do: 'flood', bytes: 50_000_000 }, 'too-large', null, false],
  ['the answer holds no token', { do: 'answer', status: 200, body: '{}' }, 'bad-answer', 200, false],
  ['the answer is a list', { do: 'answer', status: 200, body: '[]' }, 'bad-answer', 200, false],
  [
    'the client is not known',
    {
      do: 'answer',
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="made up"' },
      body: '{"error":"invalid_client"}',
    },
    'bad-client',
    401,
    false,
  ],
  [
    'something new is wrong',
    { do: 'answer', status: 400, body: '{"error":"made_up"}' },
    'refused',
    400,
    false,
  ],
  [
    'something inherited is wrong',
    { do: 'answer', status: 400, body: '{"error":"constructor"}' },
    'refused',
    400,
    false,
  ],
];

describe.each(FAULTS)('Where %s,', (_title, fault, code, status, seen) => {
  test('a code is sent once and not again, and what failed is told.', async () => {
    const { attempt, query } = await begun();
    if (isLate(fault)) oidc = impatient();
    proxy.when({ path: '/token' }, fault);
    const expected = { ok: false, failure: { code, status, retryAfter: null } };
    expect(await oidc.finish(attempt, query)).toEqual(expected);
    expect(posts('authorization_code')).toBe(1);
    proxy.forget();
    // Nobody knows what became of it, so it is not tried again either when somebody asks for that.
    expect(await oidc.finish(attempt, query)).toMatchObject({ failure: { code: 'bad-callback' } });
    expect(posts('authorization_code')).toBe(0);
  });

  test('so it is with a refresh token, which is not called bad.', async () => {
    const { refreshToken } = await signedIn();
    proxy.forget();
    if (isLate(fault)) oidc = impatient();
    proxy.when({ path: '/token' }, fault);
    const expected = { ok: false, failure: { code, status, retryAfter: null } };
    expect(await oidc.refresh(provider, refreshToken ?? '')).toEqual(expected);
    expect(posts('refresh_token')).toBe(1);
    // Where the provider has not seen it, it is as good as before.
    if (fault.do !== 'delay') expect(await lab.isStillGood(refreshToken ?? '')).toBe(!seen);
    expect(proxy.bytesWritten()).toBeLessThan(20_000_000);
  });
});

test.each([
  ['7', 7],
  [' 7 ', 7],
  ['0', 0],
  ['1e3', null],
  ['-1', null],
  ['soon', null],
  ['99999999', 86_400],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
])('How long to wait is told as seconds: %s', async (header, retryAfter) => {
  const headers = { 'retry-after': header, date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
  proxy.when({ path: '/token' }, { do: 'answer', status: 429, headers });
  expect(await oidc.refresh(provider, 'made-up')).toEqual({
    ok: false,
    failure: { code: 'try-later', status: 429, retryAfter },
  });
});

test.each([
  ['a bad ID token', { id_token: 'a.b.c' }],
  ['an ID token of another type', { id_token: 7 }],
  ['a time that makes no sense', { expires_in: 'soon' }],
  ['a time below zero', { expires_in: -1 }],
  ['scopes of another type', { scope: ['openid'] }],
  ['what nobody knows', { made_up: { deep: [1] }, error: 'none' }],
])('A new refresh token is not lost because of what comes with it: %s', async (_, more) => {
  const { refreshToken } = await signedIn();
  const body = (text: string): string => JSON.stringify({ ...(JSON.parse(text) as object), ...more });
  proxy.when({ path: '/token', grant: 'refresh_token' }, { do: 'rewrite', body });
  const answer = await oidc.refresh(provider, refreshToken ?? '');
  if (!answer.ok) throw new Error(answer.failure.code);
  expect(await lab.isStillGood(refreshToken ?? '')).toBe(false);
  expect(await lab.isStillGood(answer.value.refreshToken ?? '')).toBe(true);
  expect(await lab.isStillGood(answer.value.accessToken)).toBe(true);
});

test('The provider’s own time comes with the tokens.', async () => {
  const headers = { date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
  proxy.when({ path: '/token' }, { do: 'rewrite', headers: (all) => ({ ...all, ...headers }) });
  expect((await signedIn()).serverTime).toBe(Date.UTC(2026, 0, 1));
});

test('Nobody listens, so nothing was sent.', async () => {
  const { refreshToken } = await signedIn();
  const { attempt, query } = await begun();
  await proxy.close();
  expect(await oidc.finish(attempt, query)).toMatchObject({ failure: { code: 'no-connection' } });
  expect(await oidc.refresh(provider, refreshToken ?? '')).toMatchObject({
    failure: { code: 'no-connection' },
  });
  expect(await oidc.revoke(provider, refreshToken ?? '', 'refresh')).toMatchObject({
    failure: { code: 'no-connection' },
  });
  expect(await lab.isStillGood(refreshToken ?? '')).toBe(true);
});

test('Who takes a connection and does not speak TLS has been sent nothing.', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => {
    mute.listen(0, '127.0.0.1', resolve);
  });
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });
  const issuer = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  expect(await impatient().discover(northwind({ issuer }))).toMatchObject({ failure: { code: 'timed-out' } });
});

test('A certificate that changes to one nobody trusts ends it before anything is sent.', async () => {
  const [first, second] = [madeUpCertificate(), madeUpCertificate()];
  const secure = await faultProxy(lab, { tls: first });
  const trusting = openidOidc({ variables: {}, trusted: [first.cert] });
  const there = northwind({ issuer: secure.url, clientId: lab.clientId });
  expect(await trusting.discover(there)).toMatchObject({ ok: true });
  const { port } = new URL(secure.url);
  await secure.close();
  const impostor = await faultProxy(
    { issuer: 'http://127.0.0.1:1', standBehind: () => undefined },
    { tls: second, port: Number(port) },
  );
  ends.push(impostor.close);
  expect(await trusting.refresh(there, 'made-up-refresh')).toEqual({
    ok: false,
    failure: { code: 'not-trusted', status: null, retryAfter: null },
  });
  expect(impostor.requests()).toEqual([]);
});

describe('Revoking', () => {
  test.each<[Fault, string]>([
    [{ do: 'answer', status: 503 }, 'try-later'],
    [{ do: 'reset-before' }, 'connection-lost'],
    [{ do: 'answer', status: 400, body: '{"error":"unsupported_token_type"}' }, 'refused'],
    [{ do: 'answer', status: 200, body: '<!DOCTYPE html><p>Sign in to the Wi-Fi' }, 'bad-answer'],
    [{ do: 'answer', status: 404 }, 'bad-answer'],
  ])('that fails is told: %j', async (fault, code) => {
    const { refreshToken } = await signedIn();
    proxy.when({ path: '/token/revocation' }, fault);
    expect(await oidc.revoke(provider, refreshToken ?? '', 'refresh')).toMatchObject({ failure: { code } });
    expect(await lab.isStillGood(refreshToken ?? '')).toBe(true);
  });

  test.each([
    { status: 200, body: '' },
    { status: 200, body: 'OK' },
    { status: 200, body: '{}' },
    { status: 204 },
  ])('is done, however little the provider says: %j', async (answer) => {
    proxy.when({ path: '/token/revocation' }, { do: 'answer', ...answer });
    expect(await oidc.revoke(provider, 'made-up', 'access')).toEqual({ ok: true, value: 'revoked' });
    const sent = proxy.requests().find(({ path }) => path === '/token/revocation');
    expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual({
      token: 'made-up',
      token_type_hint: 'access_token',
      client_id: provider.clientId,
    });
  });
});

describe('A device code', () => {
  const ask: When = { path: '/token', grant: DEVICE, times: 1 };

  test('is asked about once for each call, and what is to be waited for is told.', async () => {
    const device = await oidc.beginDevice(provider);
    if (!device.ok) throw new Error(device.failure.code);
    expect(device.value).toMatchObject({ interval: 5, verificationUri: `${lab.issuer}/device` });
    expect(device.value.userCode).toMatch(/^\S+$/);
    const answers: string[] = [];
    for (const error of [
      'authorization_pending',
      'slow_down',
      'expired_token',
      'access_denied',
      'invalid_grant',
    ]) {
      proxy.when(ask, { do: 'answer', status: 400, body: JSON.stringify({ error }) });
      const answer = await oidc.askDevice(device.value);
      answers.push(answer.ok ? 'tokens' : answer.failure.code);
    }
    expect(answers).toEqual(['pending', 'slow-down', 'expired', 'denied', 'invalid-grant']);
    expect(posts(DEVICE)).toBe(5);
  });

  test('ends at the provider.', async () => {
    for (const end of ends.splice(0)) await end();
    await start({ ttl: { deviceCode: 1 } });
    const device = await oidc.beginDevice(provider);
    if (!device.ok) throw new Error(device.failure.code);
    expect(device.value.expiresIn).toBe(1);
    await expect
      .poll(async () => oidc.askDevice(device.value), { timeout: 10_000, interval: 200 })
      .toMatchObject({ failure: { code: 'expired' } });
  });

  test('leads nobody to Anthropic or in clear.', async () => {
    const leads = async (verification_uri: string): Promise<unknown> => {
      proxy.when(
        { path: '/device/auth', times: 1 },
        {
          do: 'rewrite',
          body: (text) => JSON.stringify({ ...(JSON.parse(text) as object), verification_uri }),
        },
      );
      const answer = await oidc.beginDevice(provider);
      return answer.ok ? answer.value.verificationUri : answer.failure.code;
    };
    expect(await leads('https://claude.ai/device')).toBe('not-here');
    expect(await leads('http://northwind.example/device')).toBe('bad-answer');
    expect(await leads('javascript:alert(1)')).toBe('bad-answer');
    expect(await leads('https://northwind.example/device')).toBe('https://northwind.example/device');
  });
});
