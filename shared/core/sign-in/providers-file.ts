import { parseStrictJson, isJsonObject, type JsonValue } from '../settings/json-value.ts';
import { bytesOfText, textOfBytes } from '../remedies/byte-text.ts';
import { parseJsonTree, type JsonItem, type JsonNode } from '../remedies/places/json-tree.ts';
import type { Bytes } from '../remedies/text-edit.ts';
import type { OidcProvider } from './oidc-provider.ts';
import { PROVIDER_FIELDS, fieldFlaw, REQUIRED_FIELDS, type FieldFlaw } from './provider-fields.ts';

export const PROVIDERS_SCHEMA_VERSION = 1;
/** Longer files, or more providers, were written by no person. */
export const MOST_PROVIDERS_BYTES = 256 * 1024;
export const MOST_PROVIDERS = 100;

/** Something in the file that is not as it should be. Holds nothing of its text but names of fields. */
export interface ProvidersFlaw {
  /** `providers[1].issuer`; empty: the file as a whole. */
  readonly where: string;
  /** 1-based; `null`: it has no line of its own. */
  readonly line: number | null;
  /** Of the provider, where it has a usable one. */
  readonly name: string | null;
  readonly code: ProvidersFlawCode;
}

export type ProvidersFlawCode = FieldFlaw | (typeof FILE_FLAWS)[number];

export const FILE_FLAWS = [
  /** Not JSON; the line is where it stops to be. */
  'malformed',
  'too-large',
  /** Not an object, without `schemaVersion`, or `providers` is no list. */
  'no-providers',
  /** Written by a newer Credence: nothing of it is used, and it is never overwritten. */
  'newer-version',
  'too-many',
  'not-an-object',
  /** Not known here; everything else of it is used. */
  'unknown-field',
  /** The same field twice, or the same name. */
  'twice',
  'missing',
  /** The administrator’s file has this name, and that one counts. */
  'managed-wins',
  /** It is there and cannot be read; or, of the administrator’s, others than the administrator could have written it. */
  'unreadable',
  'not-administrators',
] as const;

/** Such a flaw takes nothing away. */
export const HARMLESS_FLAWS: ReadonlySet<ProvidersFlawCode> = new Set(['unknown-field']);

export interface ProvidersRead {
  readonly providers: readonly OidcProvider[];
  readonly flaws: readonly ProvidersFlaw[];
}

/** Reads `providers.json`. A provider with a flaw is left out; the others are not affected. Never throws. */
export function parseProviders(text: string, from: OidcProvider['from']): ProvidersRead {
  const file = openProvidersFile(text);
  if (!file.ok) return { providers: [], flaws: [file.flaw] };
  const { bytes, list, lineOf } = file;
  const flaws: ProvidersFlaw[] = [...file.flaws];
  const seen = new Set<string>();
  const providers: OidcProvider[] = [];
  for (const [index, item] of list.items.entries()) {
    const where = `providers[${String(index)}]`;
    if (index >= MOST_PROVIDERS) {
      flaws.push({ where, line: lineOf(item.start), name: null, code: 'too-many' });
      break;
    }
    const read = readProvider(bytes, item, where, from, lineOf);
    flaws.push(...read.flaws);
    if (read.name !== null && seen.has(read.name))
      flaws.push({ where: `${where}.name`, line: lineOf(item.start), name: read.name, code: 'twice' });
    else if (read.provider !== null) providers.push(read.provider);
    if (read.name !== null) seen.add(read.name);
  }
  return { providers, flaws };
}

export type OpenProvidersFile =
  | {
      readonly ok: true;
      readonly bytes: Bytes;
      readonly list: JsonNode;
      readonly lineOf: (at: number) => number;
      readonly flaws: readonly ProvidersFlaw[];
    }
  | { readonly ok: false; readonly flaw: ProvidersFlaw };

/** The list of providers in the text, where it can be read and is of a version that is known. */
export function openProvidersFile(text: string): OpenProvidersFile {
  const whole = (code: ProvidersFlawCode, line: number | null = null, where = ''): OpenProvidersFile => ({
    ok: false,
    flaw: { where, line, name: null, code },
  });
  if (text.length > MOST_PROVIDERS_BYTES) return whole('too-large');
  const bytes = bytesOfText(text);
  const lineOf = (at: number): number => bytes.slice(0, at).split('\n').length;
  let brokenAt = 0;
  const root = parseJsonTree(bytes, 'json', DEPTH, (at) => {
    brokenAt = at;
  });
  if (root === null) return whole('malformed', lineOf(brokenAt));
  if (root.kind !== 'object') return whole('no-providers', lineOf(root.start));
  const named = (name: string): readonly JsonItem[] => root.items.filter((item) => item.name === name);
  const [version, ...moreVersions] = named('schemaVersion');
  const value = version === undefined ? undefined : valueAt(bytes, version.value);
  const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  if (version === undefined || !isNumber || moreVersions.length > 0)
    return whole('no-providers', lineOf(version?.start ?? root.start), 'schemaVersion');
  if (value > PROVIDERS_SCHEMA_VERSION) return whole('newer-version', lineOf(version.start), 'schemaVersion');
  const [list, ...moreLists] = named('providers');
  if (list?.value.kind !== 'array' || moreLists.length > 0)
    return whole('no-providers', lineOf(list?.start ?? root.start), 'providers');
  const flaws = root.items.flatMap((item): readonly ProvidersFlaw[] => {
    const name = fieldName(item);
    if (name === 'schemaVersion' || name === 'providers' || name === '$schema') return [];
    return [{ where: name, line: lineOf(item.start), name: null, code: 'unknown-field' }];
  });
  return { ok: true, bytes, list: list.value, lineOf, flaws };
}

/** Root, list, provider; what lies deeper is parsed as a value. */
const DEPTH = 3;

/** A name of a field as it may be shown: long or odd ones are cut. */
function fieldName({ name }: JsonItem): string {
  const text = textOfBytes(name ?? '');
  return /^[\w$-]{1,40}$/.test(text) ? text : '?';
}

export function valueAt(bytes: Bytes, { start, end }: JsonNode): JsonValue | undefined {
  const parsed = parseStrictJson(textOfBytes(bytes.slice(start, end)));
  return parsed.ok ? parsed.value : undefined;
}

interface ProviderRead {
  readonly provider: OidcProvider | null;
  readonly name: string | null;
  readonly flaws: readonly ProvidersFlaw[];
}

function readProvider(
  bytes: Bytes,
  { value: node, start }: JsonItem,
  where: string,
  from: OidcProvider['from'],
  lineOf: (at: number) => number,
): ProviderRead {
  if (node.kind !== 'object')
    return {
      provider: null,
      name: null,
      flaws: [{ where, line: lineOf(start), name: null, code: 'not-an-object' }],
    };
  const found: (Omit<ProvidersFlaw, 'name' | 'where'> & { readonly field: string })[] = [];
  const values = new Map<string, JsonValue>();
  for (const item of node.items) {
    const field = fieldName(item);
    const line = lineOf(item.start);
    const value = valueAt(bytes, item.value);
    const known = PROVIDER_FIELDS.find((one) => one === field);
    if (known === undefined) found.push({ field, line, code: 'unknown-field' });
    else if (values.has(known)) found.push({ field, line, code: 'twice' });
    else {
      const flaw = value === undefined ? 'wrong-type' : fieldFlaw(known, value);
      if (flaw !== null) found.push({ field, line, code: flaw });
      if (value !== undefined) values.set(known, value);
    }
  }
  for (const field of REQUIRED_FIELDS)
    if (!values.has(field)) found.push({ field, line: lineOf(start), code: 'missing' });
  const given = values.get('name');
  const name = typeof given === 'string' && fieldFlaw('name', given) === null ? given : null;
  const flaws = found.map(({ field, line, code }) => ({ where: `${where}.${field}`, line, name, code }));
  const usable = flaws.every(({ code }) => HARMLESS_FLAWS.has(code));
  return { provider: usable ? providerOf(Object.fromEntries(values), from) : null, name, flaws };
}

/** Every field has been looked at. */
function providerOf(values: JsonValue, from: OidcProvider['from']): OidcProvider | null {
  if (!isJsonObject(values)) return null;
  const text = (field: (typeof PROVIDER_FIELDS)[number]): string | null => {
    const value = values[field];
    return typeof value === 'string' ? value : null;
  };
  const { scopes, header } = values;
  return {
    name: text('name') ?? '',
    issuer: text('issuer') ?? '',
    clientId: text('clientId') ?? '',
    scopes: Array.isArray(scopes) ? scopes.filter((one): one is string => typeof one === 'string') : [],
    resource: text('resource'),
    redirectPath: text('redirectPath') ?? '/callback',
    deviceFlow: values['deviceFlow'] === true,
    baseUrl: text('baseUrl'),
    header: header === 'authorization' || header === 'x-api-key' ? header : 'both',
    from,
  };
}
