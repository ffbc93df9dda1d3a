import { closeSync, constants, fstatSync, fsyncSync, openSync, unlinkSync } from 'node:fs';
import { SAFELY } from '../files/read-target.ts';
import { writeAll } from '../files/file-beside.ts';

const CHUNK = 64 * 1024;

/**
 * Overwrites a file and removes it. What it held cannot be read by name any more, nor from the blocks on a disk that overwrites
 * in place; journals, snapshots, copy-on-write file systems and flash memory may keep the old blocks, and nothing here can reach
 * those. That is why what is secret is sealed as well where there is a keychain.
 *
 * @throws {NodeJS.ErrnoException}
 */
export function wipe(file: string): void {
  try {
    overwrite(file);
  } finally {
    unlinkSync(file);
  }
}

function overwrite(file: string): void {
  const descriptor = openSync(file, constants.O_WRONLY | SAFELY);
  try {
    const { size } = fstatSync(descriptor);
    for (let start = 0; start < size; start += CHUNK)
      writeAll(descriptor, Buffer.alloc(Math.min(CHUNK, size - start)), start);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
