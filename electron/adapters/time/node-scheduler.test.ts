import { expect, test, vi } from 'vitest';
import { schedulerContract } from '../../../shared/testing/scheduler-contract.ts';
import { nodeScheduler } from './node-scheduler.ts';

const until = async (what: string, isSo: () => boolean): Promise<void> => {
  await vi.waitFor(
    () => {
      expect(isSo(), what).toBe(true);
    },
    { timeout: 30_000, interval: 2 },
  );
};

test.each(schedulerContract(() => ({ scheduler: nodeScheduler, until })))('$title', ({ run }) => run());
