/** The forms in which a secret may turn up somewhere, and a search for all of them at once. */
import { Buffer } from 'node:buffer';

/** Made up or recorded by a test. */
export interface Secret {
  readonly name: string;
  readonly value: string | Buffer;
}

export interface Hit {
  readonly secret: string;
  readonly form: string;
}

/** Looks for all forms of all secrets. */
export type SecretFinder = (bytes: Buffer) => readonly Hit[];

/** A piece of so many characters counts like the whole: what is cut off is not taken away. */
const PIECE = 12;

/** Each gives the bytes as which a text, wherever it stands in a longer one, may be written; `plant` writes a whole secret so. */
export const FORMS: Readonly<
  Record<
    string,
    {
      /** Besides the piece itself in bytes, the same as text. */
      readonly needles: (piece: string, bytes: Buffer) => readonly Buffer[];
      readonly plant: (text: string) => Buffer;
    }
  >
> = {
  raw: { needles: (_, bytes) => [bytes], plant: (text) => Buffer.from(`a ${text} b`) },
  percent: {
    needles: (piece) => [
      Buffer.from(encodeURIComponent(piece)),
      Buffer.from(encodeURIComponent(piece).replaceAll(/%../g, (one) => one.toLowerCase())),
      Buffer.from(eachByte(piece, '%')),
      Buffer.from(eachByte(piece, '%').toUpperCase()),
    ],
    plant: (text) => Buffer.from(`?q=${eachByte(text, '%')}`),
  },
  json: {
    needles: (piece) => [
      Buffer.from(JSON.stringify(piece).slice(1, -1)),
      Buffer.from(eachByte(piece, '\\u00')),
      Buffer.from(eachByte(piece, '\\u00').replaceAll(/\\u..../g, upperEscape)),
      // In a text in JSON that is a text in JSON again.
      Buffer.from(eachByte(piece, '\\\\u00')),
      Buffer.from(eachByte(piece, '\\x')),
    ],
    plant: (text) => Buffer.from(`{"x":"${eachByte(text, '\\u00')}"}`),
  },
  base64: { needles: (_, bytes) => inBase64(bytes), plant: (text) => Buffer.from(inLonger(text, 0)) },
  'base64 by one': { needles: () => [], plant: (text) => Buffer.from(inLonger(text, 1)) },
  'base64 by two': { needles: () => [], plant: (text) => Buffer.from(inLonger(text, 2)) },
  hex: {
    needles: (_, bytes) => [
      Buffer.from(bytes.toString('hex')),
      Buffer.from(bytes.toString('hex').toUpperCase()),
    ],
    plant: (text) => Buffer.from(Buffer.from(text).toString('hex')),
  },
  'utf-16': {
    needles: (piece) => [Buffer.from(piece, 'utf16le'), Buffer.from(piece, 'utf16le').swap16()],
    plant: (text) => Buffer.from(text, 'utf16le'),
  },
};

/** The middle and the end; the start of a key only says what kind it is. */
function piecesOf(value: string | Buffer): readonly Buffer[] {
  const whole = Buffer.from(value);
  if (whole.length < 2 * PIECE) throw new Error('a secret of a test has to be longer');
  const middle = Math.floor((whole.length - PIECE) / 2);
  return [whole.subarray(middle, middle + PIECE), whole.subarray(-PIECE)];
}

const eachByte = (text: string, sign: string): string =>
  [...Buffer.from(text, 'latin1')].map((byte) => sign + byte.toString(16).padStart(2, '0')).join('');

const upperEscape = (escape: string): string => `\\u${escape.slice(2).toUpperCase()}`;

const inLonger = (text: string, shift: number): string =>
  Buffer.from(`${'x'.repeat(shift)}${text}yz`).toString('base64');

/** At each of the three places to which it may be shifted, without the characters that depend on what stands beside it. */
function inBase64(piece: Buffer): readonly Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), piece]);
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((alphabet) =>
      Buffer.from(bytes.toString(alphabet).slice(from, to)),
    );
  });
}

interface Needle {
  readonly bytes: Buffer;
  readonly hit: Hit;
}

/** Four bytes are what is looked for first. */
const GRAM = 4;
/** By the low bits of four bytes, whether a look at all four is worth it. */
const LOW_BITS = 0xf_ff_ff;

/**
 * One pass over the bytes, however many forms are looked for. It looks at four bytes at a time, so far from each other that no form
 * fits in between.
 */
export function secretFinder(secrets: readonly Secret[]): SecretFinder {
  const needles = new Map<string, Needle>();
  for (const { name, value } of secrets)
    for (const piece of piecesOf(value))
      for (const [form, { needles: of }] of Object.entries(FORMS))
        for (const bytes of of(piece.toString('latin1'), piece)) {
          const text = bytes.toString('latin1');
          if (!needles.has(text)) needles.set(text, { bytes, hit: { secret: name, form } });
        }
  const step = Math.min(...[...needles.values()].map(({ bytes }) => bytes.length)) - GRAM + 1;
  /** Each of the places in a form at one of which it is looked at, wherever it stands. */
  const byGram = new Map<number, (Needle & { readonly at: number })[]>();
  const mayBe = new Uint8Array(LOW_BITS + 1);
  for (const needle of needles.values())
    for (let at = 0; at < step; at++) {
      const gram = needle.bytes.readInt32LE(at);
      mayBe[gram & LOW_BITS] = 1;
      const known = byGram.get(gram);
      if (known === undefined) byGram.set(gram, [{ ...needle, at }]);
      else known.push({ ...needle, at });
    }
  return (bytes) => {
    const hits = new Map<string, Hit>();
    for (let place = 0; place + GRAM <= bytes.length; place += step) {
      const gram =
        (bytes[place] ?? 0) |
        ((bytes[place + 1] ?? 0) << 8) |
        ((bytes[place + 2] ?? 0) << 16) |
        ((bytes[place + 3] ?? 0) << 24);
      if (mayBe[gram & LOW_BITS] === 0) continue;
      for (const needle of byGram.get(gram) ?? []) {
        const start = place - needle.at;
        if (start >= 0 && bytes.subarray(start, start + needle.bytes.length).equals(needle.bytes))
          hits.set(`${needle.hit.secret} ${needle.hit.form}`, needle.hit);
      }
    }
    return [...hits.values()];
  };
}
