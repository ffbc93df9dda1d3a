import { bytesOfText, textOfBytes } from '../remedies/byte-text.ts';
import { removeItems } from '../remedies/places/json-removal.ts';
import type { JsonItem, JsonNode } from '../remedies/places/json-tree.ts';
import { applySpans, type Bytes, type Span } from '../remedies/text-edit.ts';
import type { JsonValue } from '../settings/json-value.ts';
import type { OidcProvider } from './oidc-provider.ts';
import { fieldFlaw, PROVIDER_FIELDS, type ProviderField } from './provider-fields.ts';
import {
  openProvidersFile,
  PROVIDERS_SCHEMA_VERSION,
  valueAt,
  type ProvidersFlaw,
  type ProvidersFlawCode,
} from './providers-file.ts';

export type ProviderSettings = Omit<OidcProvider, 'from'>;

export type ProvidersEdit =
  | { readonly kind: 'add'; readonly provider: ProviderSettings }
  /** What it does not know of the provider stays. */
  | { readonly kind: 'replace'; readonly name: string; readonly provider: ProviderSettings }
  | { readonly kind: 'remove'; readonly name: string };

export type ProvidersEdited =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'file'; readonly flaw: ProvidersFlaw }
  | {
      readonly ok: false;
      readonly why: 'field';
      readonly field: ProviderField;
      readonly code: ProvidersFlawCode;
    }
  /** `several`: the name stands there more than once, so it is not certain which is meant. */
  | { readonly ok: false; readonly why: 'exists' | 'not-there' | 'several' };

/**
 * Changes one provider in the text of `providers.json`. All else stays byte for byte, also what is not known here; a file that
 * cannot be read, or is of a newer kind, is not changed at all.
 *
 * @param text `null`, or blank: there is no file yet
 */
export function editProviders(text: string | null, edit: ProvidersEdit): ProvidersEdited {
  const flaw = edit.kind === 'remove' ? null : settingsFlaw(edit.provider);
  if (flaw !== null) return { ok: false, why: 'field', ...flaw };
  const isNew = text === null || /^\s*$/.test(text);
  const file = openProvidersFile(isNew ? NEW_FILE : text);
  if (!file.ok) return { ok: false, why: 'file', flaw: file.flaw };
  const { bytes, list } = file;
  const named = (name: string): readonly JsonItem[] =>
    list.items.filter((item) => nameOf(bytes, item) === name);
  if (edit.kind === 'add') {
    if (named(edit.provider.name).length > 0) return { ok: false, why: 'exists' };
    return done(bytes, [addition(bytes, list, fieldsOf(edit.provider))]);
  }
  const [found, ...more] = named(edit.name);
  if (found === undefined) return { ok: false, why: 'not-there' };
  if (edit.kind === 'remove')
    return done(bytes, removeItems(bytes, list, new Set([found, ...more]), null).spans);
  if (more.length > 0) return { ok: false, why: 'several' };
  if (edit.provider.name !== edit.name && named(edit.provider.name).length > 0)
    return { ok: false, why: 'exists' };
  const { start, end } = found.value;
  return done(bytes, [{ start, end, text: replaced(bytes, found, edit.provider) }]);
}

const NEW_FILE = `{\n  "schemaVersion": ${String(PROVIDERS_SCHEMA_VERSION)},\n  "providers": []\n}\n`;

const done = (bytes: Bytes, spans: readonly Span[]): ProvidersEdited => ({
  ok: true,
  text: textOfBytes(applySpans(bytes, spans)),
});

/** The first thing that is wrong with settings; `null`: nothing. */
export function settingsFlaw(
  provider: ProviderSettings,
): { readonly field: ProviderField; readonly code: ProvidersFlawCode } | null {
  for (const [field, value] of fieldsOf(provider)) {
    const code = fieldFlaw(field, value);
    if (code !== null) return { field, code };
  }
  return null;
}

type Fields = ReadonlyMap<ProviderField, JsonValue>;

/** As they are written: what is as it would be without is left out. */
function fieldsOf(provider: ProviderSettings): Fields {
  const { resource, redirectPath, deviceFlow, baseUrl, scopes } = provider;
  const all: Readonly<Record<ProviderField, JsonValue | null>> = {
    name: provider.name,
    issuer: provider.issuer,
    clientId: provider.clientId,
    scopes: [...scopes],
    resource,
    redirectPath: redirectPath === '/callback' ? null : redirectPath,
    deviceFlow: deviceFlow ? true : null,
    baseUrl,
    header: provider.header,
  };
  return new Map(
    PROVIDER_FIELDS.flatMap((field) => {
      const value = all[field];
      return value === null ? [] : [[field, value] as const];
    }),
  );
}

function nameOf(bytes: Bytes, { value }: JsonItem): JsonValue | undefined {
  if (value.kind !== 'object') return undefined;
  const member = value.items.findLast((item) => item.name === 'name');
  return member === undefined ? undefined : valueAt(bytes, member.value);
}

function addition(bytes: Bytes, list: JsonNode, fields: Fields): Span {
  const members = [...fields].map(([field, value]) => `"${field}": ${written(value)}`);
  const last = list.items.at(-1);
  const newline = bytes.includes('\r\n') ? '\r\n' : '\n';
  if (last !== undefined) {
    const indent = indentAt(bytes, last.start);
    const lead = isFirstInLine(bytes, last.start) ? newline + indent : ' ';
    return {
      start: last.value.end,
      end: last.value.end,
      text: `,${lead}${objectText(members, indent, newline)}`,
    };
  }
  const outer = indentAt(bytes, list.start);
  const indent = `${outer}  `;
  const text = `[${newline}${indent}${objectText(members, indent, newline)}${newline}${outer}]`;
  return { start: list.start, end: list.end, text };
}

/** The members keep their order; one that is not known here is taken over as it is written. */
function replaced(bytes: Bytes, { start, value: node }: JsonItem, provider: ProviderSettings): Bytes {
  const fields = new Map<string, JsonValue>(fieldsOf(provider));
  const before = node.items.flatMap((item): readonly string[] => {
    const name = textOfBytes(item.name ?? '');
    const value = fields.get(name);
    fields.delete(name);
    if (value !== undefined) return [`"${name}": ${written(value)}`];
    return isKnown(name) ? [] : [bytes.slice(item.start, item.value.end)];
  });
  const added = [...fields].map(([field, value]) => `"${field}": ${written(value)}`);
  const newline = bytes.includes('\r\n') ? '\r\n' : '\n';
  return objectText([...before, ...added], indentAt(bytes, start), newline);
}

const isKnown = (name: string): boolean => PROVIDER_FIELDS.some((field) => field === name);

/** A list on one line, as people write scopes. */
function written(value: JsonValue): Bytes {
  return bytesOfText(JSON.stringify(value).replace(/","/g, '", "'));
}

function objectText(members: readonly Bytes[], indent: Bytes, newline: string): Bytes {
  const inner = `${newline}${indent}  `;
  return `{${inner}${members.join(`,${inner}`)}${newline}${indent}}`;
}

/** The blanks at the beginning of the line in which something stands. */
function indentAt(bytes: Bytes, at: number): Bytes {
  const from = bytes.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(bytes.slice(from, at))?.[0] ?? '';
}

function isFirstInLine(bytes: Bytes, at: number): boolean {
  const from = bytes.lastIndexOf('\n', at - 1) + 1;
  return from > 0 && /^[ \t]*$/.test(bytes.slice(from, at));
}
