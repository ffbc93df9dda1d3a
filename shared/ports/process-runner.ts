import type { Bytes } from '../core/remedies/text-edit.ts';

/**
 * Runs a program with a deadline for its whole group, a cap on what it prints, and nothing on its standard input but what it is
 * given.
 */
export interface ProcessRunner {
  run(request: RunRequest): Promise<RunResult>;
}

export interface RunRequest {
  /** Absolute path; no shell is involved unless this is one. */
  readonly file: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly deadline: number;
  /** Standard output beyond this is dropped and told. */
  readonly maxBytes: number;
  /** What stands on its standard input before the end of it; a program need not read it. May be secret. */
  readonly input?: Bytes;
  /** How its output is told: as UTF-8 (unless said), or each byte as a character, for values that may be of any encoding. */
  readonly printed?: 'utf8' | 'bytes';
}

export type RunResult =
  | {
      readonly state: 'ended';
      readonly exitCode: number | null;
      readonly output: string;
      readonly truncated: boolean;
      readonly milliseconds: number;
    }
  | { readonly state: 'timed-out'; readonly milliseconds: number }
  | { readonly state: 'not-started'; readonly milliseconds: number };
