import { expect, test } from 'vitest';
import { assertEqual } from './assert-equal.ts';

test.each([
  [1, 1],
  ['a', 'a'],
  [null, null],
  [undefined, undefined],
  [Number.NaN, Number.NaN],
  [
    { a: 1, b: [{ c: 2, d: 3 }] },
    { b: [{ d: 3, c: 2 }], a: 1 },
  ],
  [{ a: 1, b: undefined }, { a: 1 }],
])('%j and %j are equal.', (actual, expected) => {
  expect(() => {
    assertEqual(actual, expected);
  }).not.toThrow();
});

test.each([
  [1, 2],
  [1, '1'],
  [null, undefined],
  [0, null],
  [Number.NaN, null],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [{ a: 1 }, { a: 1, b: null }],
])('%j and %j are not.', (actual, expected) => {
  expect(() => {
    assertEqual(actual, expected, 'It');
  }).toThrow(/^It is .*, not .*\.$/);
});
