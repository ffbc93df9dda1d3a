import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { madeUpCertificate } from '../../../e2e/provider/made-up-certificate.mjs';
import {
  METADATA_PATH,
  scriptedProvider,
  type ScriptedProvider,
} from '../../../e2e/provider/scripted-provider.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

const certificate = madeUpCertificate();
let server: ScriptedProvider;
let elsewhere: ScriptedProvider;

beforeAll(async () => {
  [server, elsewhere] = await Promise.all([scriptedProvider(certificate), scriptedProvider(certificate)]);
});
beforeEach(() => {
  server.reset();
  elsewhere.reset();
});
afterAll(async () => {
  await Promise.all([server.close(), elsewhere.close()]);
});

const trusting = (limits?: { readonly bytes: number; readonly deadline: number }) =>
  openidOidc({ variables: {}, trusted: [certificate.cert] }, limits);
const discover = (oidc = trusting()) => oidc.discover(northwind({ issuer: server.issuer }));
const failure = async (oidc = trusting()) => {
  const answer = await discover(oidc);
  return answer.ok ? 'it went well' : answer.failure;
};

test('Metadata of the issuer itself are taken, asked for once, and kept.', async () => {
  const oidc = trusting();
  const [one, two] = await Promise.all([discover(oidc), discover(oidc)]);
  expect(one).toEqual({
    ok: true,
    value: {
      issuer: server.issuer,
      host: new URL(server.issuer).host,
      offersDevice: true,
      offersRevocation: true,
      offersS256: true,
      tellsIssuer: true,
    },
  });
  expect([two, await discover(oidc)]).toEqual([one, one]);
  expect(server.asked(METADATA_PATH)).toBe(1);
});

test('A failure is not kept.', async () => {
  const oidc = trusting();
  server.answer(METADATA_PATH, { status: 503 });
  expect(await failure(oidc)).toEqual({ code: 'try-later', status: 503, retryAfter: null });
  server.reset();
  expect(await discover(oidc)).toMatchObject({ ok: true });
});

test('Nobody is asked whose certificate is not trusted.', async () => {
  const stranger = openidOidc({ variables: {} });
  expect(await failure(stranger)).toEqual({ code: 'not-trusted', status: null, retryAfter: null });
  expect(server.asked(METADATA_PATH)).toBe(0);
});

test.each([
  [
    'another issuer by a slash',
    () => ({ json: { ...server.metadata, issuer: `${server.issuer}/` } }),
    'wrong-issuer',
  ],
  [
    'another issuer by its case',
    () => ({ json: { ...server.metadata, issuer: server.issuer.replace('https', 'HTTPS') } }),
    'wrong-issuer',
  ],
  ['another issuer', () => ({ json: elsewhere.metadata }), 'wrong-issuer'],
  [
    'a token endpoint in clear',
    () => ({ json: { ...server.metadata, token_endpoint: 'http://127.0.0.1:1/' } }),
    'bad-metadata',
  ],
  [
    'keys at Anthropic’s',
    () => ({ json: { ...server.metadata, jwks_uri: 'https://claude.ai/keys' } }),
    'not-here',
  ],
  ['a page', () => ({ text: '<!DOCTYPE html><p>Sign in to the Wi-Fi' }), 'bad-metadata'],
  ['a list', () => ({ json: [server.metadata] }), 'bad-metadata'],
  ['nothing', () => ({ text: '' }), 'bad-metadata'],
  ['half a document', () => ({ text: JSON.stringify(server.metadata).slice(0, -10) }), 'bad-metadata'],
  ['no such page', () => ({ status: 404 }), 'bad-metadata'],
  ['too many requests', () => ({ status: 429, headers: { 'retry-after': '7' } }), 'try-later'],
])('What is no metadata is told as what it is: %s', async (_, answer, code) => {
  server.answer(METADATA_PATH, answer());
  expect(await failure()).toMatchObject({ code });
});

test.each([301, 302, 303, 307, 308])('A redirect is not followed: %i', async (status) => {
  server.answer(METADATA_PATH, { status, headers: { location: `${elsewhere.issuer}${METADATA_PATH}` } });
  elsewhere.answer(METADATA_PATH, { json: server.metadata });
  expect(await failure()).toEqual({ code: 'bad-metadata', status, retryAfter: null });
  expect(elsewhere.asked(METADATA_PATH)).toBe(0);
});

describe('An answer is bounded:', () => {
  test('of 100 MB hardly anything is taken.', async () => {
    let written = 0;
    let closed = false;
    server.answer(METADATA_PATH, (response) => {
      const chunk = ' '.repeat(64 * 1024);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('close', () => (closed = true));
      const more = (): void => {
        if (closed || written >= 100 * 1024 * 1024) return;
        response.write(chunk, () => {
          written += chunk.length;
          more();
        });
      };
      more();
    });
    expect(await failure()).toEqual({ code: 'too-large', status: null, retryAfter: null });
    await expect.poll(() => closed).toBe(true);
    // What the buffers of both sides hold has been written too.
    expect(written).toBeLessThan(20 * 1024 * 1024);
  });

  test('one that is said to be large is still read up to the limit only, and one below it is taken.', async () => {
    const padded = (length: number): string => JSON.stringify(server.metadata).padEnd(length);
    server.answer(METADATA_PATH, { text: padded(10_001) });
    const limits = { bytes: 10_000, deadline: 10_000 };
    expect(await failure(trusting(limits))).toMatchObject({ code: 'too-large' });
    server.answer(METADATA_PATH, { text: padded(10_000) });
    expect(await failure(trusting(limits))).toBe('it went well');
  });

  test.each([
    ['never begins', () => undefined],
    ['never ends', (response: { write: (text: string) => unknown }) => void response.write('{')],
  ])('one that %s is not waited for.', async (_, answer) => {
    server.answer(METADATA_PATH, answer);
    const start = performance.now();
    expect(await failure(trusting({ bytes: 10_000, deadline: 400 }))).toMatchObject({ code: 'timed-out' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

/** One server and few runs, since each is a connection with TLS; provider-metadata.test.ts has the many. */
test('Whatever a server says of itself, it is taken or told, and nobody else is asked.', async () => {
  const oidc = trusting();
  const value = fc.oneof(
    fc.constant(elsewhere.issuer),
    fc.webUrl({ validSchemes: ['http', 'https'] }),
    fc.jsonValue(),
  );
  const mutation = fc.dictionary(fc.constantFrom(...Object.keys(server.metadata)), value, { maxKeys: 3 });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(mutation, async (mutated) => {
      server.answer(METADATA_PATH, { json: { ...server.metadata, ...mutated } });
      const answer = await oidc.discover(
        northwind({ issuer: server.issuer, clientId: `c${String(refused++)}` }),
      );
      if (answer.ok) expect(answer.value.issuer).toBe(server.issuer);
      else expect(['wrong-issuer', 'bad-metadata']).toContain(answer.failure.code);
    }),
    { numRuns: 60 },
  );
  expect(elsewhere.asked(METADATA_PATH)).toBe(0);
});
