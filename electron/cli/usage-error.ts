/** The command line is wrong; `message` says how, for the person who typed it. */
export class UsageError extends Error {
  readonly command: string | null;

  constructor(message: string, command: string | null) {
    super(message);
    this.name = 'UsageError';
    this.command = command;
  }
}
