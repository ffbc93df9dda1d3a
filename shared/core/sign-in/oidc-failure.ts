/** How speaking with a provider failed: the code alone, and nothing of what it said. */
export const OIDC_FAILURES = [
  /** No connection: name, network, proxy, reset. Before the request was surely sent. */
  'no-connection',
  /** The connection broke after something may have been sent. */
  'connection-lost',
  'timed-out',
  /** Its certificate is not trusted. */
  'not-trusted',
  /** The issuer’s own metadata name another issuer. */
  'wrong-issuer',
  /** No metadata, or such that cannot be used: another form, addresses without https. */
  'bad-metadata',
  'too-large',
  /** An answer that is none: HTML, no token, another token type. */
  'bad-answer',
  /** The callback is not one of this attempt, or not well formed: state, `iss`, something twice. */
  'bad-callback',
  /** ID token: issuer, audience, nonce, time, signature. */
  'bad-id-token',
  /** The person, or the provider, said no. */
  'denied',
  /** The code or token is not good any more. */
  'invalid-grant',
  /** The provider does not know this client, or it may not do this. */
  'bad-client',
  'bad-scope',
  /** Device code: not done yet; `slow-down` also: wait five seconds longer from now on. */
  'pending',
  'slow-down',
  /** Device code: too late. */
  'expired',
  /** Too many requests, or the server is not able to answer now. */
  'try-later',
  /** Another error of the protocol. */
  'refused',
  /** Hosts of Anthropic: a Claude account logs in through Claude Code only. */
  'not-here',
] as const;

export interface OidcFailure {
  readonly code: (typeof OIDC_FAILURES)[number];
  /** HTTP status of the answer; `null`: there was none. */
  readonly status: number | null;
  /** Seconds that the server asked to wait; `null`: it did not. */
  readonly retryAfter: number | null;
}
