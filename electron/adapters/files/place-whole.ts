import { closeSync, fsyncSync, renameSync } from 'node:fs';
import path from 'node:path';
import { discard, makeBeside, syncFolder, verify, writeAll } from './file-beside.ts';

/**
 * Puts a whole file in place, for this user alone: the old one or the new one is there at every moment, and the new one is on the
 * disk when this is over.
 *
 * @throws {Error} when it cannot; the old file is as it was
 */
export function placeWhole(file: string, content: Uint8Array): void {
  const beside = makeBeside(file);
  try {
    writeAll(beside.descriptor, content);
    fsyncSync(beside.descriptor);
    verify(beside.descriptor, content);
    renameSync(beside.path, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    discard(beside);
    throw error;
  } finally {
    closeSync(beside.descriptor);
  }
}
