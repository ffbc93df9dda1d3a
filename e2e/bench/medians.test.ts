import { expect, test } from 'vitest';
import { inTurn, median, medianRatio } from './medians.ts';

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('The median of %j is %d.', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('There is no median of nothing.', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('Ratios are taken pair by pair, so that one busy moment does not count.', () => {
  expect(
    medianRatio([
      { one: 2, other: 1 },
      { one: 20, other: 10 },
      { one: 300, other: 1 },
    ]),
  ).toBe(2);
});

test('The two are measured in turn, after a round that does not count.', () => {
  const order: string[] = [];
  let at = 0;
  const measure = (name: string) => (): number => {
    order.push(name);
    return ++at;
  };
  expect(inTurn(2, measure('a'), measure('b'))).toEqual([
    { one: 3, other: 4 },
    { one: 5, other: 6 },
  ]);
  expect(order.join('')).toBe('ababab');
});
