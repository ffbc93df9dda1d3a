import { readAnsiCQuotes } from './ansi-c-quotes.ts';
import { enterMode, GROUP, type Accumulator, type OpenDefault, type OpenWord } from './shell-word.ts';

const BARE = 0;
const DOUBLE = 2;
const PARAMETER = 3;
const PARAMETER_IN_DOUBLE = 4;
const DEFAULT = 5;
const DEFAULT_IN_DOUBLE = 6;
const BRACKET = 7;
/** `NAME=(…)`, which may have comments. */
const ARRAY = 8;

/** Neither blank, quote, operator nor the start of an expansion, wherever it stands. */
const ORDINARY = /[a-z*-:?-Z^_\u007f-\uffff]*/y;
const ASSIGNMENT_LEFT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?$/;
const PARAMETER_NAME = /[A-Za-z_]\w*/y;
const ASSIGNING = /:{0,2}=/y;
const EXPANDS = /^[A-Za-z0-9_@*#?$!-]/;
const ZSH_EXPANDS = /^[+=~^:\u0080-\uFFFF]/;

type Step = 'go on' | 'word ends' | 'commands begin';

const isQuote = (code: number): boolean => code === 0x22 || code === 0x27;

/** Reads words, quotes and expansions included, from a shared position in the text. */
export class ShellWordReader {
  /** Where the next character is read. */
  at: number;
  /** Start of the constant text that has not been taken over yet. */
  #run = 0;
  readonly #text: string;
  readonly #zsh: boolean;
  readonly #comments: number[] | null;

  /** `comments` gets where each comment begins and ends. */
  constructor(text: string, zsh: boolean, at: number, comments: number[] | null) {
    this.#text = text;
    this.#zsh = zsh;
    this.at = at;
    this.#comments = comments;
  }

  /** Reads on until the word ends (true), or until behind the `$(` of a command substitution (false). */
  read(word: OpenWord): boolean {
    this.#run = this.at;
    for (;;) {
      // A short script would not be read long enough for V8 to compile a loop over its characters in time.
      ORDINARY.lastIndex = this.at;
      ORDINARY.test(this.#text);
      this.at = ORDINARY.lastIndex;
      const code = this.#text.charCodeAt(this.at);
      const mode = word.modes.at(-1) ?? BARE;
      if (Number.isNaN(code)) {
        this.#take(word);
        if (mode !== BARE) word.computed = true;
        return this.#end(word);
      }
      const step = this.#step(word, code, mode);
      if (step === 'word ends') {
        this.#take(word);
        return this.#end(word);
      }
      if (step === 'commands begin') return false;
    }
  }

  /** At the parenthesis of a `()`, blanks between them or not. */
  isEmptyParentheses(): boolean {
    let at = this.at + 1;
    while (this.#text.charCodeAt(at) === 0x20 || this.#text.charCodeAt(at) === 0x09) at++;
    return this.#text.charCodeAt(at) === 0x29;
  }

  skipComment(): void {
    const newline = this.#text.indexOf('\n', this.at);
    const end = newline < 0 ? this.#text.length : newline;
    this.#comments?.push(this.at, end);
    this.#skipTo(end);
  }

  #end(word: OpenWord): true {
    word.end = this.at;
    return true;
  }

  /** Takes the constant text read so far into the word, or into the innermost `${NAME:=`. */
  #take(word: OpenWord): void {
    if (this.at > this.#run) this.#add(word, this.#text.slice(this.#run, this.at));
    this.#run = this.at;
  }

  #add(word: OpenWord, text: string | null): void {
    const target: Accumulator = word.open.at(-1) ?? word;
    if (text === null) target.computed = true;
    else if (!target.computed) target.text += text;
  }

  #skipTo(at: number): void {
    this.at = at;
    this.#run = at;
  }

  #step(word: OpenWord, code: number, mode: number): Step {
    switch (code) {
      case 0x09: // blanks and the characters of operators
      case 0x0a:
      case 0x20:
      case 0x26:
      case 0x3b:
      case 0x3c:
      case 0x3e:
      case 0x7c:
        if (mode === BARE) return 'word ends';
        break;
      case 0x22: // "
        this.#take(word);
        word.quoted = true;
        if (mode === DOUBLE) word.modes.pop();
        else enterMode(word, DOUBLE);
        this.#skipTo(this.at + 1);
        return 'go on';
      case 0x23: // #
        if (mode !== ARRAY || !isBlank(this.#text.charCodeAt(this.at - 1))) break;
        this.skipComment();
        return 'go on';
      case 0x24: // $
        return this.#dollar(word, mode);
      case 0x27: // '
        if (!isInDouble(mode)) return this.#singleQuotes(word);
        if (mode !== DOUBLE) return this.#quoteInParameter(word);
        break;
      case 0x28: // (
        if (mode === GROUP || mode === ARRAY) enterMode(word, GROUP);
        if (mode === BARE) return this.#parenthesis(word);
        break;
      case 0x29: // )
        if (mode === BARE) return 'word ends';
        if (mode === GROUP || mode === ARRAY) word.modes.pop();
        break;
      case 0x3d: // =
        if (mode === BARE) this.#equals(word);
        break;
      case 0x5b: // [
        if (mode === BRACKET) enterMode(word, BRACKET);
        break;
      case 0x5c: // \
        return this.#escape(word, mode);
      case 0x5d: // ]
        if (mode === BRACKET) word.modes.pop();
        break;
      case 0x60: // `
        return this.#backquotes(word);
      case 0x7b: // {
        if (mode === BARE) word.openBraces++;
        if (mode === BARE) word.braces = true;
        break;
      case 0x7d: // }
        if (mode >= PARAMETER && mode <= DEFAULT_IN_DOUBLE) return this.#closeParameter(word, mode);
        if (mode === BARE && this.#closesBraces(word)) return 'word ends';
        break;
      case 0x7e: // ~
        this.#tilde(word, mode);
        break;
    }
    this.at++;
    return 'go on';
  }

  #singleQuotes(word: OpenWord): Step {
    this.#take(word);
    word.quoted = true;
    const end = this.#text.indexOf("'", this.at + 1);
    this.#add(word, end < 0 ? null : this.#text.slice(this.at + 1, end));
    this.#skipTo(end < 0 ? this.#text.length : end + 1);
    return 'go on';
  }

  /** In `"${NAME:-…}"` bash wants single quotes in pairs, though it keeps them; the others see no quotes there. */
  #quoteInParameter(word: OpenWord): Step {
    this.#take(word);
    this.#add(word, null);
    const end = this.#zsh ? -1 : this.#text.indexOf("'", this.at + 1);
    const paired = end >= 0 && !this.#text.slice(this.at, end).includes('\n');
    this.#skipTo(paired ? end + 1 : this.at + 1);
    return 'go on';
  }

  /** zsh: a `}` at the end of an argument that did not open it closes the commands in braces around it. */
  #closesBraces(word: OpenWord): boolean {
    if (word.openBraces > 0) word.openBraces--;
    else if (this.#zsh && this.at > word.start && word.equals < 0) {
      return /^[\s;&|<>()]?$/.test(this.#text.charAt(this.at + 1));
    }
    return false;
  }

  #backquotes(word: OpenWord): Step {
    this.#take(word);
    this.#add(word, null);
    let at = this.at + 1;
    while (at < this.#text.length && this.#text.charCodeAt(at) !== 0x60) {
      at += this.#text.charCodeAt(at) === 0x5c ? 2 : 1;
    }
    this.#skipTo(Math.min(at + 1, this.#text.length));
    return 'go on';
  }

  #escape(word: OpenWord, mode: number): Step {
    const next = this.#text.charCodeAt(this.at + 1);
    if (isInDouble(mode) && !isEscapedInDouble(next, mode)) {
      this.at++;
      return 'go on';
    }
    this.#take(word);
    word.quoted = true;
    if (Number.isNaN(next)) this.#add(word, null);
    this.#skipTo(this.at + 1);
    if (next === 0x0a) this.#skipTo(this.at + 1);
    else if (!Number.isNaN(next)) this.at++;
    return 'go on';
  }

  /** At a `(` in bare text: the `()` of a function definition ends the word, everything else belongs to it. */
  #parenthesis(word: OpenWord): Step {
    this.#take(word);
    const array = word.equals >= 0 && word.equals === word.text.length - 1;
    if (!array && this.isEmptyParentheses()) return 'word ends';
    this.#add(word, null);
    enterMode(word, array ? ARRAY : GROUP);
    this.#skipTo(this.at + 1);
    return 'go on';
  }

  #equals(word: OpenWord): void {
    if (word.sawEquals) {
      // zsh puts the path of a command for `=name` at the start of a value, and behind a colon.
      if (!this.#zsh) return;
      this.#take(word);
      word.tilde ||= word.text.length === word.equals + 1 || this.#text.charCodeAt(this.at - 1) === 0x3a;
      return;
    }
    word.sawEquals = true;
    this.#take(word);
    if (this.#zsh && this.at === word.start) word.tilde = true;
    if (!word.computed && !word.quoted && ASSIGNMENT_LEFT.test(word.text)) word.equals = word.text.length;
  }

  #tilde(word: OpenWord, mode: number): void {
    this.#take(word);
    const before = this.at === word.start ? 0x3a : this.#text.charCodeAt(this.at - 1);
    const expands = before === 0x3a || before === 0x3d || (this.#zsh && this.#zshSeesStart(word));
    if (!expands) return;
    if (mode === BARE) word.tilde = true;
    else if (mode === DEFAULT || mode === DEFAULT_IN_DOUBLE) this.#add(word, null);
  }

  /** zsh has forgotten quotes by then: `''~/` and `':'~/` begin a path as `~/` and `:~/` do. */
  #zshSeesStart(word: OpenWord): boolean {
    if (word.text.length === word.equals + 1) return true;
    let before = this.at - 1;
    while (isQuote(this.#text.charCodeAt(before))) before--;
    return this.#text.charCodeAt(before) === 0x3a;
  }

  #dollar(word: OpenWord, mode: number): Step {
    this.#take(word);
    const next = this.#text.charCodeAt(this.at + 1);
    const bare = !isInDouble(mode);
    if (bare && next === 0x27) {
      const quotes = readAnsiCQuotes(this.#text, this.at + 2);
      word.quoted = true;
      this.#add(word, quotes.value);
      this.#skipTo(quotes.end);
    } else if (bare && next === 0x22 && !this.#zsh) {
      this.#skipTo(this.at + 1);
    } else if (next === 0x28) {
      this.#add(word, null);
      const arithmetic = this.#text.charCodeAt(this.at + 2) === 0x28;
      this.#skipTo(this.at + (arithmetic ? 3 : 2));
      if (!arithmetic) return 'commands begin';
      enterMode(word, GROUP);
      enterMode(word, GROUP);
    } else if (next === 0x7b) {
      this.#add(word, null);
      this.#openParameter(word, !bare);
    } else if (next === 0x5b) {
      this.#add(word, null);
      enterMode(word, BRACKET);
      this.#skipTo(this.at + 2);
    } else {
      const following = this.#text.charAt(this.at + 1);
      if (EXPANDS.test(following) || (this.#zsh && ZSH_EXPANDS.test(following))) {
        this.#add(word, null);
        this.#skipTo(this.at + 2);
      } else {
        this.at++;
      }
    }
    return 'go on';
  }

  #openParameter(word: OpenWord, inDouble: boolean): void {
    PARAMETER_NAME.lastIndex = this.at + 2;
    const name = PARAMETER_NAME.exec(this.#text)?.[0] ?? '';
    const behind = this.at + 2 + name.length;
    ASSIGNING.lastIndex = behind;
    const assigning = name === '' ? undefined : ASSIGNING.exec(this.#text)?.[0];
    if (assigning !== undefined && (this.#zsh || assigning.length < 3)) {
      enterMode(word, inDouble ? DEFAULT_IN_DOUBLE : DEFAULT);
      const value: OpenDefault = { name, text: '', computed: false };
      if (word.open.length === 0) word.open = [value];
      else word.open.push(value);
      this.#skipTo(behind + assigning.length);
      return;
    }
    // In the patterns of `#`, `%` and `/` quotes count even between double quotes.
    const pattern = name !== '' && '#%/^,'.includes(this.#text.charAt(behind) || ' ');
    enterMode(word, inDouble && !pattern ? PARAMETER_IN_DOUBLE : PARAMETER);
    this.#skipTo(behind);
  }

  #closeParameter(word: OpenWord, mode: number): Step {
    this.#take(word);
    word.modes.pop();
    if (mode === DEFAULT || mode === DEFAULT_IN_DOUBLE) {
      const value = word.open.pop();
      if (value !== undefined) {
        const read = { name: value.name, value: value.computed ? null : value.text };
        if (word.defaults.length === 0) word.defaults = [read];
        else word.defaults.push(read);
      }
    }
    this.#skipTo(this.at + 1);
    return 'go on';
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a;
}

function isInDouble(mode: number): boolean {
  return mode === DOUBLE || mode === PARAMETER_IN_DOUBLE || mode === DEFAULT_IN_DOUBLE;
}

function isEscapedInDouble(code: number, mode: number): boolean {
  if (code === 0x24 || code === 0x60 || code === 0x22 || code === 0x5c || code === 0x0a) return true;
  return code === 0x7d && mode !== DOUBLE;
}
