import type { Fingerprint } from '../core/secret.ts';

/** The user’s own programs that keep the environment they were started with. Linux: `/proc`; elsewhere nothing can be told. */
export interface RunningPrograms {
  /** `null` where this cannot be looked at. */
  list(names: readonly string[]): readonly RunningProgram[] | null;
}

export interface RunningProgram {
  readonly processId: number;
  /** `shell`: an open terminal, as its interactive shell. */
  readonly kind: 'claude-code' | 'shell';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Its working folder, when it can be told. */
  readonly folder: string | null;
  /** Which of the names it was started with. */
  readonly holds: readonly { readonly name: string; readonly fingerprint: Fingerprint }[];
  /** This process descends from it. */
  readonly isOurs: boolean;
}
