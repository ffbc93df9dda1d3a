/**
 * The folders below a folder, for looking through thousands of them. Links are never followed on the way, so there are no
 * cycles; nothing is kept of what has been passed.
 */
export interface FolderTree {
  /**
   * Each folder once, the root first, then in each folder its folders in the order of their names by code unit. A folder that
   * is gone when its turn comes was not there.
   *
   * @param root absolute; the one place where a link is followed
   * @param leftOut names of folders that are not entered
   */
  walk(root: string, leftOut: ReadonlySet<string>): Iterable<FolderListing>;
}

export type FolderListing =
  | { readonly state: 'listed'; readonly folder: string; readonly entries: readonly ListedEntry[] }
  | { readonly state: FolderTrouble; readonly folder: string };

/** What lies in a folder, by name and kind; of a link its own kind is told, not that of what it leads to. */
export interface ListedEntry {
  readonly name: string;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** Why a folder could not be listed; `absent`, `not-a-folder` and `link-loop` are only ever said of a root. */
export type FolderTrouble =
  | 'absent'
  | 'not-a-folder'
  | 'link-loop'
  | 'denied'
  /** Longer than the system takes. */
  | 'path-too-long'
  /** Its name is bytes that are no text, so that no path leads there. */
  | 'name-not-text'
  | 'failed';
