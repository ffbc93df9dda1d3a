import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { NOTE_FILES, type OwnNotes } from '../../../shared/ports/own-notes.ts';
import { nodeFileStore } from '../files/node-file-store.ts';
import { placeWhole } from '../files/place-whole.ts';

/** Some hundred providers; what is longer was not written by this program. */
const MOST_BYTES = 256 * 1024;

/**
 * One file for each note, for this user alone.
 *
 * @param ownFolder Credence’s own; `null`: there is none, so nothing is kept
 */
export function ownNotesFolder(ownFolder: string | null): OwnNotes {
  return {
    read: (name) => {
      // A FIFO in its place must not hold up whoever looks.
      const reading =
        ownFolder === null ? null : nodeFileStore.read(path.join(ownFolder, NOTE_FILES[name]), MOST_BYTES);
      return reading?.state === 'read' ? reading.text : null;
    },
    write: (name, text) => {
      const bytes = Buffer.from(text);
      if (ownFolder === null || bytes.length > MOST_BYTES) return false;
      try {
        // It may be a link: people keep their settings elsewhere.
        mkdirSync(ownFolder, { recursive: true, mode: 0o700 });
        placeWhole(path.join(ownFolder, NOTE_FILES[name]), bytes);
        return true;
      } catch {
        return false;
      }
    },
  };
}
