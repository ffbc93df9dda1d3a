/** The user’s own terminal programs, for what is between a person and a program alone. */
export interface Terminals {
  /**
   * Starts one, which goes on when Credence ends. Nothing of what is typed or shown in it can be read from here.
   *
   * @returns `opened`: it runs, or has handed the work to one that does, which is all that can be known. `failed`: it could not be
   * started, or ended at once with an error
   */
  open(request: TerminalRequest): Promise<'opened' | 'failed'>;
}

export interface TerminalRequest {
  /** Absolute. */
  readonly file: string;
  /** Handed over as they are, never through a shell. */
  readonly args: readonly string[];
  /** All of its environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where it is started. */
  readonly folder: string;
}
