/** The user’s own browser. */
export interface Browser {
  /**
   * Opens a page there. Only https, or http on a loopback address; never through a shell.
   *
   * @returns `opened`: handed over, which is all that can be known. `refused`: not such an address. `failed`: there is no browser
   */
  open(url: string): Promise<'opened' | 'refused' | 'failed'>;
}
