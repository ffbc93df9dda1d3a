/** Documented in README.md; scripts rely on them. */
export const EXIT = {
  /** Answered, also when the answer is that Claude Code asks or refuses. */
  answered: 0,
  /** A `check` or `doctor` expectation is not met, or a key is stale. */
  notMet: 1,
  usage: 2,
  /** Could not read or decide. */
  unknown: 3,
  /** Refused to change something. */
  refused: 4,
} as const;
/** As shells have them: there is no such program, or it cannot be run. */
export const PROGRAM_EXIT = { notFound: 127, notExecutable: 126 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
