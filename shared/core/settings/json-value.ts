/** What `JSON.parse` can give. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = Readonly<Record<string, JsonValue>>;

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Strict JSON, as Claude Code reads it: a byte order mark is allowed, comments and trailing commas are not (measured). */
export function parseStrictJson(
  text: string,
): { readonly ok: true; readonly value: JsonValue } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as JsonValue };
  } catch {
    // The parser's message quotes the text, which may hold a secret: only the fact is kept.
    return { ok: false };
  }
}

/**
 * How a value of an `env` block becomes the text of a variable: as JavaScript does it. A number is sent as its digits, `null`
 * as `null`, an object as `[object Object]` (measured).
 */
export function valueToText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return listToText(value);
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}

/** Lists in lists lose their brackets. With a stack of its own: files can nest deeper than calls can. */
function listToText(list: readonly JsonValue[]): string {
  const texts: string[] = [];
  const pending: JsonValue[] = [...list].reverse();
  if (list.length === 0) return '';
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item === null || (isList(item) && item.length === 0)) texts.push('');
    else if (isList(item)) for (let at = item.length - 1; at >= 0; at--) pending.push(item[at] ?? null);
    else texts.push(valueToText(item));
  }
  return texts.join(',');
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
