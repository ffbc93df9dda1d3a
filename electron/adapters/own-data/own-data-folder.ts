import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OwnData } from '../../../shared/ports/own-data.ts';

const FILE = 'preferences.json';
/** Larger than any preferences; what is longer was not written by this program. */
const MOST_BYTES = 256 * 1024;

/** Keeps one text in a folder of its own, for this user alone. */
export function ownDataFolder(folder: string | null): OwnData {
  const file = folder === null ? null : path.join(folder, FILE);
  return {
    folder,
    read: () => {
      if (file === null) return null;
      try {
        const bytes = readFileSync(file);
        return bytes.length > MOST_BYTES ? null : bytes.toString('utf8');
      } catch {
        return null;
      }
    },
    write: (text) => {
      if (folder === null || file === null) return false;
      const beside = `${file}.new`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(beside, text, { mode: 0o600, flush: true });
        renameSync(beside, file);
        return true;
      } catch {
        return false;
      }
    },
    remove: () => {
      if (folder === null) return true;
      try {
        rmSync(folder, { recursive: true, force: true });
        return true;
      } catch {
        return false;
      }
    },
  };
}
