import type { OidcFailure } from '../../../shared/core/sign-in/oidc-failure.ts';
import type { Exchange, Outcome } from './bounded-exchange.ts';

/** What somebody waits for who has not said yes or no; these words mean nothing elsewhere. */
const OF_DEVICES: Readonly<Record<string, OidcFailure['code']>> = {
  authorization_pending: 'pending',
  slow_down: 'slow-down',
  expired_token: 'expired',
};

/** RFC 6749, sections 4.1.2.1 and 5.2. */
const OF_THE_PROTOCOL: Readonly<Record<string, OidcFailure['code']>> = {
  invalid_grant: 'invalid-grant',
  invalid_client: 'bad-client',
  unauthorized_client: 'bad-client',
  invalid_scope: 'bad-scope',
  access_denied: 'denied',
  temporarily_unavailable: 'try-later',
  server_error: 'try-later',
};

/** An error that came back with the browser. */
export function failureOfCallback(error: string): OidcFailure {
  // A grant is not what this step is about; a server that says so is confused.
  const code = error === 'invalid_grant' ? 'refused' : codeOf(error, OF_THE_PROTOCOL);
  return { code, status: null, retryAfter: null };
}

/**
 * Why a step failed, by what came of its last request. Only an error of the protocol with a status that blames the client is one:
 * what stands in front of a server says 500 or 302, and whatever it adds means nothing.
 *
 * @param otherwise where the answer as such was in order, and what it holds is not
 */
export function failureOf(
  exchange: Exchange,
  otherwise: OidcFailure['code'],
  device?: 'device',
): OidcFailure {
  const outcome = exchange.last();
  // Not even asked: what would ask could not be loaded.
  if (outcome === null) return { code: 'no-connection', status: null, retryAfter: null };
  const { status, retryAfter, kind, trouble } = outcome;
  // The keys for a token are read after it was given; so something was sent.
  const isLate = kind === 'read' && exchange.sent() !== null;
  if (trouble === 'no-connection' && isLate) return { code: 'connection-lost', status, retryAfter };
  return { code: trouble ?? codeOfAnswer(outcome, otherwise, device), status, retryAfter };
}

function codeOfAnswer(
  { kind, status, error }: Outcome,
  otherwise: OidcFailure['code'],
  device: 'device' | undefined,
): OidcFailure['code'] {
  if (status === null || (status >= 200 && status < 300)) return otherwise;
  if (status === 408 || status === 429 || status >= 500) return 'try-later';
  if (kind === 'read') return otherwise;
  if (error === null || status < 400) return 'bad-answer';
  return codeOf(error, device === undefined ? OF_THE_PROTOCOL : { ...OF_THE_PROTOCOL, ...OF_DEVICES });
}

function codeOf(error: string, known: Readonly<Record<string, OidcFailure['code']>>): OidcFailure['code'] {
  return Object.hasOwn(known, error) ? (known[error] ?? 'refused') : 'refused';
}
