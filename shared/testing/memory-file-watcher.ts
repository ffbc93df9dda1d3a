import type { FileWatcher } from '../ports/file-watcher.ts';
import type { MemoryDisk } from './memory-disk.ts';

export interface MemoryFileWatcher extends FileWatcher {
  readonly watched: ReadonlySet<string>;
  /** As a system that loses count, and says so. */
  tellNothing(): void;
  /** From now on the system has no more watches to give. */
  limit(): void;
}

/** Watches a disk in memory: a path that reads otherwise than before a change has changed. It tells at once. */
export function memoryFileWatcher(disk: Pick<MemoryDisk, 'files' | 'onChange'>): MemoryFileWatcher {
  const { files } = disk;
  let watched: ReadonlySet<string> = new Set();
  let listed: ReadonlySet<string> = new Set();
  let before = new Map<string, string>();
  let listener: (path: string | null) => void = () => undefined;
  let state: FileWatcher['state'] = 'watching';

  const reads = (path: string): string =>
    JSON.stringify([files.realPath(path), files.inspect(path), listed.has(path) ? files.list(path) : null]);
  const readAll = (): Map<string, string> =>
    new Map([...watched, ...listed].map((path): [string, string] => [path, reads(path)]));

  disk.onChange(() => {
    const now = readAll();
    const changed = [...now].filter(([path, reading]) => before.get(path) !== reading);
    before = now;
    for (const [path] of changed) listener(path);
  });
  return {
    get watched() {
      return watched;
    },
    get state() {
      return state;
    },
    watch: (paths, folders) => {
      watched = paths;
      listed = folders;
      before = readAll();
    },
    onChange: (next) => {
      listener = next;
    },
    tellNothing: () => {
      listener(null);
    },
    limit: () => {
      state = 'limited';
    },
    close: () => {
      watched = new Set();
      listed = new Set();
      before = new Map();
    },
  };
}
