const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

const NUMERIC = /([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})/y;

/**
 * Reads `$'…'`, from behind the opening quote. The value is null for an unclosed quote and for escapes that shells or
 * locales disagree about: unknown ones, control characters, and everything beyond ASCII. `end` is behind the quote.
 */
export function readAnsiCQuotes(
  text: string,
  start: number,
): { readonly value: string | null; readonly end: number } {
  let value = '';
  let known = true;
  let run = start;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      return { value: known ? value + text.slice(run, at) : null, end: at + 1 };
    }
    if (code !== BACKSLASH) continue;
    value += text.slice(run, at);
    at++;
    const simple = SIMPLE[text.charAt(at)];
    if (simple !== undefined) {
      value += simple;
    } else {
      NUMERIC.lastIndex = at;
      const match = NUMERIC.exec(text);
      const number = match === null ? 0 : numberOf(match);
      if (match === null || number === 0 || number > 0x7f) known = false;
      else value += String.fromCharCode(number);
      if (match !== null) at += match[0].length - 1;
    }
    run = at + 1;
  }
  return { value: null, end: text.length };
}

function numberOf(match: RegExpExecArray): number {
  const octal = match[1];
  return octal === undefined ? parseInt(match[2] ?? match[3] ?? match[4] ?? '', 16) : parseInt(octal, 8);
}

const QUOTE = 0x27;
const BACKSLASH = 0x5c;
