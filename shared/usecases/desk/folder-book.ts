import type { FolderChoice, FolderId } from '../../ipc/snapshot.ts';
import type { Environment } from '../../ports/environment.ts';
import { shortPath } from '../../presentation/short-path.ts';
import { printable } from '../../presentation/printable.ts';

/** How much of a folder fits into the context bar: characters. */
const ROOM = 30;
const LONGEST_TITLE = 4_096;

/** Gives folders ids, so that the window can name them without a path. */
export interface FolderBook {
  readonly choice: (path: string) => FolderChoice;
  /** `null`: nobody was told this id. */
  readonly path: (id: FolderId) => string | null;
}

export function folderBook({ home, platform }: Pick<Environment, 'home' | 'platform'>): FolderBook {
  const ids = new Map<string, FolderId>();
  const paths = new Map<FolderId, string>();
  return {
    choice: (path) => {
      const id = ids.get(path) ?? `folder-${String(ids.size + 1)}`;
      ids.set(path, id);
      paths.set(id, path);
      return { id, label: shortPath(path, { home, platform }, ROOM), path: printable(path, LONGEST_TITLE) };
    },
    path: (id) => paths.get(id) ?? null,
  };
}
