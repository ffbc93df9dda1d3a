import { expect, test } from 'vitest';
import { signInEnded } from './sign-in-ended.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

test.each([
  ['signed-in', true, NOW - 60 * MINUTE, false],
  ['signed-in', true, null, false],
  ['signed-in', false, null, false],
  ['signed-in', false, NOW - 4 * MINUTE, false],
  ['signed-in', false, NOW - 5 * MINUTE, true],
  ['needs-sign-in', false, null, true],
  ['needs-sign-in', true, NOW + 1, false],
  ['needs-sign-in', true, NOW, true],
] as const)(
  '%s, renewing itself: %s, with a token until %s, has ended: %s.',
  (state, renews, accessEndsAt, ended) => {
    expect(signInEnded({ state, renews, accessEndsAt }, NOW)).toBe(ended);
  },
);
