import type { FileReading, FileStore } from '../../ports/file-store.ts';

/** Settings beyond this are not read by Claude Code either (documented). */
export const SETTINGS_LIMIT = 2 * 1024 * 1024;
/** Everything else. */
export const FILE_LIMIT = 16 * 1024 * 1024;

/** One pass over the files: each is read once, whoever asks for it. */
export interface FilePass {
  read(path: string, maxBytes?: number): FileReading;
  /** The text, or `null` for whatever reason; for files whose trouble changes nothing. */
  text(path: string, maxBytes?: number): string | null;
  list(folder: string): readonly string[];
  exists(path: string): boolean;
  readonly store: FileStore;
}

/** A folder in the place of a file, or a circle of links, counts as nothing at all (measured); a FIFO does not. */
export function isPassedOver(pass: FilePass, path: string, state: FileReading['state']): boolean {
  return state === 'link-loop' || (state === 'not-a-file' && pass.store.inspect(path)?.kind === 'folder');
}

export function startPass(store: FileStore): FilePass {
  const readings = new Map<string, FileReading>();
  const read = (path: string, maxBytes = FILE_LIMIT): FileReading => {
    const known = readings.get(path);
    if (known !== undefined) return known;
    const reading = store.read(path, maxBytes);
    readings.set(path, reading);
    return reading;
  };
  return {
    read,
    text: (path, maxBytes) => {
      const reading = read(path, maxBytes);
      return reading.state === 'read' ? reading.text : null;
    },
    list: (folder) => store.list(folder) ?? [],
    exists: (path) => store.inspect(path) !== null,
    store,
  };
}
