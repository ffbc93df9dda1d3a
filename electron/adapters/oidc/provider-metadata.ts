import { isAnthropicHost } from '../../../shared/core/sign-in/anthropic-hosts.ts';
import type { OidcFailure } from '../../../shared/core/sign-in/oidc-failure.ts';

/** What is used of a provider’s metadata (OpenID Connect Discovery 1.0; RFC 8414; RFC 9207; RFC 8628), after it was judged. */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri?: string;
  readonly revocation_endpoint?: string;
  readonly device_authorization_endpoint?: string;
  readonly authorization_response_iss_parameter_supported: boolean;
  /** `undefined`: not told, so RS256 is. */
  readonly id_token_signing_alg_values_supported?: readonly string[];
  /** `undefined`: not told. */
  readonly code_challenge_methods_supported?: readonly string[];
}

type Trouble = Extract<OidcFailure['code'], 'not-here' | 'bad-metadata' | 'wrong-issuer'>;

const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'revocation_endpoint',
  'device_authorization_endpoint',
] as const;
const NEEDED: readonly string[] = ['authorization_endpoint', 'token_endpoint'];

/** Whether there may be a provider at that issuer with this client; `null`: yes. */
export function issuerTrouble(issuer: string, clientId: string): Trouble | null {
  // A client may be named by an address of its own metadata.
  const client = URL.canParse(clientId) ? new URL(clientId).hostname : '';
  if (isAnthropicHost(client)) return 'not-here';
  if (!URL.canParse(issuer)) return 'bad-metadata';
  const url = new URL(issuer);
  if (isAnthropicHost(url.hostname)) return 'not-here';
  if (url.search !== '' || url.hash !== '' || !isReachable(url, isLoopbackIssuer(issuer)))
    return 'bad-metadata';
  return null;
}

/**
 * Judges the metadata that an issuer gave. All that is not used is dropped, and all that is used has its type and a place to go to.
 *
 * @param asked the issuer as configured; it is compared as text, as RFC 8414 (3.3) wants
 */
export function judgeMetadata(
  asked: string,
  told: Readonly<Record<string, unknown>>,
): ProviderMetadata | Trouble {
  if (told['issuer'] !== asked) return 'wrong-issuer';
  const inClear = isLoopbackIssuer(asked);
  const endpoints: Record<string, string> = {};
  for (const name of ENDPOINTS) {
    const value = told[name];
    if (value === undefined || value === null) {
      if (NEEDED.includes(name)) return 'bad-metadata';
      continue;
    }
    if (typeof value !== 'string' || !URL.canParse(value)) return 'bad-metadata';
    const url = new URL(value);
    if (isAnthropicHost(url.hostname)) return 'not-here';
    if (!isReachable(url, inClear)) return 'bad-metadata';
    endpoints[name] = url.href;
  }
  const { authorization_endpoint, token_endpoint, ...more } = endpoints;
  if (authorization_endpoint === undefined || token_endpoint === undefined) return 'bad-metadata';
  const namesItself = told['authorization_response_iss_parameter_supported'] ?? false;
  const algorithms = textsOf(told['id_token_signing_alg_values_supported']);
  const methods = textsOf(told['code_challenge_methods_supported']);
  if (typeof namesItself !== 'boolean' || algorithms === null || methods === null) return 'bad-metadata';
  return {
    issuer: asked,
    authorization_endpoint,
    token_endpoint,
    ...more,
    authorization_response_iss_parameter_supported: namesItself,
    // Whoever takes “none” takes everything.
    ...(algorithms === undefined
      ? {}
      : { id_token_signing_alg_values_supported: algorithms.filter((name) => name !== 'none') }),
    ...(methods === undefined ? {} : { code_challenge_methods_supported: methods }),
  };
}

/** Whether the issuer is on this machine and in clear; only such a one may lead to addresses that are, too. */
export function isLoopbackIssuer(issuer: string): boolean {
  const url = new URL(issuer);
  return url.protocol === 'http:' && isLoopbackAddress(url);
}

/** Whether a token or a person may be sent there: https, or in clear to this machine by its address, which no name service decides. */
export function isReachable(url: URL, inClear: boolean): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (inClear && url.protocol === 'http:' && isLoopbackAddress(url));
}

/** A URL parser has already made one spelling of the many that an address has. */
function isLoopbackAddress({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === '[::1]';
}

/** `undefined`: not told. `null`: something else. */
function textsOf(value: unknown): readonly string[] | undefined | null {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return null;
  const texts = value.filter((item): item is string => typeof item === 'string');
  return texts.length === value.length ? texts : null;
}
