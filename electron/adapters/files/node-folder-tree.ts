import { readdirSync, statSync, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import type { FolderListing, FolderTree, FolderTrouble } from '../../../shared/ports/folder-tree.ts';

/**
 * Lists synchronously: nearly all the time is the kernel's, and handing ten thousand small listings to a pool of threads and
 * back takes longer than making them (measured).
 */
export const nodeFolderTree: FolderTree = { walk };

function* walk(root: string, leftOut: ReadonlySet<string>): Generator<FolderListing, void> {
  // A stack of its own: what waits is at most the brothers of the folders on the way down.
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      const trouble = troubleOf(error, folder);
      if (folder === root || !isGone(trouble)) yield { state: trouble, folder };
      continue;
    }
    yield { state: 'listed', folder, entries };
    const base = folder.endsWith(sep) ? folder : folder + sep;
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.isDirectory() && !leftOut.has(entry.name)) names.push(entry.name);
    }
    if (names.length > 1) names.sort();
    for (let at = names.length - 1; at >= 0; at--) pending.push(base + (names[at] ?? ''));
  }
}

/** Below the root these mean that something changed since the folder above was listed. */
function isGone(trouble: FolderTrouble): boolean {
  return trouble === 'absent' || trouble === 'not-a-folder' || trouble === 'link-loop';
}

function troubleOf(error: unknown, folder: string): FolderTrouble {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ERR_INVALID_ARG_VALUE':
      return absenceOf(folder);
    case 'ENOTDIR':
      return 'not-a-folder';
    case 'ELOOP':
      return 'link-loop';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'ENAMETOOLONG':
      return 'path-too-long';
    case undefined:
    default:
      return 'failed';
  }
}

function absenceOf(folder: string): FolderTrouble {
  // The replacement character stands for bytes that were no UTF-8, unless it is really in the name.
  if (folder.includes('\ufffd')) return 'name-not-text';
  try {
    // Where the file system does not tell kinds, an entry that vanishes while its kind is asked for looks like this too.
    return statSync(folder, { throwIfNoEntry: false }) === undefined ? 'absent' : 'failed';
  } catch {
    return 'absent';
  }
}
