import { harmlessText } from '../../../shared/core/harmless-text.ts';
import { keptFields, type UnknownFields } from '../../../shared/core/sign-in/unknown-fields.ts';
import type { OidcTokens } from '../../../shared/ports/oidc.ts';
import type { Reading } from './bounded-exchange.ts';
import { isReachable } from './provider-metadata.ts';

/**
 * The answer with a token, as openid-client is to see it: tolerant of what providers get wrong, without trusting any of it. `null`: it
 * holds no token that could be used.
 *
 * @param idToken whether one is expected; else it is not looked at, since nothing may be lost because of it
 */
export function readTokens(idToken: boolean): Reading {
  return (json) => {
    const { access_token, token_type, refresh_token, scope, id_token } = json;
    if (!isToken(access_token) || typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
      return null;
    }
    const expiresIn = secondsOf(json['expires_in']);
    return {
      access_token,
      token_type: 'bearer',
      ...(expiresIn === null ? {} : { expires_in: expiresIn }),
      ...(isToken(refresh_token) ? { refresh_token } : {}),
      ...(typeof scope === 'string' && scope.trim() !== '' ? { scope } : {}),
      ...(idToken && id_token !== undefined && id_token !== null ? { id_token } : {}),
    };
  };
}

export interface TokenReading {
  readonly read: Reading;
  /** Of the answer that was read last: what openid-client is not to see, since it is kept and not looked at. */
  readonly unknown: () => UnknownFields;
}

/** @param idToken as for `readTokens` */
export function tokenReading(idToken: boolean): TokenReading {
  const read = readTokens(idToken);
  let unknown: UnknownFields = {};
  return {
    read: (json) => {
      unknown = unknownIn(json);
      return read(json);
    },
    unknown: () => unknown,
  };
}

/** An ID token is known and not kept: it tells who somebody is, and has been read by then. */
const KNOWN: ReadonlySet<string> = new Set([
  'access_token',
  'token_type',
  'expires_in',
  'refresh_token',
  'scope',
  'id_token',
]);

function unknownIn(json: Readonly<Record<string, unknown>>): UnknownFields {
  return keptFields(Object.fromEntries(Object.entries(json).filter(([name]) => !KNOWN.has(name))));
}

/** What openid-client gives, once it has judged the ID token. */
interface JudgedTokens {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
  readonly scope?: string | undefined;
  readonly claims: () => Readonly<Record<string, unknown>> | undefined;
}

/** @param asked the scopes of the provider */
export function tokensOf(
  tokens: JudgedTokens,
  asked: readonly string[],
  serverTime: number | null,
  unknown: UnknownFields = {},
): OidcTokens {
  const refreshToken = tokens.refresh_token ?? null;
  const told = tokens.scope === undefined ? null : tokens.scope.split(/\s+/).filter((scope) => scope !== '');
  // Providers that do not list it among what they granted have granted it all the same: it means nothing but this token.
  const offline = 'offline_access';
  const implied =
    refreshToken !== null && asked.includes(offline) && told !== null && !told.includes(offline)
      ? [offline]
      : [];
  return {
    accessToken: tokens.access_token,
    refreshToken,
    expiresIn: tokens.expires_in ?? null,
    scopes: told === null ? null : [...new Set([...told, ...implied])],
    account: accountOf(tokens.claims() ?? {}),
    serverTime,
    ...(Object.keys(unknown).length === 0 ? {} : { unknown }),
  };
}

const DEVICE_EXPIRES_IN = 600;
const DEVICE_LONGEST = 3600;
/** RFC 8628, section 3.2. */
const DEVICE_INTERVAL = 5;
const DEVICE_LONGEST_INTERVAL = 300;

/** The answer to a request for a device code; the rest of it is looked at in `deviceAddresses`. */
export const readDevice: Reading = (json) => {
  const { device_code, user_code, verification_uri, verification_uri_complete } = json;
  if (!isToken(device_code) || typeof user_code !== 'string' || typeof verification_uri !== 'string')
    return null;
  if (user_code.trim() === '' || user_code.length > 64 || harmlessText(user_code) !== user_code) return null;
  return {
    device_code,
    user_code: user_code.trim(),
    verification_uri,
    ...(typeof verification_uri_complete === 'string' ? { verification_uri_complete } : {}),
    expires_in: Math.min(secondsOf(json['expires_in']) ?? DEVICE_EXPIRES_IN, DEVICE_LONGEST),
    interval: Math.min(secondsOf(json['interval']) ?? DEVICE_INTERVAL, DEVICE_LONGEST_INTERVAL),
  };
};

/** The page that the user is sent to, in one spelling; `null`: nobody may be sent there. */
export function deviceAddress(text: string, inClear: boolean): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return isReachable(url, inClear) ? url : null;
}

const LONGEST_TOKEN = 64 * 1024;

/** Visible characters, as RFC 6749 (appendix A) has it: it goes into a header and on one line. */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(value);
}

/** Ten years. What is said to last longer is no time that anybody meant. */
const LONGEST = 315_360_000;

/** Whole seconds from now; some providers write them as text. `null`: not told, or nonsense. */
function secondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,12}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number > LONGEST) return null;
  const whole = Math.floor(number);
  return whole > 0 ? whole : null;
}

/** The longest address that mail allows. */
const LONGEST_ACCOUNT = 254;

function accountOf(claims: Readonly<Record<string, unknown>>): string | null {
  for (const name of ['email', 'preferred_username', 'sub']) {
    const value = claims[name];
    if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST_ACCOUNT) continue;
    return harmlessText(value.trim());
  }
  return null;
}
