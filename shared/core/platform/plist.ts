export type PlistValue = string | number | boolean | readonly PlistValue[] | PlistDictionary;
export type PlistDictionary = ReadonlyMap<string, PlistValue>;

/** Far deeper than any property list that a system reads; keeps whoever walks the value from running out of stack. */
const DEEPEST = 200;

export const isBinaryPlist = (text: string): boolean => text.startsWith('bplist');

/**
 * Reads a property list in XML (Apple's PropertyList-1.0). Dates and data stay text. Entities are the five of XML and numbered
 * characters: a document type with declarations of its own is not read, so nothing can expand without end.
 *
 * @returns `null` for everything that is not a whole, well-formed property list
 */
export function parsePlist(text: string): PlistValue | null {
  try {
    return new PlistReader(text).read();
  } catch (error) {
    if (error instanceof MalformedPlist) return null;
    throw error;
  }
}

/** As JSON, in one line. A number that JSON cannot hold becomes text. */
export function plistToJson(value: PlistValue): string {
  return JSON.stringify(plain(value));
}

export const isPlistDictionary = (value: PlistValue | null | undefined): value is PlistDictionary =>
  value instanceof Map;

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

function plain(value: PlistValue): Plain {
  if (isPlistDictionary(value)) {
    // fromEntries defines members, so that `__proto__` is one like any other.
    return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  }
  if (typeof value === 'object') return value.map(plain);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

class MalformedPlist extends Error {}

interface Tag {
  readonly name: string;
  readonly kind: 'opening' | 'closing' | 'empty';
}

const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)(\s[^<>]*|\/)?>/y;
const BLANKS = /[ \t\n\r]*/y;
const ENTITY = /&(?:#(\d{1,7});|#x([0-9A-Fa-f]{1,6});|(lt|gt|amp|quot|apos);)?/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

class PlistReader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text.replace(/\r\n?/g, '\n');
    this.#at = this.#text.startsWith('\uFEFF') ? 1 : 0;
  }

  read(): PlistValue {
    const root = this.#tag();
    if (root.name !== 'plist' || root.kind !== 'opening') throw new MalformedPlist();
    const value = this.#value(this.#tag(), 0);
    this.#expectClosing('plist');
    this.#skipBetween();
    if (this.#at < this.#text.length) throw new MalformedPlist();
    return value;
  }

  #value({ name, kind }: Tag, depth: number): PlistValue {
    if (kind === 'closing' || depth > DEEPEST) throw new MalformedPlist();
    const empty = kind === 'empty';
    switch (name) {
      case 'dict':
        return empty ? new Map() : this.#dictionary(depth);
      case 'array':
        return empty ? [] : this.#array(depth);
      case 'true':
      case 'false':
        if (!empty && this.#content(name).trim() !== '') throw new MalformedPlist();
        return name === 'true';
      case 'string':
        return empty ? '' : this.#content(name);
      case 'date':
        return empty ? '' : this.#content(name).trim();
      case 'data':
        return empty ? '' : this.#content(name).replace(/\s+/g, '');
      case 'integer':
        return integer(empty ? '' : this.#content(name).trim());
      case 'real':
        return real(empty ? '' : this.#content(name).trim());
      default:
        throw new MalformedPlist();
    }
  }

  #dictionary(depth: number): PlistDictionary {
    const members = new Map<string, PlistValue>();
    for (;;) {
      const tag = this.#tag();
      if (tag.kind === 'closing' && tag.name === 'dict') return members;
      if (tag.name !== 'key' || tag.kind === 'closing') throw new MalformedPlist();
      const key = tag.kind === 'empty' ? '' : this.#content('key');
      members.set(key, this.#value(this.#tag(), depth + 1));
    }
  }

  #array(depth: number): readonly PlistValue[] {
    const items: PlistValue[] = [];
    for (;;) {
      const tag = this.#tag();
      if (tag.kind === 'closing' && tag.name === 'array') return items;
      items.push(this.#value(tag, depth + 1));
    }
  }

  /** The next tag; only blanks, comments, instructions and the document type may stand before it. */
  #tag(): Tag {
    this.#skipBetween();
    TAG.lastIndex = this.#at;
    const match = TAG.exec(this.#text);
    if (match === null) throw new MalformedPlist();
    this.#at = TAG.lastIndex;
    const closing = match[1] === '/';
    const empty = match[3]?.endsWith('/') ?? false;
    if (closing && empty) throw new MalformedPlist();
    return { name: match[2] ?? '', kind: closing ? 'closing' : empty ? 'empty' : 'opening' };
  }

  #expectClosing(name: string): void {
    const tag = this.#tag();
    if (tag.kind !== 'closing' || tag.name !== name) throw new MalformedPlist();
  }

  #skipBetween(): void {
    for (;;) {
      BLANKS.lastIndex = this.#at;
      BLANKS.exec(this.#text);
      this.#at = BLANKS.lastIndex;
      if (this.#text.startsWith('<!--', this.#at)) this.#skipPast('-->', 4);
      else if (this.#text.startsWith('<?', this.#at)) this.#skipPast('?>', 2);
      else if (this.#text.startsWith('<!DOCTYPE', this.#at)) this.#skipDocumentType();
      else return;
    }
  }

  #skipPast(end: string, from: number): string {
    const found = this.#text.indexOf(end, this.#at + from);
    if (found < 0) throw new MalformedPlist();
    const passed = this.#text.slice(this.#at + from, found);
    this.#at = found + end.length;
    return passed;
  }

  #skipDocumentType(): void {
    if (this.#skipPast('>', 9).includes('[')) throw new MalformedPlist();
  }

  /** The text up to the closing tag of `name`, decoded. */
  #content(name: string): string {
    const parts: string[] = [];
    for (;;) {
      const next = this.#text.indexOf('<', this.#at);
      if (next < 0) throw new MalformedPlist();
      parts.push(decode(this.#text.slice(this.#at, next)));
      this.#at = next;
      if (this.#text.startsWith('<![CDATA[', next)) {
        parts.push(this.#skipPast(']]>', 9));
      } else if (this.#text.startsWith('<!--', next)) {
        this.#skipPast('-->', 4);
      } else {
        this.#expectClosing(name);
        return parts.join('');
      }
    }
  }
}

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (_, decimal?: string, hexadecimal?: string, named?: string) => {
    if (named !== undefined) return NAMED[named] ?? '';
    const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (!isCharacter) throw new MalformedPlist();
    return String.fromCodePoint(code);
  });
}

function integer(text: string): number {
  const match = /^([+-]?)(\d{1,20}|0[xX][0-9A-Fa-f]{1,16})$/.exec(text);
  if (match === null) throw new MalformedPlist();
  const size = Number(match[2]);
  return match[1] === '-' && size !== 0 ? -size : size;
}

function real(text: string): number {
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return NaN;
  const value = /^[+-]?[\d.eE+-]{1,60}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw new MalformedPlist();
  return value;
}
