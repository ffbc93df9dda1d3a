import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { faultProxy } from './fault-proxy.mjs';
import { madeUpCertificate } from './made-up-certificate.mjs';
import { startProvider, type ProviderOptions } from './start-provider.mjs';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function lab(options: ProviderOptions = {}) {
  const started = await startProvider(options);
  ends.push(started.close);
  return started;
}

type Json = Readonly<Record<string, unknown>>;

async function post(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Json };
}

/** What a client does, in as few words as possible. */
function attempt(issuer: string, clientId: string, more: Readonly<Record<string, string>> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = 'http://127.0.0.1:5/callback';
  const url = new URL('/auth', issuer);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid gateway',
    redirect_uri: redirectUri,
    state: 'made-up-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  const exchange = (callback: string, withVerifier = verifier) =>
    post(`${issuer}/token`, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: new URL(callback).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: withVerifier,
    });
  return { url: url.href, exchange };
}

describe('The lab’s provider', () => {
  test('gives tokens for a code, a new refresh token for an old one, and counts each request.', async () => {
    const { issuer, clientId, signIn, counts, isStillGood } = await lab();
    const { url, exchange } = attempt(issuer, clientId);
    const first = await exchange(await signIn(url));
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ token_type: 'Bearer', scope: 'openid gateway' });
    const old = String(first.body['refresh_token']);
    expect(await isStillGood(old)).toBe(true);
    const refresh = () =>
      post(`${issuer}/token`, { grant_type: 'refresh_token', client_id: clientId, refresh_token: old });
    const second = await refresh();
    expect(await isStillGood(old)).toBe(false);
    expect(await isStillGood(String(second.body['refresh_token']))).toBe(true);
    // Used twice: nothing of that grant is good any more.
    expect((await refresh()).body).toMatchObject({ error: 'invalid_grant' });
    expect(await isStillGood(String(second.body['refresh_token']))).toBe(false);
    expect(await isStillGood(String(second.body['access_token']))).toBe(false);
    expect(counts()).toMatchObject({ token: 3, grants: { authorization_code: 1, refresh_token: 2 } });
  });

  test('takes no code without its verifier, none twice, and no request without PKCE.', async () => {
    const { issuer, clientId, signIn } = await lab();
    const one = attempt(issuer, clientId);
    expect((await one.exchange(await signIn(one.url), 'x'.repeat(43))).body).toMatchObject({
      error: 'invalid_grant',
    });
    const two = attempt(issuer, clientId);
    const callback = await signIn(two.url);
    expect((await two.exchange(callback)).status).toBe(200);
    expect((await two.exchange(callback)).body).toMatchObject({ error: 'invalid_grant' });
    const plain = new URL(attempt(issuer, clientId).url);
    plain.searchParams.delete('code_challenge');
    plain.searchParams.delete('code_challenge_method');
    expect(new URL(await signIn(plain.href)).searchParams.get('error')).toBe('invalid_request');
  });

  test('withholds scopes, says no, and gives a device its tokens.', async () => {
    const { issuer, clientId, signIn, approveDevice } = await lab();
    const one = attempt(issuer, clientId);
    const reduced = await one.exchange(await signIn(one.url, { withhold: ['gateway'] }));
    expect(reduced.body['scope']).toBe('openid');
    const denied = new URL(await signIn(attempt(issuer, clientId).url, { deny: true }));
    expect(denied.searchParams.get('error')).toBe('access_denied');
    const ask = (code: string) =>
      post(`${issuer}/token`, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        client_id: clientId,
        device_code: code,
      });
    const begin = async () =>
      (await post(`${issuer}/device/auth`, { client_id: clientId, scope: 'openid' })).body;
    const device = await begin();
    expect((await ask(String(device['device_code']))).body).toMatchObject({ error: 'authorization_pending' });
    await approveDevice(String(device['user_code']));
    expect((await ask(String(device['device_code']))).status).toBe(200);
    const other = await begin();
    await approveDevice(String(other['user_code']), { deny: true });
    expect((await ask(String(other['device_code']))).body).toMatchObject({ error: 'access_denied' });
    await expect(approveDevice('AAAA-AAAA')).rejects.toThrow('does not know that code');
  });

  test('comes back to registered paths only where it has some.', async () => {
    const { issuer, clientId, signIn } = await lab({ redirectPaths: ['/callback'] });
    expect(await signIn(attempt(issuer, clientId).url)).toContain('http://127.0.0.1:5/callback?code=');
    const elsewhere = attempt(issuer, clientId, { redirect_uri: 'http://127.0.0.1:5/elsewhere' });
    await expect(signIn(elsewhere.url)).rejects.toThrow('invalid_redirect_uri');
    const stranger = attempt(issuer, clientId, { redirect_uri: 'https://northwind.example/callback' });
    await expect(signIn(stranger.url)).rejects.toThrow('invalid_redirect_uri');
  });

  test('knows resources where it is told of some, and ends tokens when they are forgotten.', async () => {
    const resource = 'https://gateway.northwind.example/';
    const { issuer, clientId, signIn, isStillGood, forget } = await lab({ resources: [resource] });
    const one = attempt(issuer, clientId, { resource });
    const tokens = await one.exchange(await signIn(one.url));
    expect(tokens.status).toBe(200);
    const token = String(tokens.body['access_token']);
    expect(await isStillGood(token)).toBe(true);
    await forget(token);
    expect(await isStillGood(token)).toBe(false);
    const unknown = attempt(issuer, clientId, { resource: 'https://other.example/' });
    expect(new URL(await signIn(unknown.url)).searchParams.get('error')).toBe('invalid_target');
  });
});

describe('The fault proxy', () => {
  test('is the provider to whoever asks, also over https.', async () => {
    const provider = await lab();
    const proxy = await faultProxy(provider, { tls: madeUpCertificate() });
    ends.push(proxy.close);
    expect(proxy.url).toMatch(/^https:/);
    expect(provider.issuer).toBe(proxy.url);
    await expect(fetch(`${proxy.url}/.well-known/openid-configuration`)).rejects.toThrow();
    const callback = new URL(await provider.signIn(attempt(proxy.url, provider.clientId).url));
    expect(callback.searchParams.get('iss')).toBe(proxy.url);
  });

  test('does to a request what it is told, as often as it is told, and the provider sees it or not.', async () => {
    const provider = await lab();
    const proxy = await faultProxy(provider);
    ends.push(proxy.close);
    const ask = async () => {
      const { status, body } = await post(`${proxy.url}/token`, {
        grant_type: 'refresh_token',
        client_id: provider.clientId,
        refresh_token: 'unknown',
      });
      return { status, body };
    };
    const once = { path: '/token', grant: 'refresh_token', times: 1 };
    proxy.when(once, { do: 'reset-before' });
    await expect(ask()).rejects.toThrow();
    expect(provider.counts().token).toBe(0);
    proxy.when(once, { do: 'reset-after' });
    await expect(ask()).rejects.toThrow();
    expect(provider.counts().token).toBe(1);
    proxy.when(once, { do: 'half-body' });
    await expect(ask()).rejects.toThrow();
    proxy.when(once, { do: 'answer', status: 503, body: '{"busy":true}' });
    expect(await ask()).toEqual({ status: 503, body: { busy: true } });
    proxy.when(once, { do: 'rewrite', body: () => '{"changed":true}' });
    expect(await ask()).toEqual({ status: 400, body: { changed: true } });
    expect((await ask()).body).toMatchObject({ error: 'invalid_grant' });
    expect(proxy.requests().map(({ done }) => done)).toEqual([
      'reset-before',
      'reset-after',
      'half-body',
      'answer',
      'rewrite',
      'pass',
    ]);
  });
});
