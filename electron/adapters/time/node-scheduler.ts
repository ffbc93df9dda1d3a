import type { Scheduler } from '../../../shared/ports/scheduler.ts';

export const nodeScheduler: Scheduler = {
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
