import type { Bytes } from './text-edit.ts';

const ASCII = /^[\0-\x7f]*$/;

/**
 * What UTF-8 bytes say. Malformed ones become U+FFFD, one for each longest part that could have begun a character (WHATWG’s
 * Encoding Standard, as Node and Claude Code have it). A byte order mark is kept.
 */
export function textOfBytes(bytes: Bytes): string {
  if (ASCII.test(bytes)) return bytes;
  const parts: string[] = [];
  let plainFrom = 0;
  for (let at = 0; at < bytes.length;) {
    if (bytes.charCodeAt(at) < 0x80) {
      at++;
      continue;
    }
    const { length, character } = characterAt(bytes, at);
    parts.push(bytes.slice(plainFrom, at), character);
    at += length;
    plainFrom = at;
  }
  return parts.join('') + bytes.slice(plainFrom);
}

/** UTF-8; half a surrogate pair becomes U+FFFD. */
export function bytesOfText(text: string): Bytes {
  if (ASCII.test(text)) return text;
  let bytes = '';
  for (const character of text) {
    const found = character.codePointAt(0) ?? 0;
    const codePoint = found >= 0xd800 && found <= 0xdfff ? 0xfffd : found;
    const more = codePoint < 0x80 ? 0 : codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    if (more === 0) bytes += character;
    else {
      bytes += String.fromCharCode((LEADS[more] ?? 0) | (codePoint >> (6 * more)));
      for (let shift = 6 * (more - 1); shift >= 0; shift -= 6)
        bytes += String.fromCharCode(0x80 | ((codePoint >> shift) & 0x3f));
    }
  }
  return bytes;
}

/** The first byte’s high bits, by how many bytes follow it. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];

/** The character that begins with a byte beyond ASCII. */
function characterAt(bytes: Bytes, at: number): { readonly length: number; readonly character: string } {
  const first = bytes.charCodeAt(at);
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return { length: 1, character: '\ufffd' };
  let codePoint = first & (0x3f >> more);
  for (let index = 1; index <= more; index++) {
    const byte = bytes.charCodeAt(at + index);
    const [low, high] = index === 1 ? secondRange(first) : [0x80, 0xbf];
    if (!(byte >= low && byte <= high)) return { length: index, character: '\ufffd' };
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  return { length: more + 1, character: String.fromCodePoint(codePoint) };
}

/** Narrower than of the others where a longer form, a surrogate or a number beyond Unicode would begin. */
function secondRange(first: number): readonly [low: number, high: number] {
  return [
    first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80,
    first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf,
  ];
}
