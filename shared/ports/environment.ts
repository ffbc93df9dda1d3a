/**
 * The process's own environment: of the terminal command, that of the shell it was started from; of the tray, not the user's
 * shell's. Values are raw and must not leave the gathering frame.
 */
export interface Environment {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The home folder as a program finds it (`HOME`, else the account's), or `null`. */
  readonly home: string | null;
  /** Where the process was started. */
  readonly workingFolder: string;
  /** The account's name, for keychain items. */
  readonly userName: string;
  /** POSIX user number, or `null`. */
  readonly userId: number | null;
  readonly insideContainer: boolean;
}
