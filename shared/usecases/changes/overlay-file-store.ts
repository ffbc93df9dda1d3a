import { textOfBytes } from '../../core/remedies/byte-text.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { FileReading, FileStore } from '../../ports/file-store.ts';

/** Mode of a file that Credence makes. */
const OWN_MODE = 0o600;

/**
 * The files as they would be: each of some real paths with another content, everything else as it is.
 *
 * @param contents bytes by real path
 */
export function overlayFileStore(
  files: FileStore,
  contents: ReadonlyMap<string, Bytes>,
  userId: number | null,
): FileStore {
  return {
    ...files,
    read: (path, maxBytes, encoding): FileReading => {
      const bytes = contents.get(path) ?? contents.get(files.realPath(path));
      if (bytes === undefined) return files.read(path, maxBytes, encoding);
      const reading = files.read(path, maxBytes, encoding);
      const text = encoding === 'latin1' ? bytes : textOfBytes(bytes);
      if (reading.state === 'read') return { ...reading, text };
      if (reading.state !== 'absent') return reading;
      return { state: 'read', text, realPath: path, mode: OWN_MODE, ownerId: userId ?? 0 };
    },
    inspect: (path) => {
      const found = files.inspect(path);
      const bytes = contents.get(path);
      if (found !== null || bytes === undefined) return found;
      return { kind: 'file', mode: OWN_MODE, ownerId: userId ?? 0, changedAt: 0, size: bytes.length };
    },
  };
}
