import path from 'node:path';
import type { Locks } from '../../../shared/ports/locks.ts';
import { nativeFiles } from '../files/native-files.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { holdLock } from './hold-lock.ts';

/** In Credence’s own folder; the files in it are empty, and stay, since one that is removed locks nobody out. */
export const LOCKS_FOLDER = 'locks';
const NAME = /^[a-z0-9-]{1,80}$/;

/**
 * Locks of the operating system on files of this user.
 *
 * @param ownFolder Credence’s own; `null`: there is none, so no lock is to be had
 * @param userId `null` where the system has no such numbers (Windows)
 */
export function fileLocks(ownFolder: string | null, userId: number | null): Locks {
  return {
    alone: async (name, milliseconds, run) => {
      const native = await nativeFiles();
      if (ownFolder === null || native === null || !NAME.test(name)) return 'unavailable';
      const folder = path.join(ownFolder, LOCKS_FOLDER);
      let free: (() => void) | null;
      try {
        makePrivateFolder(folder, userId);
        free = await holdLock(path.join(folder, name), milliseconds, native);
      } catch {
        return 'unavailable';
      }
      if (free === null) return 'busy';
      try {
        return await run();
      } finally {
        free();
      }
    },
  };
}
