import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import type { FileReading, FileStore, PathFacts } from '../../../shared/ports/file-store.ts';

/**
 * Reads synchronously on purpose: a pass is some dozens of small files, and the terminal command spends less on them than on
 * the machinery of asynchronous reads. `O_NONBLOCK` keeps a FIFO from holding it up; a folder is told apart on the open
 * descriptor, so nothing can be swapped between look and read.
 */
export const nodeFileStore: FileStore = {
  read: readFile,
  list: (folder) => {
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
};

const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function readFile(path: string, maxBytes: number): FileReading {
  let descriptor: number;
  try {
    // Most places are empty: asking first spares the cost of an exception for each.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return { state: 'absent' };
    descriptor = openSync(path, READ_FLAGS);
  } catch (error) {
    return { state: troubleOf(error) };
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { state: 'not-a-file' };
    if (stats.size > maxBytes) return { state: 'too-large' };
    const text = readFileSync(descriptor, 'utf8');
    return { state: 'read', text, realPath: realPathOf(path), mode: stats.mode & 0o7777, ownerId: stats.uid };
  } catch {
    return { state: 'failed' };
  } finally {
    closeSync(descriptor);
  }
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
