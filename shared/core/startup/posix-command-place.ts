import type { WantedNames } from './assignment.ts';
import type { ShellEvent } from './shell-events.ts';

/** `direnv` is bash with the functions that direnv offers to a `.envrc`. */
export type PosixDialect = 'bash' | 'zsh' | 'direnv';

export type NewEvent = Pick<ShellEvent, 'action' | 'name'> &
  Partial<Pick<ShellEvent, 'value' | 'pathAsWritten' | 'exports' | 'syntax' | 'conditional' | 'scoped'>>;

/** Where a command is, and who hears what it does. */
export interface CommandPlace {
  readonly text: string;
  readonly dialect: PosixDialect;
  readonly wanted: WantedNames;
  /** Names made local by the function around the command; null outside of functions. */
  readonly locals: Set<string> | null;
  /** Whether `local` here is run whenever the function is. */
  readonly makesLocalSurely: boolean;
  emit(event: NewEvent): void;
  /** The file ends here, surely or (with `perhaps`) only when the command succeeds or fails. */
  leave(perhaps: boolean): void;
}
