import { expect, test } from 'vitest';
import { crashLimit } from './crash-limit.ts';

test('Three crashes within a minute are borne, a fourth is one too many; a minute later it begins anew.', () => {
  let time = 0;
  const { isOneTooMany } = crashLimit(() => time);
  expect([isOneTooMany(), isOneTooMany(), isOneTooMany()]).toEqual([false, false, false]);
  time = 59_000;
  expect(isOneTooMany()).toBe(true);
  time = 125_000;
  expect(isOneTooMany()).toBe(false);
});
