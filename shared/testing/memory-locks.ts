import type { Locks } from '../ports/locks.ts';
import type { Scheduler } from '../ports/scheduler.ts';

/**
 * @param state `busy`: somebody else holds every lock; `unavailable`: there are none
 * @param scheduler ends the waiting; without one, who waits waits until it is their turn
 */
export function memoryLocks(
  state: 'free' | 'busy' | 'unavailable' = 'free',
  scheduler: Scheduler | null = null,
): Locks {
  const held = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  const take = (name: string, milliseconds: number): Promise<boolean> => {
    if (!held.has(name)) {
      held.add(name);
      return Promise.resolve(true);
    }
    if (milliseconds <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const queue = waiting.get(name) ?? [];
      waiting.set(name, queue);
      const stop = scheduler?.after(milliseconds, () => {
        queue.splice(queue.indexOf(turn), 1);
        resolve(false);
      });
      const turn = (): void => {
        stop?.();
        resolve(true);
      };
      queue.push(turn);
    });
  };
  const free = (name: string): void => {
    const next = waiting.get(name)?.shift();
    if (next === undefined) held.delete(name);
    else next();
  };
  return {
    alone: async (name, milliseconds, run) => {
      if (state !== 'free') return state;
      if (!(await take(name, milliseconds))) return 'busy';
      try {
        return await run();
      } finally {
        free(name);
      }
    },
  };
}
