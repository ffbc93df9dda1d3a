import { isJsonObject, parseStrictJson, valueToText, type JsonValue } from '../settings/json-value.ts';
import { tokenText } from './token-text.ts';

export type ProfileType = 'user_oauth' | 'oidc_federation' | 'unknown';

/** `configs/NAME.json` of an Anthropic profile. */
export interface ProfileConfig {
  readonly type: ProfileType;
  readonly organisationId: string | null;
  readonly baseUrl: string | null;
  /** Whether an ended access token can be renewed, as far as the configuration goes. */
  readonly hasClientId: boolean;
  readonly credentialsPath: string | null;
}

/** `credentials/NAME.json`; the token is raw, so this never leaves the gathering frame. */
export interface ProfileCredential {
  /** Empty where it is set and holds nothing. */
  readonly accessToken: string | null;
  /** Milliseconds since 1970; the file counts in seconds. `null`: no known end. */
  readonly endsAt: number | null;
  readonly hasRefreshToken: boolean;
  readonly organisationName: string | null;
  readonly email: string | null;
}

/** Names of profiles are file names: nothing that leads elsewhere. */
export const PROFILE_NAME = /^(?!\.{1,2}$)[A-Za-z0-9_.-]+$/;

export function parseProfileConfig(text: string): ProfileConfig | null {
  const root = parseObject(text);
  if (root === null) return null;
  const authentication = root['authentication'];
  if (!isJsonObject(authentication)) return null;
  const type = authentication['type'];
  return {
    type: type === 'user_oauth' || type === 'oidc_federation' ? type : 'unknown',
    organisationId: textOf(root['organization_id']),
    baseUrl: textOf(root['base_url']),
    hasClientId: textOf(authentication['client_id']) !== null,
    credentialsPath: textOf(authentication['credentials_path']),
  };
}

export function parseProfileCredential(text: string): ProfileCredential | null {
  const root = parseObject(text);
  if (root === null) return null;
  return {
    accessToken: tokenText(root['access_token']),
    endsAt: endOf(root['expires_at']),
    hasRefreshToken: textOf(root['refresh_token']) !== null,
    organisationName: textOf(root['organization_name']),
    email: textOf(root['account_email']),
  };
}

/** Seconds since 1970, also as text; anything else that is there counts as ended (measured). */
function endOf(value: JsonValue | undefined): number | null {
  if (value === undefined || value === null) return null;
  const seconds = typeof value === 'number' ? value : Number(valueToText(value));
  return Number.isNaN(seconds) ? 0 : seconds * 1000;
}

function parseObject(text: string): Readonly<Record<string, JsonValue>> | null {
  // A byte order mark makes the program skip the file (measured).
  if (text.charCodeAt(0) === 0xfeff) return null;
  const parsed = parseStrictJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
