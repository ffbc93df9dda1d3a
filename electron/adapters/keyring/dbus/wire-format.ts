/**
 * The D-Bus wire format, as far as the Secret Service needs it: little-endian, with the types y b u s o g v, arrays, structs and
 * dictionary entries (D-Bus specification, “Marshaling”). Alignment counts from the start of the message.
 */
export type DbusValue = string | number | boolean | DbusVariant | readonly DbusValue[];
/** The value of a `v`, with the type it has. */
export interface DbusVariant {
  readonly type: string;
  readonly value: DbusValue;
}

/** What is not of the form that its type says. */
export class WireError extends Error {}

const ALIGNMENT: Readonly<Record<string, number>> = { y: 1, g: 1, v: 1, '(': 8, '{': 8 };

function alignmentOf(type: string): number {
  return ALIGNMENT[type.charAt(0)] ?? 4;
}

/** The complete types that a signature lists: `a{ss}o` is `a{ss}`, `o`. */
export function typesOf(signature: string): readonly string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length;) {
    const end = endOfType(signature, at);
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
}

function endOfType(signature: string, start: number): number {
  const first = signature.charAt(start);
  if (first === 'a') return endOfType(signature, start + 1);
  if (first !== '(' && first !== '{') {
    if (!/[ybusogv]/.test(first)) throw new WireError('type');
    return start + 1;
  }
  const closing = first === '(' ? ')' : '}';
  let at = start + 1;
  // Not allowed, and an array of them would have any number of elements in no bytes at all.
  if (signature.charAt(at) === closing) throw new WireError('type');
  while (at < signature.length && signature.charAt(at) !== closing) at = endOfType(signature, at);
  if (at >= signature.length) throw new WireError('type');
  return at + 1;
}

/** @param start where in the message the bytes will stand, for their alignment */
export function encodeValues(signature: string, values: readonly DbusValue[], start = 0): Buffer {
  const bytes: number[] = Array.from({ length: start }, () => 0);
  typesOf(signature).forEach((type, index) => {
    encode(bytes, type, values[index]);
  });
  return Buffer.from(bytes.slice(start));
}

function encode(bytes: number[], type: string, value: DbusValue | undefined): void {
  if (value === undefined) throw new WireError('value');
  pad(bytes, alignmentOf(type));
  switch (type.charAt(0)) {
    case 'y':
      bytes.push(Number(value) & 0xff);
      return;
    case 'b':
    case 'u':
      encodeNumber(bytes, Number(value));
      return;
    case 's':
    case 'o': {
      const text = Buffer.from(textOf(value));
      encodeNumber(bytes, text.length);
      bytes.push(...text, 0);
      return;
    }
    case 'g': {
      const text = Buffer.from(textOf(value));
      bytes.push(text.length, ...text, 0);
      return;
    }
    case 'v': {
      const variant = variantOf(value);
      encode(bytes, 'g', variant.type);
      encode(bytes, variant.type, variant.value);
      return;
    }
    case 'a':
      encodeArray(bytes, type.slice(1), listOf(value));
      return;
    default: {
      const parts = listOf(value);
      typesOf(type.slice(1, -1)).forEach((part, index) => {
        encode(bytes, part, parts[index]);
      });
    }
  }
}

function encodeArray(bytes: number[], type: string, values: readonly DbusValue[]): void {
  const lengthAt = bytes.length;
  encodeNumber(bytes, 0);
  // The padding before the first element is not counted, and stands there even where there is none.
  pad(bytes, alignmentOf(type));
  const start = bytes.length;
  for (const value of values) encode(bytes, type, value);
  const length: number[] = [];
  encodeNumber(length, bytes.length - start);
  bytes.splice(lengthAt, 4, ...length);
}

function encodeNumber(bytes: number[], value: number): void {
  for (const shift of [0, 8, 16, 24]) bytes.push((value >>> shift) & 0xff);
}

function pad(bytes: number[], to: number): void {
  while (bytes.length % to !== 0) bytes.push(0);
}

/** @throws {WireError} when the bytes are not of these types */
export function decodeValues(signature: string, message: Buffer, start = 0): readonly DbusValue[] {
  const reader = { message, at: start, variants: 0 };
  return typesOf(signature).map((type) => decode(reader, type));
}

interface Reader {
  readonly message: Buffer;
  at: number;
  /** How deep in them this is. */
  variants: number;
}

/** As deep as messages may be. */
const DEEPEST = 64;

function decode(reader: Reader, type: string): DbusValue {
  align(reader, alignmentOf(type));
  switch (type.charAt(0)) {
    case 'y':
      return take(reader, 1).readUInt8(0);
    case 'b':
      return take(reader, 4).readUInt32LE(0) !== 0;
    case 'u':
      return take(reader, 4).readUInt32LE(0);
    case 's':
    case 'o': {
      const text = take(reader, take(reader, 4).readUInt32LE(0)).toString('utf8');
      take(reader, 1);
      return text;
    }
    case 'g': {
      const text = take(reader, take(reader, 1).readUInt8(0)).toString('utf8');
      take(reader, 1);
      return text;
    }
    case 'v': {
      const inner = decode(reader, 'g');
      const [only, ...more] = typesOf(textOf(inner));
      if (only === undefined || more.length > 0) throw new WireError('variant');
      if (++reader.variants > DEEPEST) throw new WireError('depth');
      const value = decode(reader, only);
      reader.variants -= 1;
      return { type: only, value };
    }
    case 'a': {
      const length = take(reader, 4).readUInt32LE(0);
      align(reader, alignmentOf(type.slice(1)));
      // A secret: piece by piece it would take longer than all the rest.
      if (type === 'ay') return [...take(reader, length)];
      const end = reader.at + length;
      const values: DbusValue[] = [];
      while (reader.at < end) values.push(decode(reader, type.slice(1)));
      if (reader.at !== end) throw new WireError('array');
      return values;
    }
    default:
      return typesOf(type.slice(1, -1)).map((part) => decode(reader, part));
  }
}

function take(reader: Reader, length: number): Buffer {
  const end = reader.at + length;
  if (end > reader.message.length) throw new WireError('length');
  const taken = reader.message.subarray(reader.at, end);
  reader.at = end;
  return taken;
}

function align(reader: Reader, to: number): void {
  reader.at = Math.ceil(reader.at / to) * to;
}

function textOf(value: DbusValue): string {
  if (typeof value !== 'string') throw new WireError('text');
  return value;
}

function listOf(value: DbusValue): readonly DbusValue[] {
  if (!isList(value)) throw new WireError('list');
  return value;
}

function variantOf(value: DbusValue): DbusVariant {
  if (typeof value !== 'object' || isList(value)) throw new WireError('variant');
  return value;
}

function isList(value: DbusValue): value is readonly DbusValue[] {
  return Array.isArray(value);
}
