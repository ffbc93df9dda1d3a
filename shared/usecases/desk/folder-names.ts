import type { FolderChoice, FolderId } from '../../ipc/snapshot.ts';

/** Gives folders ids, so that the window can name them without a path, and says how each is shown. */
export interface FolderNames {
  readonly choice: (path: string) => FolderChoice;
  /** `null`: nobody was told this id. */
  readonly path: (id: FolderId) => string | null;
}
