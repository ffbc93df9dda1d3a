import { lineCounter } from '../line-counter.ts';

/** A word of a fish command, quotes removed. */
export interface FishWord {
  readonly start: number;
  /** Offset behind the word. */
  readonly end: number;
  readonly line: number;
  /** The constant text; when `computed`, what comes before the first expansion. */
  readonly text: string;
  readonly computed: boolean;
  readonly quoted: boolean;
  /** The target of a redirection. */
  readonly redirect: boolean;
}

/** A word, an operator, `\n`, or the empty text at the end. */
export type FishToken = FishWord | string;

const OPERATOR = /\n|;|&&|&|\|\||\|/y;
const REDIRECTION = /(?:[0-9]|&)?(?:>>|>\?|>&|>\||>|<&|<)/y;
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
const NUMERIC_ESCAPE = /[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})/y;

/** Cuts a fish script into words and operators without running anything; comments are passed over. */
export class FishWords {
  readonly text: string;
  #at: number;
  readonly #lineOf: (offset: number) => number;

  // The word that is being read:
  #run = 0;
  #constant = '';
  #computed = false;
  #quoted = false;

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

  next(): FishToken {
    let redirect = false;
    let continued = false;
    for (;;) {
      const char = this.text.charAt(this.#at);
      if (char === '') return '';
      if (char === ' ' || char === '\t' || char === '\r') {
        this.#at++;
      } else if (char === '\\' && this.text.charAt(this.#at + 1) === '\n') {
        this.#at += 2;
        continued = true;
      } else if (char === '#') {
        this.#skipComment();
        // Comments behind a continued line are passed over with their line ends.
        if (continued) this.#at++;
      } else if (this.#match(REDIRECTION) !== '') {
        redirect = true;
      } else {
        const operator = this.#match(OPERATOR);
        return operator === '' ? this.#word(redirect) : operator;
      }
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text)?.[0] ?? '';
    this.#at += match.length;
    return match;
  }

  #skipComment(): void {
    const newline = this.text.indexOf('\n', this.#at);
    const end = newline < 0 ? this.text.length : newline;
    this.#comments?.push(this.#at, end);
    this.#at = end;
  }

  #word(redirect: boolean): FishWord {
    const start = this.#at;
    this.#run = start;
    this.#constant = '';
    this.#computed = false;
    this.#quoted = false;
    while (!this.#step(start));
    this.#take();
    return {
      start,
      end: this.#at,
      line: this.#lineOf(start),
      text: this.#constant,
      computed: this.#computed,
      quoted: this.#quoted,
      redirect,
    };
  }

  /** Reads one more part of the word; true when it has ended. */
  #step(start: number): boolean {
    switch (this.text.charAt(this.#at)) {
      case '':
      case ' ':
      case '\t':
      case '\n':
      case ';':
      case '|':
      case '<':
      case '>':
      case ')':
        // A stray parenthesis must not stop the reader.
        if (this.#at > start || this.#at >= this.text.length) return true;
        this.#at++;
        return true;
      case '"':
        this.#doubleQuotes();
        break;
      case "'":
        this.#singleQuotes();
        break;
      case '\\':
        this.#escape();
        break;
      case '$':
      case '*':
      case '?':
      case '{':
      case '}':
        this.#compute(this.#at + 1);
        break;
      case '~':
        if (this.#at === start) this.#compute(this.#at + 1);
        else this.#at++;
        break;
      case '(':
        this.#substitution();
        break;
      default:
        this.#at++;
    }
    return false;
  }

  /** Takes over the constant text read so far. */
  #take(): void {
    if (!this.#computed && this.#at > this.#run) this.#constant += this.text.slice(this.#run, this.#at);
    this.#run = this.#at;
  }

  #add(text: string): void {
    if (!this.#computed) this.#constant += text;
  }

  #skipTo(at: number): void {
    this.#at = Math.min(at, this.text.length);
    this.#run = this.#at;
  }

  /** The word cannot be known any more. */
  #compute(behind: number): void {
    this.#take();
    this.#computed = true;
    this.#skipTo(behind);
  }

  #singleQuotes(): void {
    this.#take();
    this.#quoted = true;
    this.#skipTo(this.#at + 1);
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      if (char === "'") {
        this.#take();
        this.#skipTo(this.#at + 1);
        return;
      }
      if (char === '\\' && /['\\]/.test(this.text.charAt(this.#at + 1))) {
        this.#take();
        this.#run = ++this.#at;
      }
    }
    this.#computed = true;
  }

  #doubleQuotes(): void {
    this.#take();
    this.#quoted = true;
    this.#skipTo(this.#at + 1);
    while (this.#at < this.text.length) {
      const char = this.text.charAt(this.#at);
      const next = this.text.charAt(this.#at + 1);
      if (char === '"') {
        this.#take();
        this.#skipTo(this.#at + 1);
        return;
      }
      if (char === '\\' && next !== '' && '"$\\\n'.includes(next)) {
        this.#take();
        this.#add(next === '\n' ? '' : next);
        this.#skipTo(this.#at + 2);
      } else if (char === '$') {
        this.#compute(this.#at + 1);
        if (next === '(') this.#substitution();
      } else {
        this.#at++;
      }
    }
    this.#computed = true;
  }

  #escape(): void {
    this.#take();
    this.#quoted = true;
    this.#at++;
    const char = this.text.charAt(this.#at);
    const simple = ESCAPES[char];
    const number = this.#match(NUMERIC_ESCAPE);
    if (number !== '') {
      const code = parseInt(number.replace(/^[xXuU]/, ''), /^[0-7]/.test(number) ? 8 : 16);
      if (code === 0 || code > 0x7f) this.#computed = true;
      else this.#add(String.fromCharCode(code));
      this.#skipTo(this.#at);
      return;
    }
    if (char === '' || char === 'c') this.#computed = true;
    else if (char !== '\n') this.#add(simple ?? char);
    this.#skipTo(this.#at + 1);
  }

  /** Passes over `(…)`, whatever is nested in it. */
  #substitution(): void {
    this.#take();
    this.#computed = true;
    /** What is open, innermost last: parentheses or double quotes. */
    const open: string[] = [];
    for (; this.#at < this.text.length; this.#at++) {
      const char = this.text.charAt(this.#at);
      const quoted = open.at(-1) === '"';
      if (char === '\\') {
        this.#at++;
      } else if (char === '"') {
        if (quoted) open.pop();
        else open.push('"');
      } else if (char === '(') {
        if (!quoted || this.text.charAt(this.#at - 1) === '$') open.push('(');
      } else if (!quoted && char === ')') {
        open.pop();
        if (open.length > 0) continue;
        this.#skipTo(this.#at + 1);
        return;
      } else if (!quoted && char === "'") {
        this.#skipSingleQuotes();
      } else if (!quoted && char === '#' && /[\s;(]/.test(this.text.charAt(this.#at - 1))) {
        this.#skipComment();
      }
    }
    this.#skipTo(this.#at);
  }

  #skipSingleQuotes(): void {
    this.#at++;
    while (this.#at < this.text.length && this.text.charAt(this.#at) !== "'") {
      this.#at += this.text.charAt(this.#at) === '\\' ? 2 : 1;
    }
  }
}
