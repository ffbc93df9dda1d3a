import type { Scheduler } from '../ports/scheduler.ts';
import type { FixedClock } from './fixed-clock.ts';

export interface ManualScheduler extends Scheduler {
  /** Lets so many milliseconds pass: calls what is due, each at its time. */
  pass(milliseconds: number): void;
  /** How many callbacks are still to come. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Timers that stand still with their clock. */
export function manualScheduler(clock: FixedClock): ManualScheduler {
  const timers = new Set<Timer>();
  const nextUntil = (end: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  return {
    get pending() {
      return timers.size;
    },
    after: (milliseconds, callback) => {
      const timer: Timer = { at: clock.now() + Math.max(0, milliseconds), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    pass: (milliseconds) => {
      const end = clock.now() + milliseconds;
      for (let next = nextUntil(end); next !== undefined; next = nextUntil(end)) {
        timers.delete(next);
        clock.advance(next.at - clock.now());
        next.callback();
      }
      clock.advance(end - clock.now());
    },
  };
}
