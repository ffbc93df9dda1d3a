import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { ChangeStore } from '../../../shared/ports/change-store.ts';
import { isNameBeside, nameBeside, quietly, syncFolder } from '../files/file-beside.ts';
import { placeWhole } from '../files/place-whole.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { nativeFiles } from '../files/native-files.ts';
import { readAll, SAFELY } from '../files/read-target.ts';
import { codeOf } from '../files/write-refusal.ts';
import { holdLock } from '../locks/hold-lock.ts';
import { wipe } from './wipe.ts';

const FOLDER = 'changes';
/** No blob can have this name. */
const LOCK = '_lock';
const NAME = /^[a-z0-9-][a-z0-9.-]{0,199}$/;
const ID_BYTES = 4;
/** Several files of the largest size, sealed and encoded. */
const MOST_BYTES = 128 * 1024 * 1024;

/**
 * Keeps changes in a folder of its own below Credence’s, one file for each blob.
 *
 * @param ownFolder Credence’s own; `null`: there is none, so nothing is kept
 * @param userId `null` where the system has no such numbers (Windows)
 */
export function changeStore(ownFolder: string | null, userId: number | null): ChangeStore {
  const folder = ownFolder === null ? null : path.join(ownFolder, FOLDER);
  const fileOf = (name: string): string | null =>
    folder === null || !NAME.test(name) ? null : path.join(folder, name);
  const names = (): readonly string[] =>
    folder === null ? [] : namesIn(folder).filter((name) => NAME.test(name));
  return {
    alone: async (milliseconds, run) => {
      const native = await nativeFiles();
      if (folder === null || native === null) return 'unavailable';
      let free: (() => void) | null;
      try {
        makePrivateFolder(folder, userId);
        free = await holdLock(path.join(folder, LOCK), milliseconds, native);
      } catch {
        return 'unavailable';
      }
      if (free === null) return 'busy';
      try {
        wipeLeftovers(folder);
        return await run();
      } finally {
        free();
      }
    },
    names,
    read: (name) => {
      const file = fileOf(name);
      return file === null ? null : readBlob(file, userId);
    },
    write: (name, bytes) => {
      const file = fileOf(name);
      return (
        file !== null &&
        folder !== null &&
        quietly(() => {
          makePrivateFolder(folder, userId);
          placeWhole(file, Buffer.from(bytes, 'latin1'));
        })
      );
    },
    remove: (name) => {
      const file = fileOf(name);
      return (
        file !== null &&
        quietly(() => {
          removeBlob(file);
        })
      );
    },
    newId: () => {
      for (;;) {
        const id = randomBytes(ID_BYTES).toString('hex');
        if (!names().some((name) => name.includes(id))) return id;
      }
    },
  };
}

function readBlob(file: string, userId: number | null): Bytes | null {
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null;
    const descriptor = openSync(file, constants.O_RDONLY | SAFELY);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile() || (userId !== null && stats.uid !== userId)) return null;
      return readAll(descriptor, MOST_BYTES).toString('latin1');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/** Out of the way first, and that for good: under its name there is never half a blob. */
function removeBlob(file: string): void {
  const beside = nameBeside(file);
  try {
    renameSync(file, beside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    syncFolder(path.dirname(file));
  } catch (error) {
    renameSync(beside, file);
    throw error;
  }
  wipe(beside);
  syncFolder(path.dirname(file));
}

/** What a run left that was killed; only while alone. */
function wipeLeftovers(folder: string): void {
  for (const name of namesIn(folder).filter(isNameBeside)) {
    quietly(() => {
      wipe(path.join(folder, name));
    });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
