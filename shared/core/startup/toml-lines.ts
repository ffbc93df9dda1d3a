import { lineCounter } from '../line-counter.ts';

/** A value of a TOML document, as far as the files of version managers need it. */
export type TomlValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly TomlValue[] }
  | { readonly kind: 'table'; readonly entries: readonly TomlEntry[] }
  /** `true`, `false`, numbers and dates, as written. */
  | { readonly kind: 'plain'; readonly text: string };

export interface TomlEntry {
  /** From the root, the names of the table first. */
  readonly path: readonly string[];
  readonly value: TomlValue;
  /** 1-based line of the key. */
  readonly line: number;
}

export interface TomlDocument {
  readonly entries: readonly TomlEntry[];
  /** False after a syntax error; reading goes on with the next line. */
  readonly wellFormed: boolean;
}

/** Deeper arrays and inline tables are not read. */
const DEEPEST = 50;

const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const SPACE = /[ \t]*/y;
const LINE_END = /[ \t\r]*(?:#[^\n]*)?(?:\n|$)/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const PLAIN = /[A-Za-z0-9_+.:-]+/y;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/** Reads the keys and values of a TOML document in order; repeated keys are all kept. */
export function readToml(text: string): TomlDocument {
  return new TomlReader(text).read();
}

/** Its methods return null at a syntax error. */
class TomlReader {
  readonly #text: string;
  #at = 0;
  readonly #lineOf: (offset: number) => number;

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#lineOf = lineCounter(this.#text);
  }

  read(): TomlDocument {
    const entries: TomlEntry[] = [];
    let table: readonly string[] = [];
    let wellFormed = true;
    for (;;) {
      this.#match(BLANK);
      if (this.#at >= this.#text.length) return { entries, wellFormed };
      const header = this.#text.charAt(this.#at) === '[' ? this.#header() : null;
      const entry = header === null ? this.#entry(table, 0) : null;
      table = header ?? table;
      if (entry !== null) entries.push(entry);
      if ((header === null && entry === null) || this.#match(LINE_END) === null) {
        wellFormed = false;
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      }
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += match?.length ?? 0;
    return match;
  }

  #skip(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #header(): readonly string[] | null {
    const double = this.#skip('[[');
    if (!double) this.#at++;
    const path = this.#key();
    return path !== null && this.#skip(double ? ']]' : ']') ? path : null;
  }

  #entry(table: readonly string[], depth: number): TomlEntry | null {
    const line = this.#lineOf(this.#at);
    const key = this.#key();
    if (key === null || !this.#skip('=')) return null;
    this.#match(SPACE);
    const value = this.#value(depth);
    return value === null ? null : { path: [...table, ...key], line, value };
  }

  #key(): string[] | null {
    const path: string[] = [];
    do {
      this.#match(SPACE);
      const quote = this.#text.charAt(this.#at);
      const part = quote === '"' || quote === "'" ? this.#string(quote) : this.#match(BARE_KEY);
      if (part === null) return null;
      path.push(part);
      this.#match(SPACE);
    } while (this.#skip('.'));
    return path;
  }

  #value(depth: number): TomlValue | null {
    if (depth > DEEPEST) return null;
    const start = this.#text.charAt(this.#at);
    if (start === '"' || start === "'") {
      const text = this.#string(start);
      return text === null ? null : { kind: 'string', text };
    }
    if (start === '[') {
      const items = this.#list(']', () => this.#value(depth + 1));
      return items === null ? null : { kind: 'array', items };
    }
    if (start === '{') {
      const entries = this.#list('}', () => this.#entry([], depth + 1));
      return entries === null ? null : { kind: 'table', entries };
    }
    const text = this.#match(PLAIN);
    return text === null ? null : { kind: 'plain', text };
  }

  #list<Item>(close: string, read: () => Item | null): Item[] | null {
    const items: Item[] = [];
    this.#at++;
    for (;;) {
      this.#match(BLANK);
      if (this.#skip(close)) return items;
      const item = read();
      if (item === null) return null;
      items.push(item);
      this.#match(BLANK);
      if (this.#skip(close)) return items;
      if (!this.#skip(',')) return null;
    }
  }

  #string(quote: string): string | null {
    const triple = quote.repeat(3);
    const long = this.#skip(triple);
    if (!long) this.#at++;
    const close = long ? triple : quote;
    if (long) this.#match(/\r?\n/y);
    let value = '';
    let run = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text.charAt(this.#at);
      if (this.#text.startsWith(close, this.#at)) {
        value += this.#text.slice(run, this.#at);
        this.#at += close.length;
        // Up to two quotes may stand before the closing three.
        while (long && this.#skip(quote)) value += quote;
        return value;
      }
      if (char === '\n' && !long) break;
      if (char === '\\' && quote === '"') {
        value += this.#text.slice(run, this.#at);
        this.#at++;
        const escape = this.#escape();
        if (escape === null) return null;
        value += escape;
        run = this.#at;
        this.#at--;
      }
    }
    return null;
  }

  /** Behind the backslash. */
  #escape(): string | null {
    const simple = SIMPLE_ESCAPES[this.#text.charAt(this.#at)];
    if (simple !== undefined) {
      this.#at++;
      return simple;
    }
    if (this.#match(/[ \t]*\r?\n\s*/y) !== null) return '';
    const number = this.#match(/x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
    const code = number === null ? Infinity : parseInt(number.slice(1), 16);
    return code > 0x10ffff ? null : String.fromCodePoint(code);
  }
}
