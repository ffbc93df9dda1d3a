import { lineCounter } from '../line-counter.ts';
import { ShellWordReader } from './shell-word-reader.ts';
import { enterMode, GROUP, openWord, type OpenWord, type ShellWord } from './shell-word.ts';

/**
 * A word, an operator, `\n`, `()`, `$(` (a command substitution begins: its commands follow, and after the closing `)`
 * and a call of `resume` the word around it), or the empty text at the end.
 */
export type ShellToken = ShellWord | string;

const OPERATOR = /\n|;;&|;;|;&|;|&&|&>>|&>|&|\|\||\|&|\||\(|\)|<<<|<<-|<<|<&|<>|<|>>|>&|>\||>/y;

const GLUED_BRACE = /\{(?=\w+[\s=])/y;

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const OPEN = 0x28;
const LESS = 0x3c;
const GREATER = 0x3e;
const BACKSLASH = 0x5c;

/**
 * Cuts a POSIX shell script into words and operators without running anything. Comments, line continuations and the
 * bodies of here-documents are passed over; redirections are told by the words that they lead to. Every character is
 * looked at a bounded number of times.
 */
export class ShellWords {
  readonly text: string;
  readonly #zsh: boolean;
  readonly #reader: ShellWordReader;
  /** Only ever asked for growing offsets. */
  readonly #lineOf: (offset: number) => number;
  #resumed = false;
  #redirect = '';
  readonly #suspended: OpenWord[] = [];
  #hereDocuments: { readonly delimiter: string; readonly tabs: boolean; readonly quoted: boolean }[] = [];

  constructor(text: string, zsh: boolean, comments: number[] | null = null) {
    this.text = text;
    this.#zsh = zsh;
    this.#reader = new ShellWordReader(text, zsh, text.startsWith('\uFEFF') ? 1 : 0, comments);
    this.#lineOf = lineCounter(text);
  }

  /** How far the text has been read. */
  get offset(): number {
    return this.#reader.at;
  }

  /** Continues, at the next call of `next`, the word around the command substitution that has just been closed. */
  resume(): void {
    this.#resumed = true;
  }

  /** `argument`: a word may start with a parenthesis here, as in zsh's globs and in `[[ … ]]`. */
  next(argument: boolean): ShellToken {
    const reader = this.#reader;
    if (this.#resumed) {
      this.#resumed = false;
      const word = this.#suspended.pop();
      if (word !== undefined) return this.#read(word);
    }
    for (;;) {
      const code = this.text.charCodeAt(reader.at);
      const following = this.text.charCodeAt(reader.at + 1);
      if (Number.isNaN(code)) return '';
      if (code === SPACE || code === TAB) {
        reader.at++;
      } else if (code === BACKSLASH && following === NEWLINE) {
        reader.at += 2;
      } else if (code === 0x23) {
        reader.skipComment();
      } else if (code === OPEN && reader.isEmptyParentheses()) {
        reader.at = this.text.indexOf(')', reader.at) + 1;
        return '()';
      } else if (code === OPEN ? argument || following === OPEN : !isOperator(code)) {
        return this.#zsh && !argument ? (this.#gluedBrace() ?? this.#word()) : this.#word();
      } else if ((code === LESS || code === GREATER) && following === OPEN) {
        return this.#processSubstitution();
      } else {
        const operator = this.#operator();
        this.#redirect = isRedirection(operator) ? operator : '';
        if (operator === '\n') this.#skipHereDocuments();
        if (this.#redirect === '') return operator;
      }
    }
  }

  #operator(): string {
    const reader = this.#reader;
    OPERATOR.lastIndex = reader.at;
    const operator = OPERATOR.exec(this.text)?.[0] ?? this.text.charAt(reader.at);
    reader.at += operator.length;
    if (!this.#zsh) return operator;
    const following = this.text.charAt(reader.at);
    if (following === '|' && operator === ';') {
      reader.at++;
      return ';|';
    }
    // `&!` and `&|` start a job, as `&` does; `>!` writes, as `>` does.
    if (following === '|' ? operator === '&' : following === '!' && /^[&>]+$/.test(operator)) reader.at++;
    return operator;
  }

  #word(): ShellToken {
    const reader = this.#reader;
    const word = openWord(reader.at, this.#lineOf(reader.at), this.#redirect);
    this.#redirect = '';
    if (this.text.charCodeAt(reader.at) === OPEN) {
      word.computed = true;
      enterMode(word, GROUP);
      reader.at++;
    }
    return this.#read(word);
  }

  /** zsh: the `{` of `{echo x; }`. */
  #gluedBrace(): ShellWord | null {
    const start = this.#reader.at;
    GLUED_BRACE.lastIndex = start;
    if (!GLUED_BRACE.test(this.text)) return null;
    this.#reader.at++;
    return { ...openWord(start, this.#lineOf(start), ''), text: '{', end: start + 1 };
  }

  /** `<(…)` and `>(…)`. */
  #processSubstitution(): ShellToken {
    const word = openWord(this.#reader.at, this.#lineOf(this.#reader.at), this.#redirect);
    this.#redirect = '';
    word.computed = true;
    this.#reader.at += 2;
    this.#suspended.push(word);
    return '$(';
  }

  #read(word: OpenWord): ShellToken {
    if (!this.#reader.read(word)) {
      this.#suspended.push(word);
      return '$(';
    }
    if (word.redirect === '' && this.#isDescriptor(word)) return this.next(true);
    if (word.redirect === '<<' || word.redirect === '<<-') {
      this.#hereDocuments.push({
        delimiter: word.computed ? this.text.slice(word.start, word.end) : word.text,
        tabs: word.redirect === '<<-',
        quoted: word.quoted,
      });
    }
    return word;
  }

  /** The digits of `2>file` belong to the redirection. */
  #isDescriptor(word: ShellWord): boolean {
    const code = this.text.charCodeAt(this.#reader.at);
    return (code === LESS || code === GREATER) && !word.quoted && /^\d{1,4}$/.test(word.text);
  }

  #skipHereDocuments(): void {
    if (this.#hereDocuments.length === 0) return;
    const reader = this.#reader;
    for (const { delimiter, tabs, quoted } of this.#hereDocuments) {
      let continued = false;
      while (reader.at < this.text.length) {
        let start = reader.at;
        const newline = this.text.indexOf('\n', start);
        const end = newline < 0 ? this.text.length : newline;
        if (tabs) while (this.text.charCodeAt(start) === TAB) start++;
        reader.at = Math.min(end + 1, this.text.length);
        const closes = end - start === delimiter.length && this.text.startsWith(delimiter, start);
        if (closes && !continued) break;
        // A backslash joins the line with the next; alone it adds nothing to it.
        continued = !quoted && this.#endsInBackslash(start, end) && (continued || end - start > 1);
      }
    }
    this.#hereDocuments = [];
  }

  #endsInBackslash(start: number, end: number): boolean {
    let at = end;
    while (at > start && this.text.charCodeAt(at - 1) === BACKSLASH) at--;
    return (end - at) % 2 === 1;
  }
}

function isOperator(code: number): boolean {
  switch (code) {
    case NEWLINE:
    case 0x26: // &
    case OPEN:
    case 0x29: // )
    case 0x3b: // ;
    case LESS:
    case GREATER:
    case 0x7c: // |
      return true;
    default:
      return false;
  }
}

function isRedirection(operator: string): boolean {
  const code = operator.charCodeAt(0);
  return code === LESS || code === GREATER || operator.startsWith('&>');
}
