import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../core/sign-in/oidc-failure.ts';
import type { Oidc, OidcAnswer, OidcAttempt, OidcDevice, OidcServer, OidcTokens } from '../ports/oidc.ts';

/** A failure without a time to wait. */
export function oidcFailure(code: OidcFailure['code'], status: number | null = null): OidcAnswer<never> {
  return { ok: false, failure: { code, status, retryAfter: null } };
}

/** @param number makes the tokens differ */
export function madeUpTokens(number = 1, more: Partial<OidcTokens> = {}): OidcTokens {
  return {
    accessToken: `made-up-access-${String(number)}`,
    refreshToken: `made-up-refresh-${String(number)}`,
    expiresIn: 3_600,
    scopes: null,
    account: 'petra@northwind.example',
    serverTime: null,
    ...more,
  };
}

export interface MemoryProvider {
  readonly oidc: Oidc;
  /** The person at the provider’s page; gives the query of the callback. */
  readonly signIn: (attempt: OidcAttempt, yes?: boolean) => string;
  readonly answerDevice: (device: OidcDevice, yes?: boolean) => void;
  readonly isStillGood: (token: string) => boolean;
}

export interface MemoryProviderOptions {
  /** Nobody has to sign in: every code is good, devices are waited for by nobody, and the first tokens are. */
  readonly alwaysYes?: boolean;
  readonly rotates?: boolean;
  readonly revocation?: boolean;
  readonly deviceFlow?: boolean;
}

/** A provider where everything goes well but for what a test says. Refresh tokens are good once. */
export function memoryOidc(own: Partial<Oidc> = {}): Oidc {
  return { ...memoryProvider({ alwaysYes: true }).oidc, ...own };
}

/** A provider in memory, which keeps the rules of a real one as far as whoever asks can tell. */
export function memoryProvider(options: MemoryProviderOptions = {}): MemoryProvider {
  const { alwaysYes = false, rotates = true, revocation = true, deviceFlow = true } = options;
  let begun = 0;
  let given = 0;
  const good = new Set<string>();
  const codes = new Set<string>();
  const answered = new Set<string>();
  const devices = new Map<string, 'pending' | 'yes' | 'no'>();

  const give = (more: Partial<OidcTokens> = {}): OidcAnswer<OidcTokens> => {
    given += 1;
    const tokens = madeUpTokens(given, more);
    good.add(tokens.accessToken);
    if (tokens.refreshToken !== null) good.add(tokens.refreshToken);
    return { ok: true, value: tokens };
  };
  if (alwaysYes) {
    give();
    given = 0;
  }

  const oidc: Oidc = {
    discover: ({ issuer }) =>
      Promise.resolve({ ok: true, value: serverOf(issuer, { revocation, deviceFlow }) }),
    begin: (provider, redirectUri) => {
      begun += 1;
      return Promise.resolve({ ok: true, value: attemptOf(provider, redirectUri, begun) });
    },
    finish: (attempt, query) => {
      const values = new Map(query.split('&').map((pair) => pairOf(pair)));
      const isTwice = values.size !== query.split('&').length;
      const code = values.get('code');
      const error = values.get('error');
      const isAnswer = (code === undefined) !== (error === undefined) && code !== '';
      if (isTwice || !isAnswer || values.get('state') !== attempt.state || answered.has(attempt.state)) {
        return Promise.resolve(oidcFailure('bad-callback'));
      }
      answered.add(attempt.state);
      if (error !== undefined) return Promise.resolve(oidcFailure('denied'));
      const isGood = alwaysYes || codes.delete(code ?? '');
      return Promise.resolve(isGood ? give() : oidcFailure('invalid-grant', 400));
    },
    beginDevice: (provider) => {
      if (!deviceFlow) return Promise.resolve(oidcFailure('refused'));
      const device = deviceOf(provider, devices.size);
      devices.set(device.deviceCode, alwaysYes ? 'yes' : 'pending');
      return Promise.resolve({ ok: true, value: device });
    },
    askDevice: ({ deviceCode }) => {
      const state = alwaysYes ? 'yes' : devices.get(deviceCode);
      if (state === 'pending') return Promise.resolve(oidcFailure('pending', 400));
      devices.delete(deviceCode);
      if (state === 'yes') return Promise.resolve(give());
      return Promise.resolve(oidcFailure(state === 'no' ? 'denied' : 'invalid-grant', 400));
    },
    refresh: (_, refreshToken) => {
      if (!good.has(refreshToken)) return Promise.resolve(oidcFailure('invalid-grant', 400));
      given = Math.max(given, 1);
      if (!rotates) return Promise.resolve(give({ refreshToken: null }));
      good.delete(refreshToken);
      return Promise.resolve(give());
    },
    revoke: (_, token) => {
      if (!revocation) return Promise.resolve({ ok: true, value: 'not-offered' });
      good.delete(token);
      return Promise.resolve({ ok: true, value: 'revoked' });
    },
  };
  return {
    oidc,
    signIn: ({ state }, yes = true) => {
      if (!yes) return `error=access_denied&state=${state}`;
      codes.add(`made-up-code-${state}`);
      return `code=made-up-code-${state}&state=${state}`;
    },
    answerDevice: ({ deviceCode }, yes = true) => {
      devices.set(deviceCode, yes ? 'yes' : 'no');
    },
    isStillGood: (token) => good.has(token),
  };
}

function pairOf(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

function serverOf(
  issuer: string,
  { revocation, deviceFlow }: { readonly revocation: boolean; readonly deviceFlow: boolean },
): OidcServer {
  return {
    issuer,
    host: 'login.northwind.example',
    offersDevice: deviceFlow,
    offersRevocation: revocation,
    offersS256: true,
    tellsIssuer: true,
  };
}

/** The first attempt has the plainest state, for tests that make only one. */
function attemptOf(provider: OidcProvider, redirectUri: string, number: number): OidcAttempt {
  const state = number === 1 ? 'made-up-state' : `made-up-state-${String(number)}`;
  return {
    provider,
    authorizationUrl: `https://login.northwind.example/authorize?state=${state}`,
    state,
    codeVerifier: `made-up-verifier-${String(number)}`.padEnd(43, '-'),
    nonce: provider.scopes.includes('openid') ? `made-up-nonce-${String(number)}` : null,
    redirectUri,
  };
}

function deviceOf(provider: OidcProvider, before: number): OidcDevice {
  return {
    provider,
    deviceCode: before === 0 ? 'made-up-device-code' : `made-up-device-code-${String(before + 1)}`,
    userCode: 'WDJB-MJHT',
    verificationUri: 'https://login.northwind.example/device',
    verificationUriComplete: null,
    expiresIn: 600,
    interval: 5,
  };
}
