import type { FolderId } from '../../ipc/snapshot.ts';
import type { Environment } from '../../ports/environment.ts';
import type { FolderNames } from '../../usecases/desk/folder-names.ts';
import { printable } from '../printable.ts';
import { shortPath } from '../short-path.ts';

/** How much of a folder fits into the context bar: characters. */
const ROOM = 30;
const LONGEST_TITLE = 4_096;

/** One for the life of the app: an id means the same folder in every snapshot. */
export function folderBook({ home, platform }: Pick<Environment, 'home' | 'platform'>): FolderNames {
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
