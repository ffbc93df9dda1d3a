import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/** What managed settings can demand of a session beside a way of logging in. */
export const LIMIT_KEYS = [
  'allowedProviders',
  'forceLoginGatewayUrl',
  'forceLoginOrgUUID',
  'requiredMinimumVersion',
  'requiredMaximumVersion',
  'policyHelper',
] as const;
export type LimitKey = (typeof LIMIT_KEYS)[number];

/** One demand of one settings file. */
export interface AdministratorLimit {
  readonly key: LimitKey;
  readonly line: number;
  /** The providers that are allowed, the organisations that one must belong to, the one version, or the path of a program. Whatever else was written there names nothing. */
  readonly names: readonly string[];
}

/** A version may be written with a `v` before it (measured). */
const VERSION = /^v?(\d+\.\d+\.\d+)$/;

/** The limits that a settings object states; what has no effect is left out (measured). */
export function administratorLimits(
  settings: JsonObject,
  lineOf: (key: LimitKey) => number,
): readonly AdministratorLimit[] {
  return LIMIT_KEYS.flatMap((key): readonly AdministratorLimit[] => {
    const value = settings[key];
    const names = value === undefined ? null : namesIn(key, value);
    return names === null ? [] : [{ key, line: lineOf(key), names }];
  });
}

function namesIn(key: LimitKey, value: JsonValue): readonly string[] | null {
  if (key === 'allowedProviders') {
    // A list of whatever type counts, and then nothing is allowed.
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  }
  if (key === 'forceLoginOrgUUID') return organisationsIn(value);
  if (key === 'policyHelper') {
    const path = isJsonObject(value) ? value['path'] : undefined;
    return typeof path === 'string' ? [path] : null;
  }
  if (typeof value !== 'string' || value === '') return null;
  if (key === 'forceLoginGatewayUrl') return [];
  const version = VERSION.exec(value.trim())?.[1];
  return version === undefined ? null : [version];
}

/** One text or a list of texts, be they empty; of any other form nothing counts (measured). */
function organisationsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return isList ? value.map(String) : [];
}
