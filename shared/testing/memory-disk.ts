import type { FileStore } from '../ports/file-store.ts';
import type { FileTree, FileTreeEntry } from './file-tree.ts';
import { memoryFileStore } from './memory-file-store.ts';

/** What can be done to files while somebody watches them. Absolute paths; folders on the way to a file are made. */
export interface ChangingDisk {
  /** In place, as `>` does it. */
  write(path: string, text: string): void;
  /** Written beside and renamed, as editors do it. */
  replace(path: string, text: string): void;
  /** Makes a link, or leads one elsewhere. */
  link(path: string, to: string): void;
  makeFolder(path: string): void;
  /** A file, a link, or a folder with all that is in it. */
  remove(path: string): void;
  move(from: string, to: string): void;
}

export interface MemoryDisk extends ChangingDisk {
  /** As it is at each moment. */
  readonly files: FileStore;
  /** What is at a path itself, a link not followed; a path with no link on the way. */
  entryAt(path: string): FileTreeEntry | null;
  /** Puts anything there, with its mode; a path with no link on the way. */
  lay(path: string, entry: FileTreeEntry): void;
  /** Calls the listener after every change. */
  onChange(listener: () => void): void;
}

/** Files in memory that can be changed. */
export function memoryDisk(tree: FileTree = {}, ownerId = 0): MemoryDisk {
  const entries = new Map<string, FileTreeEntry>(Object.entries(tree));
  const listeners: (() => void)[] = [];
  let store = memoryFileStore(tree, { ownerId });
  let changes = 0;
  const isWithin = (path: string, folder: string): boolean =>
    path === folder || path.startsWith(`${folder}/`);
  /** Where a path lies once the links on the way to it are followed. */
  const placed = (path: string): string => {
    const cut = path.lastIndexOf('/');
    const folder = path.slice(0, cut);
    return `${store.inspect(folder)?.kind === 'folder' ? store.realPath(folder) : folder}${path.slice(cut)}`;
  };
  const changed = (): void => {
    store = memoryFileStore(Object.fromEntries(entries), { ownerId });
    for (const listener of listeners) listener();
  };
  const put = (path: string, content: string): void => {
    changes += 1;
    entries.set(path, { kind: 'file', content, changedAt: changes });
    changed();
  };
  const take = (path: string): void => {
    for (const known of [...entries.keys()]) if (isWithin(known, path)) entries.delete(known);
  };
  return {
    files: {
      read: (path, maxBytes, encoding) => store.read(path, maxBytes, encoding),
      list: (folder) => store.list(folder),
      inspect: (path) => store.inspect(path),
      realPath: (path) => store.realPath(path),
      linkAt: (path) => store.linkAt(path),
    },
    entryAt: (path) =>
      entries.get(path) ?? (store.inspect(path)?.kind === 'folder' ? { kind: 'folder' } : null),
    lay: (path, entry) => {
      entries.set(path, entry);
      changed();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
    write: (path, text) => {
      put(store.inspect(path) === null ? placed(path) : store.realPath(path), text);
    },
    replace: (path, text) => {
      put(placed(path), text);
    },
    link: (path, to) => {
      entries.set(placed(path), { kind: 'link', to });
      changed();
    },
    makeFolder: (path) => {
      entries.set(placed(path), { kind: 'folder' });
      changed();
    },
    remove: (path) => {
      take(placed(path));
      changed();
    },
    move: (from, to) => {
      const [source, target] = [placed(from), placed(to)];
      const moved = [...entries].filter(([path]) => isWithin(path, source));
      take(source);
      for (const [path, entry] of moved) entries.set(`${target}${path.slice(source.length)}`, entry);
      changed();
    },
  };
}
