import type { Bytes } from '../core/remedies/text-edit.ts';
import type { ProgramEnd } from '../core/sign-in/program-end.ts';

/** Starts a program that goes on until it ends or is stopped, and speaks with it over plain pipes. Nothing it says is kept here. */
export interface StartedPrograms {
  /** `null`: it could not be started. */
  start(request: StartRequest): StartedProgram | null;
}

export interface StartRequest {
  /** Absolute path; no shell is involved. */
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** All of its environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Each piece as it comes, as UTF-8 with no character cut in two. May hold what is secret. */
  readonly onOutput: (text: string, from: 'output' | 'error') => void;
}

export interface StartedProgram {
  /** Settles once it has ended and all that it said has been handed on. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** To its standard input; `false`: it takes no more. May be secret. */
  send(bytes: Bytes): boolean;
  /**
   * Ends it without harm: an interrupt, a wait, a request to terminate, a wait, and only then its whole group. What it holds by
   * then, as a lock, it can let go. Settles as `ended` does; asked twice it is the same stop.
   */
  stop(): Promise<ProgramEnd>;
}

/** How long each step of a stop waits for the next one: milliseconds. A refresh that is under way may take that long. */
export const STOP_WAITS = { interrupt: 15_000, terminate: 15_000 } as const;
