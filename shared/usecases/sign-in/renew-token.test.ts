import { describe, expect, test } from 'vitest';
import { SOME_NOON } from '../../testing/fixed-clock.ts';
import { memoryOidc, oidcFailure } from '../../testing/memory-oidc.ts';
import { HOUR, MINUTE, PROVIDER, refusing, signedInSeat, tokenIn } from '../../testing/token-seat.ts';
import { needsSignIn } from '../keyring-services/organisation-token.ts';

describe('Near its end', () => {
  test('it is renewed, stored, and only then handed out.', async () => {
    const { tokens, clock, calls, kept } = await signedInSeat();
    clock.advance(56 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    expect(await kept()).toMatchObject({
      accessToken: 'made-up-access-2',
      refreshToken: 'made-up-refresh-2',
    });
    expect(calls).toEqual(['refresh made-up-refresh-1']);
    expect(tokens.known()).toMatchObject([{ accessEndsAt: SOME_NOON + 56 * MINUTE + HOUR }]);
  });

  test('it is handed out at once while another process is at it.', async () => {
    const { tokens, clock, calls, setLocks } = await signedInSeat();
    clock.advance(56 * MINUTE);
    setLocks('busy');
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls]).toEqual(['made-up-access-1', []]);
  });

  test('it is handed out without waiting for who is at it.', async () => {
    const { tokens, clock, withLockTaken } = await signedInSeat();
    clock.advance(56 * MINUTE);
    let answer = '';
    await withLockTaken(async () => {
      answer = tokenIn(await tokens.fresh(PROVIDER));
    });
    expect(answer).toBe('made-up-access-1');
  });

  test.each([
    'try-later',
    'no-connection',
    'timed-out',
    'bad-answer',
    'invalid-grant',
    'refused',
    'bad-client',
  ] as const)('it is handed out although the provider says %s, and stays kept.', async (code) => {
    const { tokens, clock, kept } = await signedInSeat(refusing(code));
    clock.advance(56 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
    expect(await kept()).toMatchObject({
      accessToken: 'made-up-access-1',
      refreshToken: 'made-up-refresh-1',
    });
  });

  test('the provider is not asked again right after it has failed, and half a minute later it is.', async () => {
    const { tokens, clock, calls } = await signedInSeat(refusing('try-later'));
    clock.advance(56 * MINUTE);
    await tokens.fresh(PROVIDER);
    clock.advance(29_000);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(1);
    clock.advance(1_000);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(2);
  });
});

describe('After its end', () => {
  test.each([
    ['try-later', 'not-renewed'],
    ['no-connection', 'not-renewed'],
    ['connection-lost', 'not-renewed'],
    ['timed-out', 'not-renewed'],
    ['bad-answer', 'not-renewed'],
    ['bad-client', 'not-renewed'],
    ['refused', 'not-renewed'],
    ['denied', 'not-renewed'],
    ['invalid-grant', 'needs-sign-in'],
  ] as const)('and with %s from the provider: %s. What is kept is not lost.', async (code, why) => {
    const { tokens, clock, kept } = await signedInSeat(refusing(code));
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe(why);
    const token = await kept();
    expect(token).toMatchObject({ accessToken: 'made-up-access-1', refreshToken: 'made-up-refresh-1' });
    expect(token === null ? null : needsSignIn(token)).toBe(why === 'needs-sign-in');
    expect(tokens.known()).toMatchObject([
      { state: why === 'needs-sign-in' ? 'needs-sign-in' : 'signed-in' },
    ]);
  });

  test('and once refused, the provider is not asked about that token again.', async () => {
    const { tokens, clock, calls } = await signedInSeat(refusing('invalid-grant'));
    clock.advance(2 * HOUR);
    for (let left = 3; left > 0; left--) expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    expect(calls).toHaveLength(1);
  });

  test('and after a failure it works again as soon as the provider does.', async () => {
    let isDown = true;
    const usual = memoryOidc();
    const { tokens, clock } = await signedInSeat({
      oidc: {
        refresh: (...given) =>
          isDown ? Promise.resolve(oidcFailure('try-later', 503)) : usual.refresh(...given),
      },
    });
    clock.advance(2 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-renewed');
    isDown = false;
    clock.advance(1);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-2');
    expect(tokens.known()).toMatchObject([{ trial: null }]);
  });

  test.each([
    [7, 6_000, 1],
    [7, 8_000, 2],
    [86_400, 299_000, 1],
    [86_400, 301_000, 2],
  ])(
    'a server that wants to be left alone for %i s is, up to five minutes: %i ms later.',
    async (retryAfter, later, asked) => {
      const { tokens, clock, calls } = await signedInSeat(refusing('try-later', { status: 429, retryAfter }));
      clock.advance(2 * HOUR);
      await tokens.fresh(PROVIDER);
      clock.advance(later);
      expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('not-renewed');
      expect(calls).toHaveLength(asked);
    },
  );

  test.each([
    ['busy', 'busy'],
    ['unavailable', 'no-lock'],
  ] as const)('and where the lock is %s, the provider is not asked.', async (locks, why) => {
    const { tokens, clock, calls, setLocks } = await signedInSeat();
    clock.advance(2 * HOUR);
    setLocks(locks);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls]).toEqual([why, []]);
  });

  test('and a failure that seems to be of tomorrow, as the clock was set back, keeps nobody from asking.', async () => {
    const { tokens, clock, calls } = await signedInSeat(refusing('try-later', { retryAfter: 300 }));
    clock.advance(2 * HOUR);
    await tokens.fresh(PROVIDER);
    clock.set(-24 * HOUR);
    await tokens.fresh(PROVIDER);
    expect(calls).toHaveLength(2);
  });

  test('and without a refresh token, somebody has to sign in, though not before clocks may differ.', async () => {
    const { tokens, clock, calls } = await signedInSeat({}, { refreshToken: null });
    clock.advance(HOUR + 4 * MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
    clock.advance(MINUTE);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
    expect(calls).toEqual([]);
  });
});

describe('A token of unknown life', () => {
  test('is handed out, renewed each half hour, and never taken for ended.', async () => {
    const { tokens, clock, calls } = await signedInSeat({}, { expiresIn: null });
    clock.advance(29 * MINUTE);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls.length]).toEqual(['made-up-access-1', 0]);
    clock.advance(MINUTE);
    expect([tokenIn(await tokens.fresh(PROVIDER)), calls.length]).toEqual(['made-up-access-2', 1]);
  });

  test('without a refresh token is handed out for ever.', async () => {
    const { tokens, clock } = await signedInSeat({}, { expiresIn: null, refreshToken: null });
    clock.advance(1_000 * HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('made-up-access-1');
  });

  test('needs a sign-in when its refresh token is refused: else nobody would ever be told.', async () => {
    const { tokens, clock } = await signedInSeat(refusing('invalid-grant'), { expiresIn: null });
    clock.advance(HOUR);
    expect(tokenIn(await tokens.fresh(PROVIDER))).toBe('needs-sign-in');
  });
});
