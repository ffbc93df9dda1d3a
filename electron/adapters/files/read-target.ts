import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  type BigIntStats,
} from 'node:fs';
import path from 'node:path';
import { MOST_FILE_BYTES } from '../../../shared/ports/file-writer.ts';
import { attributesOf, sameAttributes, type Attributes } from './extended-attributes.ts';
import type { NativeFiles } from './native-files.ts';
import { settlePath, type SettledPath, type WriterPlace } from './settle-path.ts';
import { Refused } from './write-refusal.ts';

/** A file as it is before a change; what of it is to be kept, and by what it is known again. */
export interface Target extends SettledPath {
  readonly bytes: Buffer;
  readonly digest: string;
  /** Permission bits. */
  readonly mode: number;
  readonly stats: BigIntStats;
  readonly attributes: Attributes;
}

const CHUNK = 64 * 1024;
export const MODE_BITS = 0o7777;
const OWNER_MAY_WRITE = 0o200;

/** Whatever was put in the file's place since it was looked at: nothing is followed, and nothing is waited for. */
export const SAFELY = availableFlags(constants.O_NONBLOCK, constants.O_NOFOLLOW, constants.O_NOCTTY);

/** Windows has none of these, whatever the types say. */
function availableFlags(...flags: readonly (number | undefined)[]): number {
  return flags.reduce<number>((all, flag) => all | (flag ?? 0), 0);
}

/** What is to be changed, for whom, by what. */
export interface Change {
  readonly asked: string;
  readonly place: WriterPlace;
  readonly native: NativeFiles | null;
}

export type Purpose = 'replace' | 'change-mode';

/**
 * Looks at all that decides about a change. Leaves the file open while `use` runs, so that what is done to the descriptor is
 * done to what was looked at.
 *
 * @returns what `use` gives; `null`: nothing is there
 * @throws {Refused | NodeJS.ErrnoException}
 */
export function withTarget<T>(
  { asked, place, native }: Change,
  purpose: Purpose,
  use: (target: Target, descriptor: number) => T,
): T | null {
  const settled = settlePath(asked, place);
  if (!settled.isThere) return null;
  // Before it is opened: opening a FIFO lets its writer through, and opening a device may do anything.
  if (!lstatSync(settled.real).isFile()) throw new Refused('not-a-file');
  const descriptor = openSync(settled.real, constants.O_RDONLY | SAFELY);
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    refuseOdd(stats, place);
    if (purpose === 'replace') refuseKept(settled.real, stats, place);
    return use({ ...settled, stats, ...stateOf(descriptor, stats, { place, native }) }, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether nobody has touched it in between; a system's clock may stand still for some milliseconds, so not by the time alone. */
export function isSameFile(one: Target, other: Target): boolean {
  return (
    one.real === other.real &&
    one.stats.ctimeNs === other.stats.ctimeNs &&
    isAlike(one, other) &&
    isOne(one.stats, other.stats)
  );
}

/** Whether what lies at another path by now is that file; moving a file sets the time of its last change. */
export function isStill(file: string, target: Target, change: Omit<Change, 'asked'>): boolean {
  if (!lstatSync(file).isFile()) return false;
  const descriptor = openSync(file, constants.O_RDONLY | SAFELY);
  try {
    const stats = fstatSync(descriptor, { bigint: true });
    return isOne(stats, target.stats) && isAlike(stateOf(descriptor, stats, change), target);
  } finally {
    closeSync(descriptor);
  }
}

function isOne(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.nlink === other.nlink;
}

type State = Pick<Target, 'bytes' | 'digest' | 'mode' | 'attributes'>;

function stateOf(descriptor: number, stats: BigIntStats, { place, native }: Omit<Change, 'asked'>): State {
  const bytes = readAll(descriptor);
  return {
    bytes,
    digest: sha256(bytes),
    mode: Number(stats.mode) & MODE_BITS,
    attributes: attributesOf(descriptor, place, native),
  };
}

function isAlike(one: State, other: State): boolean {
  return (
    one.digest === other.digest && one.mode === other.mode && sameAttributes(one.attributes, other.attributes)
  );
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is not to be changed, whoever asks. */
function refuseOdd(stats: BigIntStats, { userId }: WriterPlace): void {
  if (!stats.isFile()) throw new Refused('not-a-file');
  if (userId !== null && stats.uid !== BigInt(userId)) throw new Refused('foreign-owner');
  if (stats.nlink > 1n) throw new Refused('several-names');
  if (stats.size > BigInt(MOST_FILE_BYTES)) throw new Refused('too-large');
}

/**
 * Renaming over a file needs no permission on it at all, so what keeps it from being changed is asked for beforehand: a mode
 * without `w` is somebody's wish, also where the administrator would be let through.
 */
function refuseKept(real: string, stats: BigIntStats, { userId }: WriterPlace): void {
  if (userId !== null && (Number(stats.mode) & OWNER_MAY_WRITE) === 0) throw new Refused('denied');
  accessSync(real, constants.R_OK | constants.W_OK);
  accessSync(path.dirname(real), constants.W_OK | constants.X_OK);
  if (isMounted(real)) throw new Refused('busy');
}

/** Only Linux can mount a single file, as containers do, and only there is this list. */
function isMounted(real: string): boolean {
  return mountPoints().some((point) => point === real);
}

function mountPoints(): readonly string[] {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[4] ?? '')
      .map((point) =>
        point.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8))),
      );
  } catch {
    return [];
  }
}

/** All there is: a file that is just written to need not have the size it said. */
export function readAll(descriptor: number, mostBytes = MOST_FILE_BYTES): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const length = readSync(descriptor, chunk, 0, CHUNK, total);
    if (length === 0) return Buffer.concat(chunks, total);
    total += length;
    if (total > mostBytes) throw new Refused('too-large');
    chunks.push(chunk.subarray(0, length));
  }
}
