import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { readAll, SAFELY, sha256 } from './read-target.ts';
import { codeOf, Refused } from './write-refusal.ts';

/** A new file, not yet under the name that it is for. */
export interface FileBeside {
  readonly path: string;
  readonly descriptor: number;
}

const LONGEST_PART = 200;
const RANDOM_BYTES = 8;
const TRIES = 5;
const UNSUPPORTED: readonly (string | undefined)[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'];

/**
 * Makes an empty file in the same folder, as only there a rename is one step: readable by this user alone from its first
 * moment, whatever the umask, and never somebody else's.
 */
export function makeBeside(real: string): FileBeside {
  for (let left = TRIES; ; left--) {
    const beside = nameBeside(real);
    try {
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | SAFELY;
      return { path: beside, descriptor: openSync(beside, flags, 0o600) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || left <= 1) throw error;
    }
  }
}

/** A name that nothing has, and that {@link leftBeside} knows again. */
export function nameBeside(real: string): string {
  return `${partBefore(real)}${randomBytes(RANDOM_BYTES).toString('hex')}`;
}

/** A write may take fewer bytes than it was given and call that a success (a full disk, a limit); the next one then says why. */
export function writeAll(descriptor: number, bytes: Uint8Array, start = 0): void {
  let total = 0;
  while (total < bytes.length) {
    const length = writeSync(descriptor, bytes, total, bytes.length - total, start + total);
    if (length === 0) throw new Refused('failed');
    total += length;
  }
}

/** What was written is read again before it counts. */
export function verify(descriptor: number, content: Uint8Array): void {
  if (sha256(readAll(descriptor, content.length)) !== sha256(content)) throw new Refused('failed');
}

/** Takes a file away that is not to be; where it cannot be removed it is at least emptied. Throws nothing. */
export function discard({ path: beside, descriptor }: FileBeside): void {
  quietly(() => {
    const { ino, nlink } = fstatSync(descriptor, { bigint: true });
    // Under its name there may be another by now, or nothing.
    if (lstatSync(beside, { bigint: true, throwIfNoEntry: false })?.ino !== ino) return;
    const removed = quietly(() => {
      unlinkSync(beside);
    });
    // Under another name it is the new file itself.
    if (!removed && nlink === 1n) ftruncateSync(descriptor, 0);
  });
}

/** Makes names durable. Windows and some file systems cannot, and do without. */
export function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, constants.O_RDONLY | ((constants.O_DIRECTORY as number | undefined) ?? 0));
  } catch (error) {
    // A folder that may be written to and searched, but not read; or Windows.
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EISDIR' || codeOf(error) === 'EPERM') return;
    throw error;
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!UNSUPPORTED.includes(codeOf(error)) && codeOf(error) !== 'EPERM') throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Whether {@link nameBeside} may have given this name to a file. */
export function isNameBeside(name: string): boolean {
  return /^\..+\.credence-[0-9a-f]{16}$/s.test(name);
}

/** The files of this user that a killed run has left beside a file. */
export function leftBeside(real: string, userId: number | null): readonly string[] {
  const [folder, part] = [path.dirname(real), path.basename(partBefore(real))];
  return namesIn(folder)
    .filter(
      (name) => isNameBeside(name) && name.startsWith(part) && name.length === part.length + 2 * RANDOM_BYTES,
    )
    .map((name) => path.join(folder, name))
    .filter((file) => {
      const stats = lstatSync(file, { throwIfNoEntry: false });
      return stats?.isFile() === true && (userId === null || stats.uid === userId);
    });
}

/** `.zshrc` → `..zshrc.credence-`. Long names are cut, since the random part must find room within 255 bytes. */
function partBefore(real: string): string {
  const name = Buffer.from(path.basename(real))
    .subarray(0, LONGEST_PART)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return path.join(path.dirname(real), `.${name}.credence-`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
