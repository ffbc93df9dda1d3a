import { fstatSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { nameBeside, quietly, type FileBeside } from './file-beside.ts';
import type { NativeFiles } from './native-files.ts';
import { codeOf, Refused } from './write-refusal.ts';

/** How often those that put files in one place at one moment give way to each other. */
const TRIES = 1000;
const NO_EXCHANGE: readonly (string | undefined)[] = ['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];
const NO_LINKS: readonly (string | undefined)[] = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/** Whether the file at a path is the one that is to be changed. */
export type IsExpected = (path: string) => boolean;

/**
 * Puts a file in another's place. A plain rename would destroy whatever stands there by then, also what another program put
 * there a moment ago. So the two change places in one step, and only when what came out is what was expected it is removed;
 * else both go back. At every moment one of them stands there whole.
 *
 * @throws {Refused} `changed`, with the new file beside again
 */
export function putInstead(
  beside: FileBeside,
  real: string,
  native: NativeFiles | null,
  isExpected: IsExpected,
): void {
  if (native === null || !exchanged(native, beside.path, real)) {
    // No such step on this file system: the check just before is all there is.
    renameSync(beside.path, real);
    return;
  }
  try {
    if (!isExpected(beside.path)) throw new Refused('changed');
    unlinkSync(beside.path);
  } catch (error) {
    takeBack(beside, real, native);
    throw error;
  }
}

/** @throws {Refused} `changed` when something is there by now */
export function putNew(beside: FileBeside, real: string): void {
  try {
    linkSync(beside.path, real);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Refused('changed');
    if (!NO_LINKS.includes(codeOf(error))) throw error;
    if (lstatSync(real, { throwIfNoEntry: false }) !== undefined) throw new Refused('changed');
    renameSync(beside.path, real);
    return;
  }
  try {
    unlinkSync(beside.path);
  } catch (error) {
    quietly(() => {
      unlinkSync(real);
    });
    throw error;
  }
}

/**
 * Removes a file, after it was moved out of the way and looked at there.
 *
 * @throws {Refused} `changed`, with the file in its place again
 */
export function takeAway(real: string, isExpected: IsExpected): void {
  const beside = nameBeside(real);
  try {
    renameSync(real, beside);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new Refused('changed') : error;
  }
  try {
    if (!isExpected(beside)) throw new Refused('changed');
    unlinkSync(beside);
  } catch (error) {
    giveBack(beside, real);
    throw error;
  }
}

function exchanged(native: NativeFiles, one: string, other: string): boolean {
  try {
    native.swapSync(one, other);
    return true;
  } catch (error) {
    if (NO_EXCHANGE.includes(codeOf(error))) return false;
    throw codeOf(error) === 'ENOENT' ? new Refused('changed') : error;
  }
}

/**
 * Goes on until what comes out is the new file itself: where several do this at once, what comes out first may be another
 * one’s, which is then given back in turn. When the new file is nowhere any more, somebody has replaced it, and with it what it
 * had replaced: then the newest stays there, and goes on until nothing newer comes out.
 */
function takeBack({ path: beside, descriptor }: FileBeside, real: string, native: NativeFiles): void {
  const own = fstatSync(descriptor, { bigint: true }).ino;
  let putLast = own;
  for (let left = TRIES; left > 0; left--) {
    const carried = inodeOf(beside);
    try {
      native.swapSync(beside, real);
    } catch (error) {
      // Somebody has removed the new file; what it had replaced is kept.
      if (codeOf(error) === 'ENOENT') giveBack(beside, real);
      return;
    }
    const cameOut = inodeOf(beside);
    if (cameOut === own) return;
    if (cameOut === putLast && fstatSync(descriptor).nlink === 0) {
      quietly(() => {
        unlinkSync(beside);
      });
      return;
    }
    putLast = carried ?? own;
  }
}

function inodeOf(file: string): bigint | undefined {
  return lstatSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** Unless there is something newer by now. */
function giveBack(beside: string, real: string): void {
  quietly(() => {
    linkSync(beside, real);
    unlinkSync(beside);
  });
}
