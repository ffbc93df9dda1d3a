import type { Clock } from '../ports/clock.ts';

/** A quiet moment, in milliseconds since 1970: 20 November 2026, 12:00 UTC. */
export const SOME_NOON = Date.UTC(2026, 10, 20, 12);

export interface FixedClock extends Clock {
  /** @param milliseconds negative to set it back */
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is told otherwise. */
export function fixedClock(at: number = SOME_NOON): FixedClock {
  let now = at;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
