import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

/**
 * Writes a whole file that only this user can read, in a folder that only this user can enter; both are made. The old file or the
 * new one is there at every moment, and the new one is on the disk when this is over.
 *
 * @throws {Error} when it cannot; the old file is as it was
 */
export function writePrivateFile(file: string, text: string): void {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A link would put it where others may look.
  if (!lstatSync(folder).isDirectory()) throw new Error('not a folder');
  chmodSync(folder, 0o700);
  const beside = path.join(folder, `.${randomBytes(8).toString('hex')}.new`);
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** So that the name is on the disk too. Windows has no such thing for folders. */
function syncFolder(folder: string): void {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch {
    // The file itself is safe.
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
