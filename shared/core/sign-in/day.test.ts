import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAt, dayOf } from './day.ts';

const HOUR = 60;

test.each([
  ['2026-11-20T12:00:00Z', 0, '2026-11-20'],
  ['2026-11-20T00:00:00Z', 0, '2026-11-20'],
  ['2026-11-20T23:59:59.999Z', 0, '2026-11-20'],
  ['2026-11-20T23:30:00Z', HOUR, '2026-11-21'],
  ['2026-11-20T00:30:00Z', -HOUR, '2026-11-19'],
  ['2026-11-20T10:30:00Z', 14 * HOUR, '2026-11-21'],
  ['2026-11-20T11:30:00Z', -12 * HOUR, '2026-11-19'],
  ['1969-12-31T23:30:00Z', 0, '1969-12-31'],
])('At %s, %i minutes ahead of UTC, it is %s.', (time, offset, day) => {
  expect(dayAt(Date.parse(time), offset)).toBe(dayOf(day));
});

test('A day is the one of whoever looks at the clock.', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -720, max: 840 }), (time, offset) => {
      const day = new Date(time + offset * 60_000).toISOString().slice(0, 10);
      expect(dayAt(time, offset)).toBe(dayOf(day));
    }),
  );
});
