/** UTF-8 without Node or the DOM: what the in-memory ports need to count and decode bytes as the real ones do. */

export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += widthOf(character.codePointAt(0) ?? 0);
  return bytes;
}

function widthOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Half a surrogate pair becomes U+FFFD, as Node has it. */
export function encodeUtf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const character of text) bytes.push(...bytesOf(scalarOf(character.codePointAt(0) ?? 0)));
  return bytes;
}

function scalarOf(codePoint: number): number {
  return codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
}

function bytesOf(codePoint: number): readonly number[] {
  const tail = (shift: number): number => 0x80 | ((codePoint >> shift) & 0x3f);
  switch (widthOf(codePoint)) {
    case 1:
      return [codePoint];
    case 2:
      return [0xc0 | (codePoint >> 6), tail(0)];
    case 3:
      return [0xe0 | (codePoint >> 12), tail(6), tail(0)];
    default:
      return [0xf0 | (codePoint >> 18), tail(12), tail(6), tail(0)];
  }
}

/**
 * Malformed bytes become U+FFFD, one for each longest part that could have begun a character (as the WHATWG's Encoding
 * Standard has it, and Node with it). A byte order mark is kept.
 */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const { length, codePoint } = nextCharacter(bytes, at);
    text += codePoint === null ? '\ufffd' : String.fromCodePoint(codePoint);
    at += length;
  }
  return text;
}

interface Decoded {
  readonly length: number;
  /** `null`: malformed. */
  readonly codePoint: number | null;
}

function nextCharacter(bytes: readonly number[], at: number): Decoded {
  const first = bytes[at] ?? 0;
  const shape = shapeOf(first);
  if (shape === null) return { length: 1, codePoint: first < 0x80 ? first : null };
  let codePoint = shape.bits;
  for (let index = 1; index <= shape.more; index++) {
    const byte = bytes[at + index];
    const [low, high] = index === 1 ? shape.second : [0x80, 0xbf];
    if (byte === undefined || byte < low || byte > high) return { length: index, codePoint: null };
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  return { length: shape.more + 1, codePoint };
}

interface Shape {
  /** How many bytes follow the first. */
  readonly more: number;
  /** What the first byte contributes. */
  readonly bits: number;
  /** Narrower than that of the others where a longer form, a surrogate or a number beyond Unicode would begin. */
  readonly second: readonly [low: number, high: number];
}

function shapeOf(first: number): Shape | null {
  if (first >= 0xc2 && first <= 0xdf) return { more: 1, bits: first & 0x1f, second: [0x80, 0xbf] };
  if (first >= 0xe0 && first <= 0xef) {
    return {
      more: 2,
      bits: first & 0x0f,
      second: [first === 0xe0 ? 0xa0 : 0x80, first === 0xed ? 0x9f : 0xbf],
    };
  }
  if (first >= 0xf0 && first <= 0xf4) {
    return {
      more: 3,
      bits: first & 0x07,
      second: [first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf],
    };
  }
  return null;
}

/** As the real file store does: UTF-16 where a byte order mark says so, else UTF-8. */
export function decodeText(bytes: readonly number[]): string {
  if (bytes[0] !== 0xff || bytes[1] !== 0xfe) return decodeUtf8(bytes);
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  }
  return text;
}
