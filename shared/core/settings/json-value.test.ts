import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, parseStrictJson, valueToText, type JsonValue } from './json-value.ts';

test.each<[JsonValue, string]>([
  ['text', 'text'],
  ['', ''],
  [12, '12'],
  [-0.5, '-0.5'],
  [1e21, '1e+21'],
  [true, 'true'],
  [null, 'null'],
  [{}, '[object Object]'],
  [[], ''],
  [[1, null, 'a', [2, [null]]], '1,,a,2,'],
  [[{}], '[object Object]'],
])('%j becomes %j.', (value, text) => {
  expect(valueToText(value)).toBe(text);
});

/** Without members that JavaScript asks for the text. */
const jsonValue = fc.jsonValue().filter((value) => !/"(?:toString|valueOf)"/.test(JSON.stringify(value)));

test('A value becomes the text that JavaScript makes of it.', () => {
  fc.assert(
    fc.property(jsonValue, (value) => {
      // eslint-disable-next-line @typescript-eslint/no-base-to-string -- that is what Claude Code does
      expect(valueToText(value as JsonValue)).toBe(String(value));
    }),
  );
});

test.each(['{}', ' {}\n', '\ufeff{}', '1', 'null', '{"a":1,"a":2}'])('%j is JSON.', (text) => {
  expect(parseStrictJson(text).ok).toBe(true);
});

test.each(['', ' ', '{', '{}x', '{"a":1,}', '{} // c', "{'a':1}", '\ufeff\ufeff{}', 'undefined'])(
  '%j is not.',
  (text) => {
    expect(parseStrictJson(text)).toEqual({ ok: false });
  },
);

test('Of duplicate names the last counts.', () => {
  expect(parseStrictJson('{"a":1,"a":2}')).toEqual({ ok: true, value: { a: 2 } });
});

test.each<[JsonValue | undefined, boolean]>([
  [{}, true],
  [[], false],
  [null, false],
  ['{}', false],
  [undefined, false],
])('%j is an object: %j', (value, is) => {
  expect(isJsonObject(value)).toBe(is);
});

test('Lists in lists become text as JavaScript does it, however deep.', () => {
  for (const value of [[], [[]], [[], 1], [1, [2, [3, null]], null, [[]]], [[null]], [{}, [true, 'x']]]) {
    expect(valueToText(value)).toBe(([value] as readonly unknown[]).join());
  }
  const deep = JSON.parse(`${'['.repeat(100_000)}7${']'.repeat(100_000)}`) as JsonValue;
  expect(valueToText(deep)).toBe('7');
});
