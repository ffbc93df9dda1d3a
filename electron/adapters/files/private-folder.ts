import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { syncFolder } from './file-beside.ts';

/**
 * Makes a folder that this user alone may enter, or takes one that is there: then it must be a folder of this user, no link, and
 * is made private.
 *
 * @throws {Error} when there is no such folder to be had
 */
export function makePrivateFolder(folder: string, userId: number | null): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncAbove(folder);
  const stats = lstatSync(folder);
  if (!stats.isDirectory()) throw new Error('not a folder');
  if (userId === null) return;
  if (stats.uid !== userId) throw new Error('another user’s folder');
  if ((stats.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Credence's own folder and the one around it may be as new as this one: without a name of theirs all in them would be lost. */
const NEW_FOLDERS = 3;

function syncAbove(folder: string): void {
  let above = folder;
  for (let left = NEW_FOLDERS; left > 0; left--) {
    above = path.dirname(above);
    syncFolder(above);
  }
}
