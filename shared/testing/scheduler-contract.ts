import type { Scheduler } from '../ports/scheduler.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';

export interface RunningScheduler {
  readonly scheduler: Scheduler;
  /** Lets time pass until it is so, or fails for good. */
  readonly until: (what: string, isSo: () => boolean) => Promise<void>;
}

export function schedulerContract(make: () => RunningScheduler): readonly ContractCase[] {
  const called = (title: string, run: (made: RunningScheduler) => Promise<void>): ContractCase => ({
    title,
    run: () => run(make()),
  });
  return [
    called('A callback is called once, and not at once.', async ({ scheduler, until }) => {
      let calls = 0;
      let later = false;
      scheduler.after(5, () => (calls += 1));
      scheduler.after(0, () => undefined);
      assertEqual(calls, 0, 'How often it is called at once');
      await until('it is called', () => calls > 0);
      scheduler.after(30, () => (later = true));
      await until('a later one is called', () => later);
      assertEqual(calls, 1, 'How often it is called');
    }),
    called('What comes first is called first, in whatever order it was asked for.', async (made) => {
      const order: string[] = [];
      made.scheduler.after(200, () => order.push('late'));
      made.scheduler.after(1, () => order.push('early'));
      await made.until('both are called', () => order.length === 2);
      assertEqual(order, ['early', 'late'], 'The order');
    }),
    called(
      'What is prevented is never called; preventing it twice, or too late, does nothing.',
      async (made) => {
        const order: string[] = [];
        const prevent = made.scheduler.after(5, () => order.push('prevented'));
        prevent();
        prevent();
        const tooLate = made.scheduler.after(10, () => order.push('called'));
        made.scheduler.after(40, () => order.push('last'));
        await made.until('it is called', () => order.includes('called'));
        tooLate();
        await made.until('the last is called', () => order.includes('last'));
        assertEqual(order, ['called', 'last'], 'What is called');
      },
    ),
    called('A callback may ask for the next.', async (made) => {
      let calls = 0;
      const next = (): void => {
        calls += 1;
        if (calls < 3) made.scheduler.after(1, next);
      };
      made.scheduler.after(1, next);
      await made.until('the third is called', () => calls === 3);
    }),
  ];
}
