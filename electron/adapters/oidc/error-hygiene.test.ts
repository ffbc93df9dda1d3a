import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { faultProxy, type Fault, type FaultProxy } from '../../../e2e/provider/fault-proxy.mjs';
import { METADATA_PATH } from '../../../e2e/provider/scripted-provider.ts';
import { startProvider, type Lab } from '../../../e2e/provider/start-provider.mjs';
import type { OidcProvider } from '../../../shared/core/sign-in/oidc-provider.ts';
import { OIDC_FAILURES } from '../../../shared/core/sign-in/oidc-failure.ts';
import type { Oidc, OidcAttempt, OidcDevice } from '../../../shared/ports/oidc.ts';
import { northwind } from '../../../shared/testing/northwind.ts';
import { openidOidc } from './openid-oidc.ts';

/** In all that is secret, and in all that a server says. */
const MARK = 'MARKED';
const REDIRECT = 'http://127.0.0.1:5/callback';

let lab: Lab;
let proxy: FaultProxy;
let oidc: Oidc;
let provider: OidcProvider;
const said: string[] = [];

beforeAll(async () => {
  lab = await startProvider();
  proxy = await faultProxy(lab);
});
afterAll(async () => {
  await proxy.close();
  await lab.close();
});
beforeEach(() => {
  proxy.forget();
  oidc = openidOidc({ variables: {} }, { bytes: 256 * 1024, deadline: 3_000 });
  provider = northwind({ issuer: lab.issuer, clientId: lab.clientId });
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

const error = (code: string): string =>
  JSON.stringify({
    error: code,
    error_description: `${MARK} description`,
    error_uri: `https://x.example/${MARK}`,
  });
const headers = {
  'x-made-up': MARK,
  location: `https://x.example/?${MARK}`,
  'www-authenticate': `Bearer realm="${MARK}"`,
};

const FAULTS: readonly Fault[] = [
  { do: 'reset-before' },
  { do: 'reset-after' },
  { do: 'half-body' },
  { do: 'answer', status: 302, headers },
  ...[400, 401, 403, 500, 503].flatMap((status): readonly Fault[] =>
    ['invalid_grant', 'invalid_client', 'invalid_scope', 'access_denied', `${MARK}_error`].map((code) => ({
      do: 'answer',
      status,
      headers,
      body: error(code),
    })),
  ),
  { do: 'answer', status: 200, headers, body: `<html>${MARK}` },
  { do: 'answer', status: 200, headers, body: `{"${MARK}":` },
  { do: 'answer', status: 200, headers, body: error('none') },
  {
    do: 'answer',
    status: 200,
    body: JSON.stringify({ access_token: `${MARK} with a blank`, token_type: 'Bearer' }),
  },
  { do: 'answer', status: 200, body: JSON.stringify({ access_token: MARK, token_type: MARK }) },
  {
    do: 'answer',
    status: 200,
    body: JSON.stringify({ access_token: MARK, token_type: 'Bearer', id_token: `${MARK}.b.c` }),
  },
  { do: 'answer', status: 200, body: JSON.stringify({ issuer: MARK, token_endpoint: `http://${MARK}` }) },
  { do: 'flood', bytes: 2_000_000 },
];

/** An attempt and a device, as they would be kept; the adapter keeps none. */
const attempt = (number: number): OidcAttempt => ({
  provider,
  authorizationUrl: `${lab.issuer}/auth?${MARK}`,
  state: `${MARK}-state-${String(number)}`,
  codeVerifier: `${MARK}-verifier`.padEnd(43, 'x'),
  nonce: `${MARK}-nonce`,
  redirectUri: REDIRECT,
});
const device = (): OidcDevice => ({
  provider,
  deviceCode: `${MARK}-device`,
  userCode: 'WDJB-MJHT',
  verificationUri: `${lab.issuer}/device`,
  verificationUriComplete: null,
  expiresIn: 600,
  interval: 5,
});

test('Of every step that fails in every way only a code, a status and a time to wait are told.', async () => {
  const told: { readonly step: string; readonly answer: unknown }[] = [];
  let number = 0;
  for (const fault of FAULTS) {
    const steps: Readonly<Record<string, () => Promise<{ readonly ok: boolean }>>> = {
      finish: () => {
        number += 1;
        const { state } = attempt(number);
        const query = new URLSearchParams({ code: `${MARK}-code`, state, iss: lab.issuer });
        return oidc.finish(attempt(number), query.toString());
      },
      callback: () => oidc.finish(attempt(0), `error=${MARK}&state=${MARK}-state-0&iss=${MARK}`),
      device: () => oidc.beginDevice(provider),
      ask: () => oidc.askDevice(device()),
      refresh: () => oidc.refresh(provider, `${MARK}-refresh`),
    };
    await oidc.discover(provider);
    for (const path of ['/token', '/device/auth']) proxy.when({ path }, fault);
    for (const [step, run] of Object.entries(steps)) {
      const answer = await run();
      // One of them is a good answer to a refresh.
      if (!answer.ok) told.push({ step, answer });
    }
    proxy.when({ path: '/token/revocation' }, fault);
    const revoked = await oidc.revoke(provider, `${MARK}-refresh`, 'refresh');
    if (!revoked.ok) told.push({ step: 'revoke', answer: revoked });
    proxy.forget();
    proxy.when({ path: METADATA_PATH }, fault);
    told.push({ step: 'discover', answer: await openidOidc({ variables: {} }).discover(provider) });
    proxy.forget();
  }
  vi.restoreAllMocks();
  expect(told.length).toBeGreaterThan(FAULTS.length * 5);
  expect(new Set(told.map(({ step }) => step)).size).toBe(7);
  for (const { answer, step } of told) {
    expect(answer, step).toEqual({
      ok: false,
      failure: {
        code: expect.toSatisfy((code) =>
          OIDC_FAILURES.includes(code as (typeof OIDC_FAILURES)[number]),
        ) as unknown,
        status: expect.toSatisfy((status) => status === null || Number.isInteger(status)) as unknown,
        retryAfter: null,
      },
    });
    // Also what JSON leaves out: causes, prototypes, hidden fields.
    const deep = inspect(answer, { depth: 20, showHidden: true, getters: true });
    expect(`${JSON.stringify(answer)}${deep}`, step).not.toContain(MARK);
  }
  expect(said.join('')).not.toContain(MARK);
});
