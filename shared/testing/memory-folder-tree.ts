import { joinPath, type PathStyle } from '../core/paths.ts';
import type { FolderListing, FolderTree } from '../ports/folder-tree.ts';
import type { FileTree } from './file-tree.ts';
import { memoryTree, type MemoryTree } from './memory-tree.ts';

/** The folders of a tree in memory. */
export function memoryFolderTree(tree: FileTree, style: PathStyle = 'posix'): FolderTree {
  const laid = memoryTree(tree, style);
  return { walk: (root, leftOut) => walk(laid, root, leftOut, style) };
}

function* walk(
  laid: MemoryTree,
  folder: string,
  leftOut: ReadonlySet<string>,
  style: PathStyle,
): Generator<FolderListing, void> {
  const listing = listingOf(laid, folder);
  yield listing;
  if (listing.state !== 'listed') return;
  for (const entry of listing.entries) {
    if (entry.isDirectory() && !leftOut.has(entry.name)) {
      yield* walk(laid, joinPath(style, folder, entry.name), leftOut, style);
    }
  }
}

function listingOf({ find, childrenOf }: MemoryTree, folder: string): FolderListing {
  const found = find(folder);
  if (found.state !== 'found') return { state: found.state, folder };
  if (found.node.kind !== 'folder') return { state: 'not-a-folder', folder };
  if (found.node.denied) return { state: 'denied', folder };
  const entries = childrenOf(found.path).map(({ name, kind }) => ({
    name,
    isDirectory: () => kind === 'folder',
    isSymbolicLink: () => kind === 'link',
  }));
  return { state: 'listed', folder, entries };
}
