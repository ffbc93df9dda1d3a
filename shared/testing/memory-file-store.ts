import type { PathStyle } from '../core/paths.ts';
import type { FileReading, FileStore, PathFacts } from '../ports/file-store.ts';
import type { FileTree, LinkEntry } from './file-tree.ts';
import { memoryTree, type Found, type MemoryNode } from './memory-tree.ts';

export interface MemoryFileStoreOptions {
  /** Owner of all there is. */
  readonly ownerId?: number;
  readonly style?: PathStyle;
}

/** Files in memory, with links, permissions, FIFOs and every kind of trouble that real ones have. */
export function memoryFileStore(
  tree: FileTree,
  { ownerId = 0, style = 'posix' }: MemoryFileStoreOptions = {},
): FileStore {
  const { find, linkAt, childrenOf } = memoryTree(tree, style);
  return {
    read: (path, maxBytes, encoding) => read(find(path), maxBytes, ownerId, encoding),
    list: (folder) => {
      const found = find(folder);
      if (found.state !== 'found' || found.node.kind !== 'folder' || found.node.denied) return null;
      return childrenOf(found.path).map(({ name }) => name);
    },
    inspect: (path) => {
      const found = find(path);
      return found.state === 'found' ? factsOf(found.node, ownerId) : null;
    },
    realPath: (path) => {
      const found = find(path);
      return found.state === 'found' ? found.path : path;
    },
    linkAt: (path) => {
      const link = linkAt(path);
      return link === null ? null : { to: link.to, ownerId };
    },
  };
}

function read(
  found: Found,
  maxBytes: number,
  ownerId: number,
  encoding: 'utf8' | 'latin1' = 'utf8',
): FileReading {
  if (found.state !== 'found') return { state: found.state };
  const { node, path } = found;
  if (node.kind !== 'file') return { state: 'not-a-file' };
  if (node.denied) return { state: 'denied' };
  if (node.bytes > maxBytes) return { state: 'too-large' };
  const text = encoding === 'utf8' ? node.text : node.latin1();
  return { state: 'read', text, realPath: path, mode: node.mode, ownerId };
}

function factsOf(node: Exclude<MemoryNode, LinkEntry>, ownerId: number): PathFacts {
  switch (node.kind) {
    case 'file':
      return { kind: 'file', mode: node.mode, ownerId, changedAt: node.changedAt, size: node.bytes };
    case 'folder':
      return { kind: 'folder', mode: node.mode, ownerId, changedAt: 0, size: 0 };
    case 'fifo':
      return { kind: 'other', mode: 0o600, ownerId, changedAt: 0, size: 0 };
  }
}
