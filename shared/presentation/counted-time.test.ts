import { expect, test } from 'vitest';
import { elapsedTime, remainingTime } from './counted-time.ts';

test.each([
  [-5_000, '0:00'],
  [0, '0:00'],
  [28_999, '0:28'],
  [60_000, '1:00'],
  [725_000, '12:05'],
  [3_723_000, '1:02:03'],
])('After %i ms the clock shows %s.', (milliseconds, shown) => {
  expect(elapsedTime(milliseconds)).toBe(shown);
});

test.each([
  [-1, 'now'],
  [999, 'now'],
  [1_000, 'in 1 s'],
  [272_000, 'in 4 min 32 s'],
  [60_000, 'in 1 min 0 s'],
  [3_720_000, 'in 1 h 2 min'],
])('With %i ms left it stops %s.', (milliseconds, shown) => {
  expect(remainingTime(milliseconds)).toBe(shown);
});
