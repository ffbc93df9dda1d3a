import { closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { NativeFiles } from '../files/native-files.ts';
import { SAFELY } from '../files/read-target.ts';

/** Milliseconds: short, as what is done alone is over in some of them. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 25;

/**
 * Takes an operating system's lock on a file, which it frees when the process ends however it ends. It belongs to the opened
 * file and not to the process, so it keeps out others in the same process too; children do not inherit it.
 *
 * @returns what frees it, or `null` after the deadline
 * @throws {NodeJS.ErrnoException} where no file system or system gives such a lock
 */
export async function holdLock(
  file: string,
  milliseconds: number,
  native: NativeFiles,
): Promise<(() => void) | null> {
  const until = performance.now() + milliseconds;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const descriptor = tryOnce(file, native);
    if (descriptor !== null) {
      return () => {
        closeSync(descriptor);
      };
    }
    const left = until - performance.now();
    if (left <= 0) return null;
    await wait(Math.min(pause, left));
  }
}

function tryOnce(file: string, native: NativeFiles): number | null {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT | SAFELY, 0o600);
  let isHeld = false;
  try {
    // When the file was removed in between, another process may hold the one that has its name now.
    isHeld = native.tryLock(descriptor) && isAt(file, descriptor);
  } finally {
    if (!isHeld) closeSync(descriptor);
  }
  return isHeld ? descriptor : null;
}

function isAt(file: string, descriptor: number): boolean {
  const there = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  const held = fstatSync(descriptor, { bigint: true });
  return there?.ino === held.ino && there.dev === held.dev;
}
