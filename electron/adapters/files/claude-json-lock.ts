import { randomInt } from 'node:crypto';
import { lstatSync, mkdirSync, rmdirSync, utimesSync, type BigIntStats } from 'node:fs';
import {
  lockDate,
  type ClaudeJsonLock,
  type HeldLock,
  type Holding,
} from '../../../shared/ports/claude-json-lock.ts';

/** Milliseconds. */
export interface LockTiming {
  /** Between two tries. */
  readonly retry: number;
  /** Between two renewals; Claude Code renews its own every 5 s. */
  readonly renew: number;
}
const TIMING: LockTiming = { retry: 60, renew: 2_500 };
/**
 * By the sticky bit a lock is known as Credence’s own from its first moment on, whenever its maker is killed; Claude Code makes
 * its own without. It means nothing else for a folder that only its owner enters. A file has no room for more: with anything in
 * it Claude Code could not remove the folder. macOS drops the bit, and there a lock that was left is left to Claude Code.
 */
const OWN_MODE = 0o1700;
/** Milliseconds: far longer than Claude Code takes from finding a lock old to having made its own. */
const TAKEOVER = 100;

/** Takes the lock with `mkdir`, of which only one of many succeeds. */
export function claudeJsonLock({ retry, renew }: LockTiming = TIMING): ClaudeJsonLock {
  return {
    hold: async (path, milliseconds, run) => {
      const lock = `${path}.lock`;
      // Not by the clock on the wall, which may be set.
      const end = performance.now() + milliseconds;
      for (;;) {
        const attempt = take(lock);
        if (attempt === 'taken') return runHolding(lock, renew, run);
        if (attempt !== 'busy') return { state: 'refused', why: attempt };
        const left = end - performance.now();
        const stats = left > 0 ? null : statsOf(lock);
        if (stats !== null) return { state: 'busy', dated: lockDate(Date.now() - Number(stats.mtimeMs)) };
        await pause(Math.min(Math.max(left, 1), retry));
      }
    },
    sweep: async (path) => {
      const lock = `${path}.lock`;
      if (!isOwn(statsOf(lock))) return false;
      // An old one may be taken over at this very moment; a new one is not.
      const renewed = stamped(lock);
      await pause(TAKEOVER);
      const found = statsOf(lock);
      if (renewed === null || !isOwn(found) || !isSame(found, renewed)) return false;
      removeQuietly(lock);
      return statsOf(lock) === null;
    },
  };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

type Attempt = 'taken' | 'busy' | (Holding<never> & { state: 'refused' })['why'];

function take(lock: string): Attempt {
  try {
    mkdirSync(lock, { mode: OWN_MODE });
    return 'taken';
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EEXIST':
        return statsOf(lock)?.isDirectory() === false ? 'not-a-lock' : 'busy';
      case 'ENOENT':
      case 'ENOTDIR':
        return 'no-folder';
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        return 'denied';
      case undefined:
      default:
        return 'failed';
    }
  }
}

async function runHolding<T>(
  lock: string,
  renew: number,
  run: (held: HeldLock) => Promise<T>,
): Promise<Holding<T>> {
  // It was made just now, so it is ours also where its time cannot be set.
  let stamp = stamped(lock) ?? statsOf(lock);
  const isOurs = (): boolean => stamp !== null && isSame(statsOf(lock), stamp);
  const timer = setInterval(() => {
    // Once it was another's, it is not renewed: it would look as if nobody had let go.
    stamp = isOurs() ? stamped(lock) : null;
  }, renew);
  const letGo = (): void => {
    if (isOurs()) removeQuietly(lock);
    stamp = null;
  };
  // A program that ends in the middle leaves no lock that everybody has to wait for.
  process.once('exit', letGo);
  try {
    const value = await run({ isOurs });
    return { state: 'held', value, kept: isOurs() };
  } finally {
    clearInterval(timer);
    process.off('exit', letGo);
    letGo();
  }
}

/** Renews the lock; `null` when it is gone. What it looks like then tells it from one that another program made. */
function stamped(lock: string): BigIntStats | null {
  try {
    // Seconds, with some microseconds by chance, so that no other lock of the same moment is dated like it.
    const now = Date.now() / 1000 + randomInt(1, 1000) / 1e6;
    utimesSync(lock, now, now);
    return statsOf(lock);
  } catch {
    return null;
  }
}

/** File systems give the number of what was removed to what is made next, so that alone would not do. */
function isSame(stats: BigIntStats | null, stamp: BigIntStats): boolean {
  return (
    stats?.isDirectory() === true &&
    stats.ino === stamp.ino &&
    stats.mtimeNs === stamp.mtimeNs &&
    stats.mode === stamp.mode
  );
}

function isOwn(stats: BigIntStats | null): boolean {
  return (
    stats?.isDirectory() === true &&
    (Number(stats.mode) & 0o7777) === OWN_MODE &&
    Number(stats.uid) === process.geteuid?.()
  );
}

function statsOf(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false, bigint: true }) ?? null;
  } catch {
    return null;
  }
}

function removeQuietly(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something was put into it, or it is gone: then it is not ours to remove.
  }
}
