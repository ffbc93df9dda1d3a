import { jwtExpiry } from '../../core/jwt-expiry.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { isFor } from '../../core/sign-in/note-of-provider.ts';
import type { OidcProvider } from '../../core/sign-in/oidc-provider.ts';
import { keptFields, type UnknownFields } from '../../core/sign-in/unknown-fields.ts';
import type { Uptime } from '../../ports/clock.ts';
import type { KeyringItem } from '../../ports/keyring.ts';
import type { OidcTokens } from '../../ports/oidc.ts';
import type { ServiceDefinition } from './read-service.ts';

/** What the keychain holds of a sign-in to an organisation. Secret, all of it. */
export interface OrganisationToken {
  /** A token goes back to whoever gave it, and to nobody else. */
  readonly issuer: string;
  readonly clientId: string;
  /** Whom it is for (RFC 8707); `null`: nobody was named. `undefined`: kept before this was written down. */
  readonly resource: string | null | undefined;
  readonly accessToken: string;
  /** `null`: none was given, so it cannot be renewed. */
  readonly refreshToken: string | null;
  /** Milliseconds that the access token is good for; `null`: not told. */
  readonly lifetime: number | null;
  /** By this machine’s clock when it came. */
  readonly obtainedAt: number;
  readonly obtainedUptime: Uptime;
  /** What to add to this machine’s clock of then for the server’s; `null`: it did not tell. */
  readonly serverOffset: number | null;
  /** As granted; `null`: kept before it was written down what was asked for. */
  readonly scopes: readonly string[] | null;
  readonly account: string | null;
  readonly signedInAt: number;
  /** The refresh token that the provider said is not good any more; another one has not been judged by that. */
  readonly refused: string | null;
  /** What the provider’s answers hold beside that, for whoever knows it. */
  readonly unknown: UnknownFields;
  /** Of a later version: kept as they are. */
  readonly more: Readonly<Record<string, unknown>>;
}

const VERSION = 1;
const SERVICE = 'Credence';
const PREFIX = 'organisation:';

export function organisationItem(provider: string): KeyringItem {
  return { service: SERVICE, account: `${PREFIX}${provider}` };
}

/** The tokens of one provider, as `organisationTokenBytes` wrote them. */
export function organisationToken(provider: string): ServiceDefinition<OrganisationToken> {
  return {
    item: organisationItem(provider),
    parse,
    // Whether it has ended is not for the clock alone to say: see `judgeToken`.
    validate: () => ({ state: 'valid' }),
  };
}

/** Whether this provider gave it, as it is configured now, for what it is configured for. */
export function isOf(token: OrganisationToken, provider: OidcProvider): boolean {
  return isFor(token, provider);
}

export function needsSignIn({ refreshToken, refused }: OrganisationToken): boolean {
  return refused !== null && refused === refreshToken;
}

/**
 * What is to be kept of an answer.
 *
 * @param before what was kept when this came as its renewal: what the answer leaves out stays; `null`: a new sign-in
 */
export function tokenOf(
  tokens: OidcTokens,
  before: OrganisationToken | null,
  { issuer, clientId, resource, scopes }: OidcProvider,
  now: { readonly at: number; readonly uptime: Uptime },
): OrganisationToken {
  const serverOffset = tokens.serverTime === null ? null : tokens.serverTime - now.at;
  return {
    issuer,
    clientId,
    resource,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken ?? before?.refreshToken ?? null,
    lifetime: lifetimeOf(tokens, now.at + (serverOffset ?? 0)),
    obtainedAt: now.at,
    obtainedUptime: now.uptime,
    serverOffset,
    // What is not said was granted as it was asked for (RFC 6749, 5.1), whatever will be asked for later.
    scopes: tokens.scopes ?? (before === null ? scopes : before.scopes),
    account: tokens.account ?? before?.account ?? null,
    signedInAt: before?.signedInAt ?? now.at,
    refused: null,
    unknown: keptFields(tokens.unknown ?? {}, before?.unknown),
    more: before?.more ?? {},
  };
}

/** What the answer says, else what the token itself says of its end, by the server’s clock. */
function lifetimeOf({ expiresIn, accessToken }: OidcTokens, serverNow: number): number | null {
  if (expiresIn !== null) return expiresIn * 1000;
  const end = jwtExpiry(accessToken);
  return end === null || end <= serverNow ? null : end - serverNow;
}

/** The provider refused the refresh token that is kept: it stays, with that said of it. */
export function refusedToken(token: OrganisationToken): OrganisationToken {
  return { ...token, refused: token.refreshToken };
}

export function organisationTokenBytes({ more, ...token }: OrganisationToken): Bytes {
  const text = JSON.stringify({ ...more, version: VERSION, ...token });
  // One byte for each character, so that nothing has to encode it: JSON may spell all others out.
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether a later version of this program wrote it: what it means is not for this one to say. */
export function isOfLaterVersion(raw: Bytes): boolean {
  const { version } = objectIn(raw);
  return typeof version === 'number' && version > VERSION;
}

function parse(raw: Bytes): OrganisationToken | null {
  const {
    version,
    issuer,
    clientId,
    resource,
    accessToken,
    refreshToken,
    lifetime,
    obtainedAt,
    obtainedUptime,
    serverOffset,
    scopes,
    account,
    signedInAt,
    refused,
    unknown,
    ...more
  } = objectIn(raw);
  if (version !== VERSION) return null;
  if (!isText(issuer) || !isText(clientId) || !isText(accessToken)) return null;
  if (!isTextOrNull(refreshToken) || !isTextOrNull(account) || !isTextOrNull(refused)) return null;
  if (resource !== undefined && !isTextOrNull(resource)) return null;
  if (!isTime(obtainedAt) || !isTime(signedInAt)) return null;
  const uptime = uptimeOf(obtainedUptime);
  if (uptime === null) return null;
  return {
    issuer,
    clientId,
    resource,
    accessToken,
    refreshToken,
    lifetime: isTime(lifetime) && lifetime > 0 ? lifetime : null,
    obtainedAt,
    obtainedUptime: uptime,
    serverOffset: isTime(serverOffset) ? serverOffset : null,
    scopes: Array.isArray(scopes) ? scopes.filter(isText) : null,
    account,
    signedInAt,
    refused,
    unknown: isObject(unknown) ? { ...unknown } : {},
    more,
  };
}

function uptimeOf(value: unknown): Uptime | null {
  if (typeof value !== 'object' || value === null) return null;
  const { boot, milliseconds } = value as Readonly<Record<string, unknown>>;
  return isTextOrNull(boot) && isTime(milliseconds) ? { boot, milliseconds } : null;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
