import { valueToText, type JsonValue } from '../settings/json-value.ts';

/**
 * A token in a store, as it is sent. Whatever JavaScript takes for true is one, also a number or an object; so is white space,
 * which leaves an empty text (measured). `null`: there is none.
 */
export function tokenText(value: JsonValue | undefined): string | null {
  return value !== undefined && Boolean(value) ? valueToText(value).trim() : null;
}
