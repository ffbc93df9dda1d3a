import { describe, expect, test } from 'vitest';
import { durationPhrase, relativePhrase } from './durations.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('A length of time is told in the largest unit of which there are two:', () => {
  test.each([
    [0, '0 seconds'],
    [1.5 * SECOND, '1 second'],
    [12 * SECOND, '12 seconds'],
    [119 * SECOND, '119 seconds'],
    [2 * MINUTE, '2 minutes'],
    [90 * MINUTE, '90 minutes'],
    [3.9 * HOUR, '3 hours'],
    [47 * HOUR, '47 hours'],
    [2.9 * DAY, '2 days'],
    [46 * DAY, '46 days'],
  ])('%i ms', (length, phrase) => {
    expect(durationPhrase(length)).toBe(phrase);
    expect(durationPhrase(-length)).toBe(phrase);
  });
});

test('“Within” needs the length rounded up.', () => {
  expect(durationPhrase(2.1 * DAY, 'up')).toBe('3 days');
  expect(durationPhrase(2 * DAY, 'up')).toBe('2 days');
  expect(durationPhrase(200, 'up')).toBe('1 second');
});

test('Before and after are told apart.', () => {
  expect(relativePhrase(3 * HOUR, 0)).toBe('in 3 hours');
  expect(relativePhrase(0, 3 * DAY)).toBe('3 days ago');
});
