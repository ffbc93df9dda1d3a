import type { Clock } from '../ports/clock.ts';
import { lockDate, type ClaudeJsonLock } from '../ports/claude-json-lock.ts';
import type { Scheduler } from '../ports/scheduler.ts';

/** What a lock is: when it was renewed, in milliseconds since 1970. Another program makes another object. */
export interface MemoryLock {
  changedAt: number;
  /** Credence’s own, whose run was killed. */
  readonly isLeft?: true;
}

export interface MemoryClaudeJsonLock extends ClaudeJsonLock {
  /** By path; others take and leave them here too. */
  readonly locks: Map<string, MemoryLock>;
}

/** @param hasFolder whether the folder of a file is there */
export function memoryClaudeJsonLock(
  clock: Clock,
  scheduler: Scheduler,
  hasFolder: (path: string) => boolean = () => true,
  { retry, renew } = { retry: 60, renew: 2_500 },
): MemoryClaudeJsonLock {
  const locks = new Map<string, MemoryLock>();
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(milliseconds, resolve);
    });
  return {
    locks,
    sweep: (path) => {
      const found = locks.get(`${path}.lock`);
      return Promise.resolve(found?.isLeft === true && locks.delete(`${path}.lock`));
    },
    hold: async (path, milliseconds, run) => {
      const lock = `${path}.lock`;
      const end = clock.now() + milliseconds;
      if (!hasFolder(path)) return { state: 'refused', why: 'no-folder' };
      for (let other = locks.get(lock); other !== undefined; other = locks.get(lock)) {
        if (clock.now() >= end) return { state: 'busy', dated: lockDate(clock.now() - other.changedAt) };
        await pause(Math.min(end - clock.now(), retry));
      }
      const own: MemoryLock = { changedAt: clock.now() };
      locks.set(lock, own);
      const isOurs = (): boolean => locks.get(lock) === own;
      const renewLater = (): (() => void) =>
        scheduler.after(renew, () => {
          own.changedAt = clock.now();
          stop = renewLater();
        });
      let stop = renewLater();
      try {
        const value = await run({ isOurs });
        return { state: 'held', value, kept: isOurs() };
      } finally {
        stop();
        if (isOurs()) locks.delete(lock);
      }
    },
  };
}
