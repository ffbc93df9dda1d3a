import type { JsonValue } from '../settings/json-value.ts';
import { isAnthropicHost } from './anthropic-hosts.ts';
import { configuredAddress } from './configured-address.ts';

/** Of one provider in `providers.json`, in the order in which they are written. */
export const PROVIDER_FIELDS = [
  'name',
  'issuer',
  'clientId',
  'scopes',
  'resource',
  'redirectPath',
  'deviceFlow',
  'baseUrl',
  'header',
] as const;
export type ProviderField = (typeof PROVIDER_FIELDS)[number];

/** Without `scopes` none is asked for, without `header` the gateway takes the token in either. */
export const REQUIRED_FIELDS: readonly ProviderField[] = ['name', 'issuer', 'clientId'];

export const FIELD_FLAWS = [
  'wrong-type',
  /** Small letters, digits and `-`, at most 40, beginning with a letter or digit. */
  'bad-name',
  'not-an-address',
  'address-with-more',
  'not-https',
  /** A host of Anthropic: a Claude account logs in through Claude Code only. */
  'not-here',
  'bad-client-id',
  'bad-scope',
  'bad-resource',
  'bad-path',
  'bad-header',
] as const;
export type FieldFlaw = (typeof FIELD_FLAWS)[number];

/** What is wrong with a value; `null`: nothing. */
export function fieldFlaw(field: ProviderField, value: JsonValue): FieldFlaw | null {
  switch (field) {
    case 'name':
      return matches(value, PROVIDER_NAME, 'bad-name');
    case 'issuer':
      return issuerFlaw(value);
    case 'clientId':
      return matches(value, CLIENT_ID, 'bad-client-id');
    case 'scopes':
      if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return 'wrong-type';
      return value.every((one) => typeof one === 'string' && SCOPE.test(one)) && isFewAndDifferent(value)
        ? null
        : 'bad-scope';
    case 'resource':
      return matches(value, RESOURCE, 'bad-resource');
    case 'redirectPath':
      return matches(value, REDIRECT_PATH, 'bad-path');
    case 'deviceFlow':
      return typeof value === 'boolean' ? null : 'wrong-type';
    case 'baseUrl': {
      if (typeof value !== 'string') return 'wrong-type';
      const address = configuredAddress(value);
      return address.ok ? null : address.flaw;
    }
    case 'header':
      if (typeof value !== 'string') return 'wrong-type';
      return value === 'authorization' || value === 'x-api-key' || value === 'both' ? null : 'bad-header';
  }
}

export const PROVIDER_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
/** Visible characters and spaces within (RFC 6749, A.1). */
const CLIENT_ID = /^[!-~](?:[ -~]{0,510}[!-~])?$/;
/** RFC 6749, A.4. */
const SCOPE = /^[!#-[\]-~]{1,200}$/;
const MOST_SCOPES = 50;
/** An absolute URI without a fragment (RFC 8707, 2). */
const RESOURCE = /^[A-Za-z][A-Za-z0-9+.-]*:[!$&-;=?-Z[\]_a-z~%]{1,1999}$/;
/** Slashes with plain names between them, none of which is `.` or `..`. */
const REDIRECT_PATH = /^(?!.*\/\.{1,2}(?:\/|$))(?=.{1,200}$)(?:\/|(?:\/[A-Za-z0-9._~-]+)+\/?)$/;

function matches(value: JsonValue, pattern: RegExp, flaw: FieldFlaw): FieldFlaw | null {
  if (typeof value !== 'string') return 'wrong-type';
  return pattern.test(value) ? null : flaw;
}

function issuerFlaw(value: JsonValue): FieldFlaw | null {
  if (typeof value !== 'string') return 'wrong-type';
  const address = configuredAddress(value);
  if (!address.ok) return address.flaw;
  return isAnthropicHost(address.host) ? 'not-here' : null;
}

function isFewAndDifferent(scopes: readonly JsonValue[]): boolean {
  return scopes.length <= MOST_SCOPES && new Set(scopes).size === scopes.length;
}
