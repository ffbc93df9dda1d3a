import type { Oidc, OidcAnswer, OidcFailure, OidcTokens } from '../ports/oidc.ts';

/** A failure without a status or a time to wait. */
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

/** A provider where everything goes well but for what a test says. Refresh tokens are good once. */
export function memoryOidc(own: Partial<Oidc> = {}): Oidc {
  let given = 1;
  let current = madeUpTokens(1).refreshToken;
  return {
    discover: ({ issuer }) =>
      Promise.resolve({
        ok: true,
        value: {
          issuer,
          host: 'login.northwind.example',
          offersDevice: true,
          offersRevocation: true,
          offersS256: true,
          tellsIssuer: true,
        },
      }),
    begin: (provider, redirectUri) =>
      Promise.resolve({
        ok: true,
        value: {
          provider,
          authorizationUrl: 'https://login.northwind.example/authorize?state=made-up-state',
          state: 'made-up-state',
          codeVerifier: 'made-up-verifier',
          nonce: null,
          redirectUri,
        },
      }),
    finish: () => Promise.resolve({ ok: true, value: madeUpTokens(1) }),
    beginDevice: (provider) =>
      Promise.resolve({
        ok: true,
        value: {
          provider,
          deviceCode: 'made-up-device-code',
          userCode: 'WDJB-MJHT',
          verificationUri: 'https://login.northwind.example/device',
          verificationUriComplete: null,
          expiresIn: 600,
          interval: 5,
        },
      }),
    askDevice: () => Promise.resolve({ ok: true, value: madeUpTokens(1) }),
    refresh: (_, refreshToken) => {
      if (refreshToken !== current) return Promise.resolve(oidcFailure('invalid-grant', 400));
      given += 1;
      const tokens = madeUpTokens(given);
      current = tokens.refreshToken;
      return Promise.resolve({ ok: true, value: tokens });
    },
    revoke: () => Promise.resolve({ ok: true, value: 'revoked' }),
    ...own,
  };
}
