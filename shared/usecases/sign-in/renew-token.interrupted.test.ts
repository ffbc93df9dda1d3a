import { describe, expect, test } from 'vitest';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import type { MemoryKeyringMood } from '../../testing/memory-keyring.ts';
import { memoryLocks } from '../../testing/memory-locks.ts';
import { madeUpTokens, memoryOidc, oidcFailure } from '../../testing/memory-oidc.ts';
import { HOUR, PROVIDER, refusing, signedInSeat, tokenIn, type TokenSeat } from '../../testing/token-seat.ts';
import { organisationItem, organisationTokenBytes, tokenOf } from '../keyring-services/organisation-token.ts';
import { organisationTokens } from './kept-organisation-tokens.ts';
import type { FreshAnswer } from './organisation-tokens.ts';

describe('When the keychain fails', () => {
  test.each([
    ['locked', 'locked'],
    ['denied', 'denied'],
    ['unreachable', 'no-keychain'],
    ['frozen', 'no-keychain'],
    ['ambiguous', 'damaged'],
    ['damaged', 'damaged'],
  ] as const)('as it is %s, that is said, and the provider is not asked.', async (mood, trouble) => {
    const { tokens, clock, keyring, calls, settle, kept } = await signedInSeat();
    clock.advance(2 * HOUR);
    keyring.mood = mood;
    expect(await settle(tokens.fresh(PROVIDER))).toEqual({ ok: false, why: { code: 'keychain', trouble } });
    expect(calls).toEqual([]);
    expect(await kept()).toMatchObject({ refreshToken: 'made-up-refresh-1' });
  });

  test('before the refresh token is spent, it stays unspent.', async () => {
    const { tokens, clock, keyring, calls, settle } = await signedInSeat();
    clock.advance(2 * HOUR);
    const { set } = keyring;
    keyring.set = () => Promise.resolve({ state: 'locked' });
    expect(await settle(tokens.fresh(PROVIDER))).toEqual({
      ok: false,
      why: { code: 'keychain', trouble: 'locked' },
    });
    expect(calls).toEqual([]);
    keyring.set = set;
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
  });

  test('for a moment after that, it is tried again, and nothing is lost.', async () => {
    const moods: MemoryKeyringMood[] = ['unreachable', 'damaged', 'frozen'];
    const seat = await signedInThenMoods(moods);
    expect(tokenIn(await seat.settle(seat.tokens.fresh(PROVIDER)))).toBe('made-up-access-2');
    expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-2' });
  });

  test('for good after that, the new token is not used.', async () => {
    const moods: MemoryKeyringMood[] = Array.from({ length: 9 }, () => 'unreachable');
    const seat = await signedInThenMoods(moods);
    expect(await seat.settle(seat.tokens.fresh(PROVIDER))).toEqual({
      ok: false,
      why: { code: 'not-kept', trouble: 'no-keychain' },
    });
    expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-1' });
  });
});

/** From the answer of the provider on, each write to the keychain meets the next of these. */
async function signedInThenMoods(moods: MemoryKeyringMood[]): Promise<TokenSeat> {
  const usual = memoryOidc();
  let hasAnswered = false;
  const seat = await signedInSeat({
    oidc: {
      refresh: (...given) => {
        hasAnswered = true;
        return usual.refresh(...given);
      },
    },
  });
  const { set } = seat.keyring;
  seat.keyring.set = (...given) => {
    seat.keyring.mood = (hasAnswered ? moods.shift() : undefined) ?? 'usual';
    const written = set(...given);
    seat.keyring.mood = 'usual';
    return written;
  };
  seat.clock.advance(2 * HOUR);
  return seat;
}

test('Of two that wait for a provider that fails, only the first asks it.', async () => {
  const { tokens, clock, calls, settle, withLockTaken } = await signedInSeat(refusing('try-later'));
  clock.advance(2 * HOUR);
  const asked: Promise<FreshAnswer>[] = [];
  const waiting = withLockTaken(async () => {
    asked.push(tokens.fresh(PROVIDER), tokens.fresh(PROVIDER));
    for (let turns = 50; turns > 0; turns--) await Promise.resolve();
  });
  await settle(waiting);
  expect((await settle(Promise.all(asked))).map(tokenIn)).toEqual(['not-renewed', 'not-renewed']);
  expect(calls).toEqual(['refresh made-up-refresh-1']);
});

test('A sign-in to another issuer under the same name, while this one waited, is not renewed for the old one.', async () => {
  const { tokens, clock, calls, settle, keyring, withLockTaken } = await signedInSeat();
  clock.advance(2 * HOUR);
  const other = { ...PROVIDER, issuer: 'https://elsewhere.example' };
  const theirs = tokenOf(madeUpTokens(5, { expiresIn: 1 }), null, other, {
    at: clock.now() - HOUR,
    uptime: { boot: null, milliseconds: 0 },
  });
  const asked: Promise<FreshAnswer>[] = [];
  const waiting = withLockTaken(async () => {
    asked.push(tokens.fresh(PROVIDER));
    // It has read what is kept, and waits for the lock.
    for (let turns = 50; turns > 0; turns--) await Promise.resolve();
    await keyring.set(organisationItem(PROVIDER.name), organisationTokenBytes(theirs));
  });
  await settle(waiting);
  expect((await settle(Promise.all(asked))).map(tokenIn)).toEqual(['entry-changed']);
  expect(calls).toEqual([]);
});

test('A refusal of a token that is not kept any more is not held against the one that is.', async () => {
  const seat = await signedInSeat({
    oidc: {
      refresh: async () => {
        await stranger();
        return oidcFailure('invalid-grant', 400);
      },
    },
  });
  // Another machine with the same home, which knows nothing of this one’s lock.
  const stranger = async (): Promise<void> => {
    const other = organisationTokens({
      ...seat,
      scheduler: manualScheduler(seat.clock),
      locks: memoryLocks(),
      oidc: memoryOidc(),
    });
    await other.keep(PROVIDER, madeUpTokens(5));
  };
  seat.clock.advance(2 * HOUR);
  expect(tokenIn(await seat.tokens.fresh(PROVIDER))).toBe('made-up-access-5');
  expect(await seat.kept()).toMatchObject({ refreshToken: 'made-up-refresh-5', refused: null });
});
