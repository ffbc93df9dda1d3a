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
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item) => (item === null ? '' : valueToText(item))).join(',');
  return typeof value === 'object' && value !== null ? '[object Object]' : String(value);
}
