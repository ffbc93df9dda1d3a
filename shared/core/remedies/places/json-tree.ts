import { bytesOfText } from '../byte-text.ts';
import type { Bytes } from '../text-edit.ts';

/** A value, by where it stands in the bytes. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'word';
  readonly start: number;
  readonly end: number;
  /** Of objects and arrays, in order; empty below the depth that was asked for. */
  readonly items: readonly JsonItem[];
}

/** A member of an object or an element of an array. */
export interface JsonItem {
  /** Of a member its name, escapes resolved, as bytes; of an element `null`. */
  readonly name: Bytes | null;
  /** Where the name begins, or the element. */
  readonly start: number;
  readonly value: JsonNode;
  /** Where the comma behind it stands; `null`: there is none. */
  readonly comma: number | null;
}

/** `jsonc`: line and block comments, and a comma behind the last item, as VS Code’s settings have them. */
export type JsonDialect = 'json' | 'jsonc';

/**
 * Where everything stands in a text of JSON, down to `depth` brackets; `null` when it is not valid. What lies deeper is checked
 * and not kept. One pass with a stack of its own, because files can nest deeper than calls can. A byte order mark may lead.
 *
 * @param onFlaw is told where it stops being valid, in bytes, as far as one place can be named
 */
export function parseJsonTree(
  bytes: Bytes,
  dialect: JsonDialect,
  depth: number,
  onFlaw: (at: number) => void = () => undefined,
): JsonNode | null {
  /** The brackets that are to come. */
  const closers: number[] = [];
  /** The outer `depth` of what is open. */
  const kept: Open[] = [];
  let root: JsonNode | null = null;
  let expected: Expected = 'value';
  let at: number | null = bytes.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const flaw = (where: number): null => {
    onFlaw(where);
    return null;
  };
  const container = (): Open | undefined => (closers.length <= depth ? kept.at(-1) : undefined);
  const finish = (node: JsonNode): Expected => {
    if (closers.length === 0) {
      root = node;
      return 'end';
    }
    const within = container();
    within?.items.push({
      name: within.name,
      start: within.nameStart ?? node.start,
      value: node,
      comma: null,
    });
    return 'comma';
  };
  for (;;) {
    at = skipBlank(bytes, at, dialect);
    if (at === null) return null;
    if (expected === 'end') return at === bytes.length ? root : flaw(at);
    const code = bytes.charCodeAt(at);
    if (code === closers.at(-1)) {
      if (expected === 'value' || (expected === 'item' && dialect === 'json')) return flaw(at);
      at++;
      const kind = code === CLOSE_OBJECT ? 'object' : 'array';
      const open = container();
      if (open !== undefined) kept.pop();
      closers.pop();
      const start = open?.start ?? kept.at(-1)?.deepStart ?? 0;
      expected = finish({ kind, start, end: at, items: open?.items ?? [] });
    } else if (expected === 'comma') {
      if (code !== COMMA) return flaw(at);
      const last = container()?.items.at(-1);
      if (last !== undefined) last.comma = at;
      at++;
      expected = 'item';
    } else if (expected !== 'value' && closers.at(-1) === CLOSE_OBJECT) {
      const end = endOfString(bytes, at);
      const open = container();
      if (end === null) return flaw(at);
      if (open !== undefined) {
        open.nameStart = at;
        open.name = stringAt(bytes, at, end);
      }
      at = skipBlank(bytes, end, dialect);
      if (at === null || bytes.charCodeAt(at) !== COLON) return flaw(at ?? end);
      at++;
      expected = 'value';
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const within = container();
      if (within !== undefined) within.deepStart = at;
      closers.push(code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY);
      if (closers.length <= depth)
        kept.push({ start: at, items: [], name: null, nameStart: null, deepStart: at });
      at++;
      expected = 'first';
    } else {
      const scalar = scalarAt(bytes, at);
      if (scalar === null) return flaw(at);
      at = scalar.end;
      expected = finish(scalar);
    }
  }
}

/** The bytes of a string that stands at `[start, end)` with its quotation marks, escapes resolved. */
export function stringAt(bytes: Bytes, start: number, end: number): Bytes {
  const raw = bytes.slice(start + 1, end - 1);
  // Escapes give characters, the rest are bytes already.
  return raw.includes('\\')
    ? raw.replace(ESCAPES, (escape) => bytesOfText(JSON.parse(`"${escape}"`) as string))
    : raw;
}

const ESCAPES = /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[^u]/g;

/** What may come next: a comma or the end of the bracket, its first item or its end, an item, a value, nothing. */
type Expected = 'comma' | 'first' | 'item' | 'value' | 'end';

interface Open {
  readonly start: number;
  readonly items: { name: Bytes | null; start: number; value: JsonNode; comma: number | null }[];
  /** Of the member that is being read. */
  nameStart: number | null;
  name: Bytes | null;
  /** Where the last bracket in it was opened: what is not kept itself has a place. */
  deepStart: number;
}

export const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const STAR = 0x2a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Where the next token begins, or the end; `null` when a comment does not end, or it is not certain where. */
function skipBlank(bytes: Bytes, from: number, dialect: JsonDialect): number | null {
  for (let at = from; ; at++) {
    const code = bytes.charCodeAt(at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (code !== SLASH || dialect === 'json') return at;
    const next = bytes.charCodeAt(at + 1);
    if (next === SLASH) {
      const end = lineEnd(bytes, at);
      if (holdsUnicodeLineEnd(bytes.slice(at, end))) return null;
      at = end - 1;
    } else if (next === STAR) {
      const end = bytes.indexOf('*/', at + 2);
      if (end < 0) return null;
      at = end + 1;
    } else return at;
  }
}

/** Where the line break stands that ends a line comment. */
function lineEnd(bytes: Bytes, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const code = bytes.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return bytes.length;
}

/** U+2028 and U+2029: for some readers of comments these end a line, for others they do not. */
export function holdsUnicodeLineEnd(bytes: Bytes): boolean {
  return bytes.includes('\xe2\x80\xa8') || bytes.includes('\xe2\x80\xa9');
}

function scalarAt(bytes: Bytes, at: number): JsonNode | null {
  const code = bytes.charCodeAt(at);
  if (code === QUOTE) {
    const end = endOfString(bytes, at);
    return end === null ? null : { kind: 'string', start: at, end, items: [] };
  }
  for (const word of ['true', 'false', 'null']) {
    if (bytes.startsWith(word, at)) return { kind: 'word', start: at, end: at + word.length, items: [] };
  }
  const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  number.lastIndex = at;
  return number.test(bytes) ? { kind: 'number', start: at, end: number.lastIndex, items: [] } : null;
}

/** Behind the closing quotation mark; `null` when there is no string, or it is not valid. */
function endOfString(bytes: Bytes, start: number): number | null {
  if (bytes.charCodeAt(start) !== QUOTE) return null;
  for (let at = start + 1; at < bytes.length; at++) {
    const code = bytes.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 0x20) return null;
    if (code !== BACKSLASH) continue;
    at++;
    if (bytes.charAt(at) === 'u') {
      if (!/^[\da-fA-F]{4}$/.test(bytes.slice(at + 1, at + 5))) return null;
      at += 4;
    } else if (!'"\\/bfnrt'.includes(bytes.charAt(at)) || at >= bytes.length) return null;
  }
  return null;
}
