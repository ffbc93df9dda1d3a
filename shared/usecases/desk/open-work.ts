import type { Scheduler } from '../../ports/scheduler.ts';

/** What has to end before the app may. */
export interface OpenWork {
  /** Notes it until it settles, and hands it on. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
  /** Settles when all of it has, also what begins meanwhile; at the latest after so many milliseconds. */
  readonly settled: (longest: number) => Promise<void>;
}

export function createOpenWork(scheduler: Scheduler): OpenWork {
  const open = new Set<Promise<unknown>>();
  const allSettled = async (): Promise<void> => {
    while (open.size > 0) await Promise.allSettled(open);
  };
  return {
    until: (promise) => {
      const settled = promise.catch(() => undefined).finally(() => open.delete(settled));
      open.add(settled);
      return promise;
    },
    settled: async (longest) => {
      let stopWaiting = (): void => undefined;
      const bound = new Promise<void>((resolve) => {
        stopWaiting = scheduler.after(longest, resolve);
      });
      await Promise.race([allSettled(), bound]);
      stopWaiting();
    },
  };
}
