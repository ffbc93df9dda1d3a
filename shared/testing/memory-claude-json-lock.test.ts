import { test } from 'vitest';
import { claudeJsonLockContract } from './claude-json-lock-contract.ts';
import { fixedClock } from './fixed-clock.ts';
import { manualScheduler } from './manual-scheduler.ts';
import { memoryClaudeJsonLock } from './memory-claude-json-lock.ts';

const PATH = '/home/p/.claude.json';
const LOST = '/nowhere/.claude.json';

const cases = claudeJsonLockContract(() => {
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  const lock = memoryClaudeJsonLock(clock, scheduler, (path) => path !== LOST, { retry: 20, renew: 40 });
  const name = `${PATH}.lock`;
  return {
    lock,
    path: PATH,
    lost: LOST,
    takeOver: (age) => lock.locks.set(name, { changedAt: clock.now() - age }),
    leave: (age) => lock.locks.set(name, { changedAt: clock.now() - age, isLeft: true }),
    takeAway: () => lock.locks.delete(name),
    age: () => {
      const found = lock.locks.get(name);
      return found === undefined ? null : clock.now() - found.changedAt;
    },
    pass: async (milliseconds) => {
      for (let passed = 0; passed < milliseconds; passed += 10) {
        scheduler.pass(10);
        // What was waiting goes on before more time passes.
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      }
    },
  };
});

test.each(cases)('$title', ({ run }) => run());
