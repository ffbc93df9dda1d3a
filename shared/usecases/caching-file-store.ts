import type { FileReading, FileStore } from '../ports/file-store.ts';

/** Characters of text that are kept at most: the user's own files many times over, but not every repository's index. */
const MOST_TEXT = 32 * 1024 * 1024;

/** Answers each question from the first answer to it: what several passes of one answer need is read once. */
export function cachingFileStore(store: FileStore, mostText: number = MOST_TEXT): FileStore {
  return {
    read: rememberedReadings(store, mostText),
    list: remembered((folder) => store.list(folder)),
    inspect: remembered((path) => store.inspect(path)),
    realPath: remembered((path) => store.realPath(path)),
    linkAt: remembered((path) => store.linkAt(path)),
  };
}

function remembered<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, T>();
  return (path) => {
    const known = answers.get(path);
    if (known !== undefined) return known;
    const answer = ask(path);
    answers.set(path, answer);
    return answer;
  };
}

/** When the texts become too many, those that were not asked for the longest are forgotten. */
function rememberedReadings(store: FileStore, mostText: number): FileStore['read'] {
  /** In the order in which they were asked for last. */
  const readings = new Map<string, FileReading>();
  let kept = 0;
  return (path, maxBytes, encoding = 'utf8') => {
    // The same file may be too large for one reader and not for another.
    const key = `${maxBytes} ${encoding} ${path}`;
    const known = readings.get(key);
    const reading = known ?? store.read(path, maxBytes, encoding);
    if (lengthOf(reading) > mostText) return reading;
    if (known !== undefined) readings.delete(key);
    else kept += lengthOf(reading);
    readings.set(key, reading);
    // Deleting what a map's own walk has just come to is allowed.
    for (const [oldest, other] of readings) {
      if (kept <= mostText) break;
      readings.delete(oldest);
      kept -= lengthOf(other);
    }
    return reading;
  };
}

function lengthOf(reading: FileReading): number {
  return reading.state === 'read' ? reading.text.length : 0;
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
    linkAt: (path) => of(path).linkAt(path),
  };
}
