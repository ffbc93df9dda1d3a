import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { organisationNotesText } from '../../../shared/core/sign-in/organisation-notes.ts';
import type { OwnData } from '../../../shared/ports/own-data.ts';
import { nodeFileStore } from '../files/node-file-store.ts';
import { LOCKS_FOLDER } from '../locks/file-locks.ts';
import { KEYS_IN_CLEAR } from './keys-in-clear.ts';
import { NOTE_FILES, ownNotesFolder } from './own-notes-folder.ts';

const FILE = 'preferences.json';
/** What the window’s engine keeps; in use as long as the app runs. */
export const ENGINE_FOLDER = 'window';
/** Larger than any preferences; what is longer was not written by this program. */
const MOST_BYTES = 256 * 1024;

/** Keeps one text in a folder of its own, for this user alone. */
export function ownDataFolder(folder: string | null): OwnData {
  const file = folder === null ? null : path.join(folder, FILE);
  return {
    folder,
    read: () => {
      // A FIFO in its place must not hold up the start.
      const reading = file === null ? null : nodeFileStore.read(file, MOST_BYTES);
      return reading?.state === 'read' ? reading.text : null;
    },
    write: (text) => {
      if (folder === null || file === null) return false;
      const beside = `${file}.new`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // What a run that was ended has left there may have another mode, or lead elsewhere.
        rmSync(beside, { recursive: true, force: true });
        writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true });
        renameSync(beside, file);
        return true;
      } catch {
        removeQuietly(beside);
        return false;
      }
    },
    remove: () => {
      if (folder === null) return true;
      // Of a link only the link goes: what it leads to may hold more than Credence put there, so that is left and told.
      const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
      if (isLink) {
        removeQuietly(folder);
        return false;
      }
      const names = namesIn(folder);
      // Each of these keys may be the only copy, and something may look it up here.
      const keptKeys = namesIn(path.join(folder, KEYS_IN_CLEAR)).length > 0;
      const keptSignIns = holdsSignIns(folder);
      const kept = [ENGINE_FOLDER, ...(keptKeys ? [KEYS_IN_CLEAR] : []), ...(keptSignIns ? SIGN_INS : [])];
      if (!names.some((name) => kept.includes(name))) return removeQuietly(folder);
      const others = names.filter((name) => !kept.includes(name));
      return others.map((name) => removeQuietly(path.join(folder, name))).every(Boolean) && !keptSignIns;
    },
    removeRest: () => {
      if (folder === null) return;
      // Only what is Credence’s alone by now.
      if (namesIn(folder).every((name) => name === ENGINE_FOLDER)) removeQuietly(folder);
    },
  };
}

/**
 * Tokens in the keychain are found by these again, to be revoked and deleted; without them they would be left there, and nobody
 * would know. `credence logout --provider` ends each sign-in, and with the last one they go too.
 */
const SIGN_INS: readonly string[] = [NOTE_FILES.organisations, NOTE_FILES.providers, LOCKS_FOLDER];

/** A note that cannot be read may name some. */
function holdsSignIns(folder: string): boolean {
  const text = ownNotesFolder(folder).read('organisations');
  if (text === null) return namesIn(folder).includes(NOTE_FILES.organisations);
  return text !== organisationNotesText([]);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeQuietly(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
