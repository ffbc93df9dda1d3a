import type { FileStore } from '../ports/file-store.ts';

/** What a pass has asked about, there or not: what a watcher has to watch. */
export interface NotedPaths {
  readonly asked: ReadonlySet<string>;
  /** Folders whose names were asked for. */
  readonly listed: ReadonlySet<string>;
}

/** A file store that notes every path it is asked about. */
export function notingFileStore(store: FileStore): NotedPaths & { readonly files: FileStore } {
  const asked = new Set<string>();
  const listed = new Set<string>();
  const note = <T>(path: string, answer: T): T => {
    asked.add(path);
    return answer;
  };
  return {
    asked,
    listed,
    files: {
      read: (path, maxBytes, encoding) => note(path, store.read(path, maxBytes, encoding)),
      list: (folder) => {
        listed.add(folder);
        return note(folder, store.list(folder));
      },
      inspect: (path) => note(path, store.inspect(path)),
      realPath: (path) => store.realPath(path),
      linkAt: (path) => store.linkAt(path),
    },
  };
}
