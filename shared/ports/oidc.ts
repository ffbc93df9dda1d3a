import type { OidcProvider } from '../core/sign-in/oidc-provider.ts';
import type { OidcFailure } from '../core/sign-in/oidc-failure.ts';
import type { UnknownFields } from '../core/sign-in/unknown-fields.ts';

/**
 * Speaks OpenID Connect with a provider: discovery, PKCE with S256, state, nonce, `iss`, device code, refresh, revocation. Answers
 * are bounded in size and time, redirects are not followed, and no message of a server leaves this: only codes do. Never throws.
 */
export interface Oidc {
  /** Loads what a first request needs, piece by piece; asks nobody. May be absent where there is nothing to load. */
  warm?(): Promise<void>;
  /** What the provider offers; kept for as long as the process runs. */
  discover(provider: OidcProvider): Promise<OidcAnswer<OidcServer>>;
  /** A new attempt, with secrets of its own. */
  begin(provider: OidcProvider, redirectUri: string): Promise<OidcAnswer<OidcAttempt>>;
  /**
   * Exchanges the code of a callback, once: whatever happens, it is not repeated.
   *
   * @param query of the callback, without the `?`
   */
  finish(attempt: OidcAttempt, query: string): Promise<OidcAnswer<OidcTokens>>;
  beginDevice(provider: OidcProvider): Promise<OidcAnswer<OidcDevice>>;
  /** One question whether the person is done; the caller waits `interval` between two. */
  askDevice(device: OidcDevice): Promise<OidcAnswer<OidcTokens>>;
  /** Spends a refresh token. */
  refresh(provider: OidcProvider, refreshToken: string): Promise<OidcAnswer<OidcTokens>>;
  /** `not-offered`: the provider has no such endpoint. */
  revoke(
    provider: OidcProvider,
    token: string,
    kind: 'refresh' | 'access',
  ): Promise<OidcAnswer<'revoked' | 'not-offered'>>;
}

export type OidcAnswer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: OidcFailure };

export interface OidcServer {
  readonly issuer: string;
  /** The host of the page that the user signs in on. */
  readonly host: string;
  readonly offersDevice: boolean;
  readonly offersRevocation: boolean;
  /** `null`: the provider does not say which methods it takes. */
  readonly offersS256: boolean | null;
  readonly tellsIssuer: boolean;
}

/** Everything in it but the address’s host is secret to this attempt. */
export interface OidcAttempt {
  readonly provider: OidcProvider;
  readonly authorizationUrl: string;
  /** For `LoopbackRequest.accepts`. */
  readonly state: string;
  readonly codeVerifier: string;
  /** `null` unless `openid` is among the scopes. */
  readonly nonce: string | null;
  readonly redirectUri: string;
}

export interface OidcDevice {
  readonly provider: OidcProvider;
  /** Secret. */
  readonly deviceCode: string;
  /** To be shown, always. */
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | null;
  /** Seconds. */
  readonly expiresIn: number;
  readonly interval: number;
}

/** Secret but for what is marked. */
export interface OidcTokens {
  readonly accessToken: string;
  /** `null`: none was given; the one before is still good then. */
  readonly refreshToken: string | null;
  /** Seconds, as far as it makes sense; `null`: not told. Not secret. */
  readonly expiresIn: number | null;
  /** Scopes as granted; `null`: as asked for. Not secret. */
  readonly scopes: readonly string[] | null;
  /** Of the ID token: e-mail address, else user name, else subject. Not secret. `null`: no ID token. */
  readonly account: string | null;
  /** The server’s own time when it answered, milliseconds since 1970; `null`: not told. Not secret. */
  readonly serverTime: number | null;
  /** Fields of the answer that nobody here knows, as far as they are kept; absent: there are none. */
  readonly unknown?: UnknownFields;
}
