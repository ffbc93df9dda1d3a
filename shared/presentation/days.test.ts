import { describe, expect, test } from 'vitest';
import {
  betweenDays,
  formatDay,
  formatDays,
  formatTime,
  isDate,
  momentPhrase,
  type Calendar,
} from './days.ts';

const utc: Calendar = { now: Date.UTC(2026, 10, 20, 12), utcOffsetMinutes: 0 };
const at = (month: number, day: number, hour = 12, minute = 0, year = 2026): number =>
  Date.UTC(year, month - 1, day, hour, minute);

describe('Days are written as people write them:', () => {
  test.each([
    [at(12, 13), '13 December'],
    [at(1, 5, 12, 0, 2027), '5 January 2027'],
    [at(11, 20), '20 November'],
  ])('%i', (time, shown) => {
    expect(formatDay(time, utc)).toBe(shown);
  });

  test.each([
    [at(12, 10), at(12, 13), '10 to 13 December', 'between 10 and 13 December'],
    [at(11, 30), at(12, 3), '30 November to 3 December', 'between 30 November and 3 December'],
    [
      at(12, 30),
      at(1, 2, 12, 0, 2027),
      '30 December to 2 January 2027',
      'between 30 December and 2 January 2027',
    ],
    [at(1, 2, 0, 0, 2027), at(1, 5, 0, 0, 2027), '2 to 5 January 2027', 'between 2 and 5 January 2027'],
    [at(12, 13, 1), at(12, 13, 20), '13 December', 'on 13 December'],
  ])('from %i to %i', (first, last, range, between) => {
    expect(formatDays(first, last, utc)).toBe(range);
    expect(betweenDays(first, last, utc)).toBe(between);
  });
});

test('The local day counts, not the one in Greenwich.', () => {
  const late = at(12, 13, 23, 30);
  expect(formatDay(late, { ...utc, utcOffsetMinutes: 60 })).toBe('14 December');
  expect(formatTime(late, { ...utc, utcOffsetMinutes: 60 })).toBe('00:30');
  expect(formatDay(at(12, 13, 2), { ...utc, utcOffsetMinutes: -480 })).toBe('12 December');
});

test('Where the offset changes with the season, each moment has its own.', () => {
  const berlin: Calendar = { ...utc, utcOffsetMinutes: (time) => (time < at(10, 25) ? 120 : 60) };
  expect(formatTime(at(8, 1, 12), berlin)).toBe('14:00');
  expect(formatTime(at(12, 1, 12), berlin)).toBe('13:00');
});

test('Today needs a time only, another day is named.', () => {
  expect(momentPhrase(at(11, 20, 14, 3), utc, false)).toBe('at 14:03');
  expect(momentPhrase(at(11, 20, 14, 3), utc, true)).toBe('by 14:03');
  expect(momentPhrase(at(12, 1, 10), utc, false)).toBe('on 1 December at 10:00');
  expect(momentPhrase(at(12, 1, 10), utc, true)).toBe('by 1 December at 10:00');
});

test('What a file says may be no date at all.', () => {
  for (const time of [null, 0, -5, 1_795_200_000, Number.NaN, Infinity, 8.64e15])
    expect(isDate(time)).toBe(false);
  expect(isDate(at(1, 1))).toBe(true);
});
