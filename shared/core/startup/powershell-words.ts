import { lineCounter } from '../line-counter.ts';

export interface PowerShellWord {
  readonly kind: 'word';
  readonly start: number;
  /** Offset behind the word. */
  readonly end: number;
  readonly line: number;
  /** The constant text; empty when `computed`. */
  readonly text: string;
  readonly computed: boolean;
  readonly quoted: boolean;
  /** The name of `$env:NAME` or `${env:NAME}`, when the word is nothing else. */
  readonly environment: string | null;
  /** The name of any other variable, in lower case, when the word is nothing else. */
  readonly variable: string | null;
}

/** An operator, `\n`, or the empty text at the end. An assignment operator only follows a variable. */
export interface PowerShellOperator {
  readonly kind: 'operator';
  readonly text: string;
}

export type PowerShellToken = PowerShellWord | PowerShellOperator;

const OPERATOR = /\n|;|&&|\|\||[@$]\(|@\{|[&|{}(),]/y;
const ASSIGNMENT = /[ \t]*(?:\?\?|[-+*/%])?=(?!=)/y;
const ENVIRONMENT = /\$(?:env:([\w?]+)|\{env:([^}\n]{1,200})\})(?![\w?:.[\\/-])/iy;
const BARE = /[^\s;|&(){},"'`$]+/y;
const VARIABLE = /\$(?:\{[^}\n]{0,200}\}|[\w:?^$]*)/y;
const CAST = /^\[[\w.[\]]+\]$/;
const HERE = /@(['"])[ \t]*\n/y;
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Cuts a PowerShell script into words and operators without running anything; comments are passed over. */
export class PowerShellWords {
  readonly text: string;
  #at: number;
  readonly #lineOf: (offset: number) => number;
  #afterVariable = false;

  readonly #comments: number[] | null;

  /** `comments` gets where each comment begins and ends. */
  constructor(text: string, comments: number[] | null = null) {
    this.text = text;
    this.#comments = comments;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
    this.#lineOf = lineCounter(text);
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.#at;
  }

  next(): PowerShellToken {
    if (this.#afterVariable) {
      this.#afterVariable = false;
      const assignment = this.#match(ASSIGNMENT).trimStart();
      if (assignment !== '') return { kind: 'operator', text: assignment };
    }
    this.#skipBlanks();
    if (this.#at >= this.text.length) return { kind: 'operator', text: '' };
    const operator = this.#match(OPERATOR);
    return operator === '' ? this.#word() : { kind: 'operator', text: operator };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text)?.[0] ?? '';
    this.#at += match.length;
    return match;
  }

  #skipBlanks(): void {
    for (;;) {
      const char = this.text.charAt(this.#at);
      if (char === ' ' || char === '\t' || char === '\r') {
        this.#at++;
      } else if (char === '`' && this.text.charAt(this.#at + 1) === '\n') {
        this.#at += 2;
      } else if (char === '#') {
        this.#skipTo('\n', 0);
      } else if (this.text.startsWith('<#', this.#at)) {
        this.#skipTo('#>', 2);
      } else {
        return;
      }
    }
  }

  #skipTo(text: string, behind: number): void {
    const found = this.text.indexOf(text, this.#at);
    const end = found < 0 ? this.text.length : found + behind;
    this.#comments?.push(this.#at, end);
    this.#at = end;
  }

  #word(): PowerShellWord {
    const start = this.#at;
    ENVIRONMENT.lastIndex = start;
    const environment = ENVIRONMENT.exec(this.text);
    const word = { kind: 'word' as const, start, line: this.#lineOf(start) };
    if (environment !== null) {
      this.#at += environment[0].length;
      this.#afterVariable = true;
      const name = environment[1] ?? environment[2] ?? '';
      return {
        ...word,
        end: this.#at,
        text: '',
        computed: true,
        quoted: false,
        environment: name,
        variable: null,
      };
    }
    const { text, quoted } = this.#parts(start);
    const variable = text === null && this.#at - start < LONGEST_NAME ? this.text.slice(start, this.#at) : '';
    return {
      ...word,
      end: this.#at,
      text: text ?? '',
      computed: text === null,
      quoted,
      environment: null,
      variable: /^\$\w+$/.test(variable) ? variable.slice(1).toLowerCase() : null,
    };
  }

  /** The parts of a word, each bare, quoted or a variable; a quoted word ends with its quote. */
  #parts(start: number): { readonly text: string | null; readonly quoted: boolean } {
    let text: string | null = '';
    for (;;) {
      const char = this.text.charAt(this.#at);
      const first = this.#at === start;
      let part: string | null;
      if (first && (char === "'" || char === '"')) {
        return { text: char === "'" ? this.#singleQuotes() : this.#doubleQuotes(), quoted: true };
      }
      if (first && this.#match(HERE) !== '') return { text: this.#hereString(start), quoted: true };
      if (char === "'") {
        part = this.#singleQuotes();
      } else if (char === '"') {
        part = this.#doubleQuotes();
      } else if (char === '`') {
        this.#at++;
        part = this.#escape();
      } else if (char === '$') {
        // `[string]$env:NAME`: a cast is a word of its own.
        if (!first && CAST.test(this.text.slice(start, Math.min(this.#at, start + LONGEST_CAST)))) {
          return { text, quoted: false };
        }
        if (this.#match(VARIABLE) === '$' && this.text.charAt(this.#at) === '(') {
          if (!first) return { text: null, quoted: false };
          this.#at++;
        }
        part = null;
      } else {
        part = this.#match(BARE);
        if (part === '') {
          if (!first) return { text, quoted: false };
          this.#at++;
          return { text: null, quoted: false };
        }
      }
      text = text === null || part === null ? null : text + part;
    }
  }

  #singleQuotes(): string | null {
    let text = '';
    for (;;) {
      const end = this.text.indexOf("'", this.#at + 1);
      if (end < 0) {
        this.#at = this.text.length;
        return null;
      }
      text += this.text.slice(this.#at + 1, end);
      this.#at = end + 1;
      if (this.text.charAt(this.#at) !== "'") return text;
      text += "'";
    }
  }

  #doubleQuotes(): string | null {
    this.#at++;
    let text: string | null = '';
    let run = this.#at;
    const take = (): void => {
      if (text !== null && this.#at > run) text += this.text.slice(run, this.#at);
    };
    while (this.#at < this.text.length) {
      const char = this.text.charAt(this.#at);
      const next = this.text.charAt(this.#at + 1);
      if (char === '"' && next !== '"') {
        take();
        this.#at++;
        return text;
      }
      if (char === '"' || char === '`') {
        take();
        this.#at++;
        const part = char === '"' ? '"' : this.#escape();
        if (char === '"') this.#at++;
        text = text === null || part === null ? null : text + part;
        run = this.#at;
      } else if (char === '$' && /[\w({?^$:]/.test(next)) {
        text = null;
        this.#at++;
        if (next === '(') this.#subexpression();
      } else {
        this.#at++;
      }
    }
    return null;
  }

  /** Behind the backtick. */
  #escape(): string | null {
    const char = this.text.charAt(this.#at);
    this.#at++;
    if (char === '' || char === '0' || char === 'u') return null;
    if (char === '\n') return '';
    return ESCAPES[char] ?? char;
  }

  /** Passes over the `(…)` of `$(…)` in a string. Nested strings with parentheses or quotes are not followed. */
  #subexpression(): void {
    let depth = 0;
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      if (char === '(') depth++;
      if (char === ')' && --depth === 0) return;
    }
  }

  /** From behind the first line of `@'` or `@"`. */
  #hereString(start: number): string | null {
    const quote = this.text.charAt(start + 1);
    const from = this.#at - 1;
    const end = this.text.indexOf(`\n${quote}@`, from);
    if (end < 0) {
      this.#at = this.text.length;
      return null;
    }
    const text = this.text.slice(from + 1, Math.max(end, from + 1));
    this.#at = end + 3;
    return quote === '"' && /[$`]/.test(text) ? null : text;
  }
}

const LONGEST_CAST = 60;
const LONGEST_NAME = 60;
