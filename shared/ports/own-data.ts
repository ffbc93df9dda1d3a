/** Credence’s own folder: the only place that it writes to unasked. */
export interface OwnData {
  /** Where it is, for a person; `null` where there is no home to keep it in. */
  readonly folder: string | null;
  /** The text that was kept last; `null` when there is none, or it cannot be read. */
  read(): string | null;
  /** Keeps a text, whole or not at all; `false` when it cannot be kept. */
  write(text: string): boolean;
  /** Removes the folder with all that Credence ever put there; `false` when something of it is left. */
  remove(): boolean;
  /** Removes what `remove` had to leave while the app ran: its window’s engine writes there, and the lock of the only start lies in it. */
  removeRest(): void;
}
