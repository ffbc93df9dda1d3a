import { isJsonObject, parseStrictJson, type JsonObject, type JsonValue } from '../settings/json-value.ts';
import { KNOWN_STORE_KEYS, LOGIN_KEY, LOGIN_SCOPE, MCP_KEY } from '../sources/claude-login.ts';
import { tokenText } from './token-text.ts';

/** What `.credentials.json` says; the token is raw, so this never leaves the gathering frame. */
export interface CredentialsContent {
  readonly login: LoginContent | null;
  /** Top-level entries of a kind that is not known: one may be a gateway session. */
  readonly otherKeys: readonly string[];
  /** How many logins of connectors lie beside it. */
  readonly mcpLogins: number;
}

export interface LoginContent {
  /** Empty where it is set and holds nothing. */
  readonly accessToken: string | null;
  readonly usable: LoginUse;
  /** `empty` is what Claude Code leaves behind when a refresh was refused: the login has ended (observed). */
  readonly refresh: 'present' | 'empty' | 'missing';
  /** Milliseconds since 1970. */
  readonly accessEndsAt: number | null;
  readonly loginEndsAt: number | null;
  readonly plan: string | null;
  readonly tier: string | null;
  /** Whether the scopes can be looked at: beside lists and text, only nothing can (measured). */
  readonly scopesReadable: boolean;
}

/** Whether Claude Code takes this for a login, and if not, why (measured). */
export type LoginUse = 'usable' | 'no-token' | 'no-inference-scope';

/** Smaller than this is seconds, or a mistake: September 2001 in milliseconds. */
const SMALLEST_MS = 1_000_000_000_000;

/** `null` when the file is not JSON or no object; Claude Code then says nothing and is not logged in (observed). */
export function parseCredentials(text: string): CredentialsContent | null {
  // Unlike settings, a byte order mark makes Claude Code reject this file (observed).
  if (text.charCodeAt(0) === 0xfeff) return null;
  const parsed = parseStrictJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  const root = parsed.value;
  const login = root[LOGIN_KEY];
  return {
    login: isJsonObject(login) ? readLogin(login) : null,
    otherKeys: Object.keys(root).filter((key) => !KNOWN_STORE_KEYS.includes(key)),
    mcpLogins: isJsonObject(root[MCP_KEY]) ? Object.keys(root[MCP_KEY]).length : 0,
  };
}

function readLogin(login: JsonObject): LoginContent {
  const token = tokenText(login['accessToken']);
  const scopes = login['scopes'];
  const refresh = login['refreshToken'];
  return {
    accessToken: token,
    usable: useOf(token, scopes),
    refresh: typeof refresh === 'string' ? (refresh === '' ? 'empty' : 'present') : 'missing',
    accessEndsAt: time(login['expiresAt']),
    loginEndsAt: time(login['refreshTokenExpiresAt']),
    plan: text(login['subscriptionType']),
    tier: text(login['rateLimitTier']),
    scopesReadable: scopes == null || Array.isArray(scopes) || typeof scopes === 'string',
  };
}

function useOf(token: string | null, scopes: JsonValue | undefined): LoginUse {
  if (token === null) return 'no-token';
  return (Array.isArray(scopes) || typeof scopes === 'string') && scopes.includes(LOGIN_SCOPE)
    ? 'usable'
    : 'no-inference-scope';
}

function time(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= SMALLEST_MS && value < 8.64e15
    ? value
    : null;
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
