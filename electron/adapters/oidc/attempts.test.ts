import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProvider, type Lab, type ProviderOptions } from '../../../e2e/provider/start-provider.mjs';
import { scriptedProvider } from '../../../e2e/provider/scripted-provider.ts';
import type { OidcProvider } from '../../../shared/core/sign-in/oidc-provider.ts';
import type { Oidc, OidcAttempt } from '../../../shared/ports/oidc.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

const REDIRECT = 'http://127.0.0.1:5/callback';
const ends: (() => Promise<void>)[] = [];
let oidc: Oidc;

beforeEach(() => {
  oidc = openidOidc({ variables: {} });
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(options: ProviderOptions = {}): Promise<Lab> {
  const lab = await startProvider(options);
  ends.push(lab.close);
  return lab;
}

const at = (lab: Lab, more: Partial<OidcProvider> = {}): OidcProvider =>
  northwind({ issuer: lab.issuer, clientId: lab.clientId, ...more });

async function begin(provider: OidcProvider): Promise<OidcAttempt> {
  const answer = await oidc.begin(provider, REDIRECT);
  if (!answer.ok) throw new Error(answer.failure.code);
  return answer.value;
}

const queryOf = (callback: string): string => new URL(callback).search.slice(1);
const parametersOf = (attempt: OidcAttempt): Record<string, string> =>
  Object.fromEntries(new URL(attempt.authorizationUrl).searchParams);

describe('PKCE', () => {
  test('Every attempt has a verifier of its own, of the form that RFC 7636 wants, and tells its digest only.', async () => {
    const provider = at(await start());
    const attempts = await Promise.all(Array.from({ length: 500 }, () => begin(provider)));
    for (const attempt of attempts) {
      expect(attempt.codeVerifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
      expect(parametersOf(attempt)).toEqual({
        client_id: provider.clientId,
        response_type: 'code',
        redirect_uri: REDIRECT,
        scope: 'openid email',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: createHash('sha256').update(attempt.codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      expect(attempt.authorizationUrl).not.toContain(attempt.codeVerifier);
    }
    const secrets = attempts.flatMap(({ codeVerifier, state, nonce }) => [codeVerifier, state, nonce]);
    expect(new Set(secrets).size).toBe(1500);
    // Of 43 letters each, so of 256 bits; had they fewer, some letter would stand at its place too often.
    const at20 = new Set(attempts.map(({ codeVerifier }) => codeVerifier[20]));
    expect(at20.size).toBeGreaterThan(50);
  });

  test.each([undefined, [], ['plain'], ['plain', 'S256']])(
    'It is S256 whatever the provider says of its methods: %j',
    async (methods) => {
      const server = await scriptedProvider();
      ends.push(server.close);
      server.answer('/.well-known/openid-configuration', {
        json: { ...server.metadata, code_challenge_methods_supported: methods },
      });
      const attempt = await begin(northwind({ issuer: server.issuer }));
      expect(parametersOf(attempt)).toMatchObject({ code_challenge_method: 'S256' });
      expect(parametersOf(attempt)['code_challenge']).toHaveLength(43);
      expect(await oidc.discover(northwind({ issuer: server.issuer }))).toMatchObject({
        value: { offersS256: methods?.includes('S256') ?? null },
      });
    },
  );

  test('A stolen code is worth nothing without its verifier.', async () => {
    const lab = await start();
    const [mine, stolen] = [await begin(at(lab)), await begin(at(lab))];
    const code = new URL(await lab.signIn(stolen.authorizationUrl)).searchParams.get('code') ?? '';
    const query = new URLSearchParams({ code, state: mine.state, iss: lab.issuer }).toString();
    expect(await oidc.finish(mine, query)).toEqual({
      ok: false,
      failure: { code: 'invalid-grant', status: 400, retryAfter: null },
    });
  });
});

test('No mutated callback is taken, asks the provider, or harms the attempt.', async () => {
  const lab = await start();
  const attempt = await begin(at(lab));
  const good = queryOf(await lab.signIn(attempt.authorizationUrl));
  const pairs = [...new URLSearchParams(good)];
  const asText = (all: readonly (readonly [string, string])[]): string =>
    new URLSearchParams(all.map(([name, value]): [string, string] => [name, value])).toString();
  const name = fc.constantFrom('code', 'state', 'iss');
  const mutated = fc.oneof(
    // One left out, one changed, one twice, an error beside it.
    name.map((left) => asText(pairs.filter(([key]) => key !== left))),
    fc
      .tuple(fc.constantFrom('state', 'iss'), fc.string())
      .map(([key, value]) => asText(pairs.map((pair) => (pair[0] === key ? [key, value] : pair)))),
    fc.tuple(name, fc.string()).map(([key, value]) => asText([...pairs, [key, value]])),
    fc.string({ minLength: 1 }).map((error) => asText([...pairs, ['error', error]])),
    fc.string({ minLength: 1 }).map((error) =>
      asText([
        ['error', error],
        ['iss', lab.issuer],
      ]),
    ),
    fc.integer({ min: 16_384, max: 65_536 }).map((length) => `${good}&x=${'x'.repeat(length)}`),
    fc.constantFrom('%', '%zz', '%c3', '%e2%28%a1').map((broken) => `${good}&x=${broken}`),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(mutated, async (query) => {
      expect(await oidc.finish(attempt, query)).toEqual({
        ok: false,
        failure: { code: 'bad-callback', status: null, retryAfter: null },
      });
    }),
    { numRuns: 1000 },
  );
  expect(lab.counts().token).toBe(0);
  expect(await oidc.finish(attempt, good)).toMatchObject({ ok: true });
  expect(lab.counts().token).toBe(1);
});

test('Of many attempts each takes its own callback, once, in any order.', async () => {
  const lab = await start();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 9 }),
      async (tries) => {
        const attempts = await Promise.all([begin(at(lab)), begin(at(lab)), begin(at(lab))]);
        const queries = await Promise.all(
          attempts.map(async ({ authorizationUrl }) => queryOf(await lab.signIn(authorizationUrl))),
        );
        const done = new Set<number>();
        for (const [of, from] of tries) {
          const attempt = attempts[of];
          if (attempt === undefined) throw new Error('no such attempt');
          const { ok } = await oidc.finish(attempt, queries[from] ?? '');
          expect(ok).toBe(of === from && !done.has(of));
          if (ok) done.add(of);
        }
      },
    ),
    // Each is three sign-ins at a real provider.
    { numRuns: 15 },
  );
});

describe('Of two providers', () => {
  test('none can pass for the other, neither with a code nor with an error.', async () => {
    const [one, two] = [await start(), await start()];
    const attempt = await begin(at(one));
    const query = queryOf(await one.signIn(attempt.authorizationUrl));
    const denied = queryOf(await one.signIn((await begin(at(one))).authorizationUrl, { deny: true }));
    const swapped = (text: string, iss: string | null): string => {
      const values = new URLSearchParams(text);
      values.set('state', attempt.state);
      if (iss === null) values.delete('iss');
      else values.set('iss', iss);
      return values.toString();
    };
    for (const iss of [two.issuer, null, '', `${one.issuer}/`]) {
      for (const text of [query, denied]) {
        expect(await oidc.finish(attempt, swapped(text, iss))).toMatchObject({
          failure: { code: 'bad-callback' },
        });
      }
    }
    // With the right one an error is an error.
    expect([one.counts().token, two.counts().token]).toEqual([0, 0]);
    expect(await oidc.finish(attempt, query)).toMatchObject({ ok: true });
    const other = await begin(at(one));
    const saidNo = queryOf(await one.signIn(other.authorizationUrl, { deny: true }));
    expect(await oidc.finish(other, saidNo)).toEqual({
      ok: false,
      failure: { code: 'denied', status: null, retryAfter: null },
    });
  });
});

test('The resource is named in every step that gives a token.', async () => {
  const resource = 'https://gateway.northwind.example/';
  const lab = await start({ resources: [resource, 'https://other.example/'] });
  const provider = at(lab, { resource, scopes: ['openid', 'gateway'] });
  const attempt = await begin(provider);
  expect(parametersOf(attempt)).toMatchObject({ resource });
  const tokens = await oidc.finish(attempt, queryOf(await lab.signIn(attempt.authorizationUrl)));
  expect(tokens).toMatchObject({ ok: true });
  const refreshed = await oidc.refresh(provider, (tokens.ok ? tokens.value.refreshToken : null) ?? '');
  expect(refreshed).toMatchObject({ ok: true });
  const unknown = at(lab, { resource: 'https://unknown.example/' });
  const other = await begin(unknown);
  const answer = await oidc.finish(other, queryOf(await lab.signIn(other.authorizationUrl)));
  expect(answer).toMatchObject({ failure: { code: 'refused' } });
});

test('Fewer scopes than were asked for are told.', async () => {
  const lab = await start();
  const attempt = await begin(at(lab, { scopes: ['openid', 'email', 'gateway'] }));
  const query = queryOf(await lab.signIn(attempt.authorizationUrl, { withhold: ['gateway', 'email'] }));
  const answer = await oidc.finish(attempt, query);
  expect(answer).toMatchObject({ ok: true, value: { scopes: ['openid'], account: 'petra' } });
});

describe('A client or a scope that the provider does not know', () => {
  test('is told as that.', async () => {
    const lab = await start();
    expect(await oidc.beginDevice(at(lab, { clientId: 'unknown' }))).toMatchObject({
      failure: { code: 'bad-client' },
    });
    expect(await oidc.refresh(at(lab, { clientId: 'unknown' }), 'made-up')).toMatchObject({
      failure: { code: 'bad-client' },
    });
  });
});

describe('Anthropic’s hosts', () => {
  test.each(['https://claude.ai', 'https://console.anthropic.com', 'https://platform.claude.com/v1'])(
    'are not asked anything at all: %s',
    async (issuer) => {
      const provider = northwind({ issuer });
      const attempt: OidcAttempt = {
        provider,
        authorizationUrl: '',
        state: 's',
        codeVerifier: 'v',
        nonce: null,
        redirectUri: REDIRECT,
      };
      const device = {
        provider,
        deviceCode: 'd',
        userCode: 'u',
        verificationUri: '',
        verificationUriComplete: null,
        expiresIn: 1,
        interval: 1,
      };
      // Nothing is reachable through this proxy; with an attempt to ask, the answer would be that.
      const cut = openidOidc({ variables: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
      for (const answer of [
        await cut.discover(provider),
        await cut.begin(provider, REDIRECT),
        await cut.finish(attempt, 'code=c&state=s'),
        await cut.beginDevice(provider),
        await cut.askDevice(device),
        await cut.refresh(provider, 'made-up'),
        await cut.revoke(provider, 'made-up', 'refresh'),
      ]) {
        expect(answer).toEqual({ ok: false, failure: { code: 'not-here', status: null, retryAfter: null } });
      }
    },
  );
});
