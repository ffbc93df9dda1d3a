/** Runs a program with a deadline for its whole group, a cap on what it prints, and nothing on its standard input. */
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
