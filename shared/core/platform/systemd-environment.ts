/**
 * Reads what `systemctl --user show-environment` prints: `NAME=value` a line, the value bare when a shell needs no quotes for
 * it, else as `$'…'` with C escapes (recorded with systemd 252; its `shell_maybe_quote`), in versions before 239 as `"…"`, where
 * a newline stands for itself. What is cut off in the middle of a quoted value is left out.
 *
 * @returns the variables in the order printed; raw values
 */
export function parseSystemdEnvironment(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    const equals = text.slice(at, lineEnd).indexOf('=');
    const start = at + equals + 1;
    const name = text.slice(at, start - 1);
    at = lineEnd + 1;
    if (equals <= 0) continue;
    const quote = openingQuote(text, start);
    if (quote === null) {
      variables.set(name, text.slice(start, lineEnd));
      continue;
    }
    const read = readQuoted(text, start + quote.length, quote);
    if (read === null) return variables;
    at = endOfLine(text, read.end) + 1;
    // Anything behind the closing quote was not printed by systemctl.
    if (at - 1 === read.end) variables.set(name, read.value);
  }
  return variables;
}

type Quote = "$'" | '"';

function openingQuote(text: string, at: number): Quote | null {
  if (text.startsWith("$'", at)) return "$'";
  return text.startsWith('"', at) ? '"' : null;
}

/** From behind the opening quote; `end` is behind the closing one. `null`: it never closes. */
function readQuoted(
  text: string,
  start: number,
  quote: Quote,
): { readonly value: string; readonly end: number } | null {
  const closing = quote === "$'" ? QUOTE : DOUBLE_QUOTE;
  const parts: string[] = [];
  let run = start;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === closing) {
      parts.push(text.slice(run, at));
      return { value: parts.join(''), end: at + 1 };
    }
    if (code !== BACKSLASH || at + 1 >= text.length) continue;
    parts.push(text.slice(run, at));
    const escape = quote === "$'" ? readEscape(text, at + 1) : shellEscape(text, at + 1);
    parts.push(escape.value);
    at += escape.length;
    run = at + 1;
  }
  return null;
}

interface Escape {
  readonly value: string;
  /** Characters behind the backslash. */
  readonly length: number;
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const BYTE = /[0-3][0-7]{2}|x[0-9a-fA-F]{2}/y;

function readEscape(text: string, at: number): Escape {
  const character = text.charAt(at);
  const simple = SIMPLE.get(character);
  if (simple !== undefined) return { value: simple, length: 1 };
  BYTE.lastIndex = at;
  const byte = BYTE.exec(text)?.[0];
  if (byte === undefined) return { value: character, length: 1 };
  const code = byte.startsWith('x') ? parseInt(byte.slice(1), 16) : parseInt(byte, 8);
  // Only bytes that are no UTF-8 are printed so; files with such bytes are read the same way.
  return { value: code < 0x80 ? String.fromCharCode(code) : '\uFFFD', length: byte.length };
}

/** Between double quotes a backslash escapes only what a shell would expand there. */
function shellEscape(text: string, at: number): Escape {
  const character = text.charAt(at);
  return { value: '"\\`$'.includes(character) ? character : `\\${character}`, length: 1 };
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
}

const BACKSLASH = 0x5c;
const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
