/** One statement of a start-up file that sets or removes a variable. `value` is a secret: fingerprint it at once. */
export interface Assignment {
  readonly name: string;
  /** 1-based line on which the statement starts. */
  readonly line: number;
  /** How sure the value is; a computed one says nothing about whether the statement runs, see `conditional`. */
  readonly certainty: Certainty;
  /** The statement may not run: it sits in a condition, a loop or a function, or behind something that may fail. */
  readonly conditional: boolean;
  /**
   * Later programs get the variable: the statement says so, or another one in this file does, before or after it.
   * True for `unset`, which reaches them too; false for `scoped`.
   */
  readonly exported: boolean;
  /** As the shell would set it, without quotes; null when computed and for `unset`. */
  readonly value: string | null;
  /**
   * A computed value that starts with `~`, `$HOME` or the like and is constant behind it, as written, for `expandPath`;
   * null for every other one. As secret as `value`.
   */
  readonly pathAsWritten: string | null;
  /** `scoped` holds for one command, function or subshell and never reaches later programs. */
  readonly kind: 'set' | 'unset' | 'scoped';
}

/**
 * `literal`: a constant at top level. `conditional`: a constant that may not be set. `computed`: depends on an
 * expansion or on a command.
 */
export type Certainty = 'literal' | 'conditional' | 'computed';

/** Another file that this one reads. */
export interface SourceReference {
  readonly line: number;
  /** As written, with `~`, `$HOME` and the like left for `expandPath`; null when it cannot be known. */
  readonly path: string | null;
  readonly conditional: boolean;
  /** `set -a` is in force: every assignment in that file is exported. */
  readonly exportsAll: boolean;
  /** How to read that file: as this one, as a `.env` file, or as a POSIX shell script. */
  readonly syntax: SourceSyntax;
}

export type SourceSyntax = 'same' | 'dotenv' | 'shell';

/** `export NAME` without a value: exports what this or any other file has set. */
export interface BareExport {
  readonly name: string;
  readonly line: number;
  readonly conditional: boolean;
}

export interface StartupText {
  /** In file order. */
  readonly assignments: readonly Assignment[];
  readonly sources: readonly SourceReference[];
  readonly exports: readonly BareExport[];
}

/** The variables that are asked for; every other one is passed over. */
export type WantedNames = (name: string) => boolean;

export function certaintyOf(value: string | null, conditional: boolean): Certainty {
  if (value === null) return 'computed';
  return conditional ? 'conditional' : 'literal';
}
