import type { Locks } from '../ports/locks.ts';

/** @param state `busy`: somebody else holds every lock; `unavailable`: there are none */
export function memoryLocks(state: 'free' | 'busy' | 'unavailable' = 'free'): Locks {
  const last = new Map<string, Promise<unknown>>();
  return {
    alone: async (name, _, run) => {
      if (state !== 'free') return state;
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(run, run);
      last.set(
        name,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
