import type { Locks } from '../../../shared/ports/locks.ts';

/**
 * Not made yet: no lock is to be had.
 *
 * @param ownFolder Credence’s own; `null`: there is none
 */
export function fileLocks(ownFolder: string | null, userId: number | null): Locks {
  return { alone: () => Promise.resolve(ownFolder === null || userId === null ? 'unavailable' : 'busy') };
}
