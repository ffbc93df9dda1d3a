/** `${NAME:=value}` or `${NAME=value}` met inside a word; the value is null when it is computed itself. */
export interface DefaultAssignment {
  readonly name: string;
  readonly value: string | null;
}

/** A word of a shell command, quotes removed. */
export interface ShellWord {
  readonly start: number;
  /** Offset behind the word. */
  readonly end: number;
  readonly line: number;
  /** The constant text; when `computed`, what comes before the first expansion. */
  readonly text: string;
  readonly computed: boolean;
  /** Has a quote or a backslash, so is no reserved word. */
  readonly quoted: boolean;
  /** Where in `text` the `=` of an unquoted `NAME=`, `NAME+=` or `NAME[…]=` is; -1 in every other word. */
  readonly equals: number;
  /** An unquoted `~`, or in zsh a `=`, stands where the shell would expand it. */
  readonly tilde: boolean;
  /** Has an unquoted `{`, which bash expands in the arguments of a command. */
  readonly braces: boolean;
  /** The redirection operator that this word is the target of; empty for an argument. */
  readonly redirect: string;
  readonly defaults: readonly DefaultAssignment[];
}

export interface Accumulator {
  text: string;
  computed: boolean;
}

export interface OpenDefault extends Accumulator {
  readonly name: string;
}

/** Most words have none; they share these, which are replaced rather than changed. */
const NO_MODES: number[] = [];
const NO_DEFAULTS: DefaultAssignment[] = [];
const NOTHING_OPEN: OpenDefault[] = [];

/** A word while it is read; a command substitution in it interrupts the reading. */
export interface OpenWord extends ShellWord, Accumulator {
  end: number;
  text: string;
  computed: boolean;
  quoted: boolean;
  equals: number;
  tilde: boolean;
  braces: boolean;
  openBraces: number;
  defaults: DefaultAssignment[];
  sawEquals: boolean;
  /** What the reader is inside of, innermost last; empty in bare text. */
  modes: number[];
  /** The values of `${NAME:=` that are open, outermost first. */
  open: OpenDefault[];
}

export function openWord(start: number, line: number, redirect: string): OpenWord {
  return {
    start,
    end: start,
    line,
    text: '',
    computed: false,
    quoted: false,
    equals: -1,
    tilde: false,
    braces: false,
    openBraces: 0,
    redirect,
    defaults: NO_DEFAULTS,
    sawEquals: false,
    modes: NO_MODES,
    open: NOTHING_OPEN,
  };
}

/** From here to its end something else than bare text is read. */
export function enterMode(word: OpenWord, mode: number): void {
  if (word.modes.length === 0) word.modes = [mode];
  else word.modes.push(mode);
}

/** The mode of parentheses inside a word: a glob, arithmetic. */
export const GROUP = 1;
