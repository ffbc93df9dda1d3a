/** Locks of the operating system among all processes of this user: freed when a process dies, however it dies. */
export interface Locks {
  /**
   * Runs alone under a name. Not to be nested under one name.
   *
   * @param name `[a-z0-9-]`, at most 80 of these
   * @param milliseconds how long to wait at most; a holder that is stopped is waited for, never robbed
   * @returns `busy` after that, `unavailable` where no lock is to be had: then nothing was run
   */
  alone<T>(name: string, milliseconds: number, run: () => Promise<T>): Promise<T | 'busy' | 'unavailable'>;
}
