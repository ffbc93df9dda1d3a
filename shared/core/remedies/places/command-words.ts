import type { Bytes } from '../text-edit.ts';

const CONTROL = /\p{Cc}/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const PLAIN = /^[A-Za-z0-9_/.][A-Za-z0-9_/.:@+-]*$/;

/**
 * A command line of the words in UTF-8. Null for what one line cannot hold.
 *
 * @param quote puts a word that is not plain between quotes
 */
export function commandLine(words: readonly string[], quote: (word: string) => string): Bytes | null {
  if (words.length === 0) return null;
  if (words.some((word) => CONTROL.test(word) || LONE_SURROGATE.test(word))) return null;
  return utf8(words.map((word) => (PLAIN.test(word) ? word : quote(word))).join(' '));
}

function utf8(text: string): Bytes {
  return text.replace(/[\u0080-\u{10FFFF}]+/gu, (part) =>
    encodeURIComponent(part).replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  );
}
