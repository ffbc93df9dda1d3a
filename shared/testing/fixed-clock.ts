import type { Clock } from '../ports/clock.ts';

/** A quiet moment, in milliseconds since 1970: 20 November 2026, 12:00 UTC. */
export const SOME_NOON = Date.UTC(2026, 10, 20, 12);

export interface FixedClock extends Clock {
  /** @param milliseconds negative to set it back */
  advance(milliseconds: number): void;
  /** Sets the clock, while no time passes. */
  set(by: number): void;
  /** The machine is started anew. */
  reboot(): void;
}

/**
 * A clock that stands still until it is told otherwise.
 *
 * @param tellsBoot whether the system tells its starts apart
 */
export function fixedClock(at: number = SOME_NOON, tellsBoot = true): FixedClock {
  let now = at;
  let boot = 1;
  let up = 60 * 60 * 1000;
  return {
    now: () => now,
    uptime: () => ({ boot: tellsBoot ? `boot ${String(boot)}` : null, milliseconds: up }),
    advance: (milliseconds) => {
      now += milliseconds;
      if (milliseconds > 0) up += milliseconds;
    },
    set: (by) => {
      now += by;
    },
    reboot: () => {
      boot += 1;
      up = 0;
    },
  };
}
