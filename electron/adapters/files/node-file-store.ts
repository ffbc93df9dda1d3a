import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import type { FileReading, FileStore, LinkFacts, PathFacts } from '../../../shared/ports/file-store.ts';

/**
 * Reads synchronously on purpose: a pass is some dozens of small files, and the terminal command spends less on them than on
 * the machinery of asynchronous reads. What is no file is not even opened: opening a FIFO would let its writer through, which
 * may be a password manager that asks its user. What is swapped between look and read is told on the open descriptor, and
 * `O_NONBLOCK` keeps it from holding anybody up.
 */
export const nodeFileStore: FileStore = {
  read: readFile,
  list: (folder) => {
    // Most of these places are empty, too.
    if (statQuietly(folder) === null) return null;
    try {
      return readdirSync(folder).sort();
    } catch {
      return null;
    }
  },
  inspect: (path) => {
    const stats = statQuietly(path);
    return stats === null ? null : factsOf(stats);
  },
  realPath: realPathOf,
  linkAt,
};

/** Bytes. */
const CHUNK = 64 * 1024;

/** Windows has no such flag, whatever the types say. */
const READ_FLAGS = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

function readFile(path: string, maxBytes: number, encoding: 'utf8' | 'latin1' = 'utf8'): FileReading {
  let descriptor: number;
  try {
    // Most places are empty: asking first spares the cost of an exception for each.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { state: 'absent' };
    if (!stats.isFile()) return { state: 'not-a-file' };
    descriptor = openSync(path, READ_FLAGS);
  } catch (error) {
    return { state: troubleOf(error) };
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { state: 'not-a-file' };
    if (stats.size > maxBytes) return { state: 'too-large' };
    const bytes = stats.size === 0 ? readUpTo(descriptor, maxBytes) : readSize(descriptor, stats.size);
    if (bytes === null) return { state: 'too-large' };
    const text = decode(bytes, encoding);
    return { state: 'read', text, realPath: realPathOf(path), mode: stats.mode & 0o7777, ownerId: stats.uid };
  } catch {
    return { state: 'failed' };
  } finally {
    closeSync(descriptor);
  }
}

/** As `readFileSync` does, which would ask for the size once more. */
function readSize(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let total = 0;
  while (total < size) {
    const length = readSync(descriptor, bytes, total, size - total, null);
    if (length === 0) break;
    total += length;
  }
  return bytes.subarray(0, total);
}

/** Files that programs make up (`/proc`, FUSE) may say that they have no size, and still hold much. */
function readUpTo(descriptor: number, maxBytes: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(Math.min(maxBytes, CHUNK) + 1);
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const length = readSync(descriptor, bytes);
    if (length === 0) return Buffer.concat(chunks, total);
    total += length;
    if (total > maxBytes) return null;
    chunks.push(Buffer.from(bytes.subarray(0, length)));
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so: Claude Code takes both (measured). */
function decode(bytes: Buffer, encoding: 'utf8' | 'latin1'): string {
  const isUtf16 = encoding === 'utf8' && bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : encoding);
}

function statQuietly(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function factsOf(stats: Stats): PathFacts {
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    mode: stats.mode & 0o7777,
    ownerId: stats.uid,
    changedAt: stats.mtimeMs,
    size: stats.size,
  };
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function linkAt(path: string): LinkFacts | null {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats?.isSymbolicLink() === true ? { to: readlinkSync(path), ownerId: stats.uid } : null;
  } catch {
    return null;
  }
}

type Trouble = 'absent' | 'denied' | 'not-a-file' | 'link-loop' | 'failed';

function troubleOf(error: unknown): Trouble {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return 'absent';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'ELOOP':
      return 'link-loop';
    case 'EISDIR':
    case 'ENXIO':
      return 'not-a-file';
    case undefined:
    default:
      return 'failed';
  }
}
