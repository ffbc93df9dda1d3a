import type { FileStore } from '../ports/file-store.ts';

/** Answers each question from the first answer to it: what several passes of one answer need is read once. */
export function cachingFileStore(store: FileStore): FileStore {
  return {
    read: remembered((path, maxBytes, encoding) => store.read(path, maxBytes, encoding)),
    list: remembered((folder) => store.list(folder)),
    inspect: remembered((path) => store.inspect(path)),
    realPath: remembered((path) => store.realPath(path)),
  };
}

/** By path, and by what else was asked: a file may be too large for one reader and not for another. */
function remembered<More extends readonly (string | number | undefined)[], T>(
  ask: (path: string, ...more: More) => T,
): (path: string, ...more: More) => T {
  const answers = new Map<string, T>();
  return (path, ...more) => {
    const key = more.length === 0 ? path : `${more.join(' ')} ${path}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(path, ...more);
    answers.set(key, answer);
    return answer;
  };
}

/** Asks `inner` about what lies in a folder, `outer` about everything else. */
export function splitFileStore(
  isInside: (path: string) => boolean,
  inner: FileStore,
  outer: FileStore,
): FileStore {
  const of = (path: string): FileStore => (isInside(path) ? inner : outer);
  return {
    read: (path, maxBytes, encoding) => of(path).read(path, maxBytes, encoding),
    list: (folder) => of(folder).list(folder),
    inspect: (path) => of(path).inspect(path),
    realPath: (path) => of(path).realPath(path),
  };
}
