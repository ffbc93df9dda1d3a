import { describe, expect, test } from 'vitest';
import type { SignInState } from '../../shared/usecases/desk/sign-in-board.ts';
import { NO_PROVIDERS } from '../../shared/usecases/desk/sign-in-functions.ts';
import { fixedClock } from '../../shared/testing/fixed-clock.ts';
import { manualScheduler } from '../../shared/testing/manual-scheduler.ts';
import { northwind } from '../../shared/testing/northwind.ts';
import { warmSignIn } from './warm-sign-in.ts';

const NOBODY: Pick<SignInState, 'providers'> = { providers: NO_PROVIDERS };
const NORTHWIND: Pick<SignInState, 'providers'> = {
  providers: {
    ...NO_PROVIDERS,
    entries: [{ provider: northwind(), isFormer: false, note: null, use: null }],
  },
};

function warming(warm: () => Promise<void> = () => Promise.resolve()) {
  const scheduler = manualScheduler(fixedClock());
  let loads = 0;
  const told = warmSignIn(scheduler, () => {
    loads += 1;
    return warm();
  });
  return { scheduler, told, loads: () => loads };
}

describe('What a first sign-in to an organisation needs is loaded', () => {
  test('once, a while after an organisation was first seen.', () => {
    const { scheduler, told, loads } = warming();
    told(NORTHWIND);
    expect(loads()).toBe(0);
    scheduler.pass(5_000);
    told(NORTHWIND);
    scheduler.pass(60_000);
    expect(loads()).toBe(1);
  });

  test('also where the organisation comes later.', () => {
    const { scheduler, told, loads } = warming();
    told(NOBODY);
    scheduler.pass(60_000);
    told(NORTHWIND);
    scheduler.pass(5_000);
    expect(loads()).toBe(1);
  });

  test('nowhere without an organisation, and no timer waits for one.', () => {
    const { scheduler, told, loads } = warming();
    told(NOBODY);
    expect(scheduler.pending).toBe(0);
    scheduler.pass(60_000);
    expect(loads()).toBe(0);
  });

  test('or not, which is no trouble of its own.', async () => {
    const { scheduler, told } = warming(() => Promise.reject(new Error('not there')));
    told(NORTHWIND);
    scheduler.pass(5_000);
    // A rejection that nobody handles would end this run.
    await new Promise((resolve) => setImmediate(resolve));
    expect(scheduler.pending).toBe(0);
  });
});
