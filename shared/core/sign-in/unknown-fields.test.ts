import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptFields, MOST_UNKNOWN } from './unknown-fields.ts';

const name = fc.oneof(fc.constantFrom('a', '__proto__', 'constructor', 'toString'), fc.string());
const fields = fc.dictionary(name, fc.jsonValue());
/** As they are written and read again. */
const again = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const escaped = (value: unknown): number => JSON.stringify(value).replace(/[^\0-\x7f]/g, '\\u0000').length;
const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('Of the fields that nobody here knows', () => {
  test('all are kept as they are as long as they are few.', () => {
    fc.assert(
      fc.property(fields, (now) => {
        fc.pre(escaped(Object.entries(now)) <= MOST_UNKNOWN);
        expect(again(keptFields(now))).toEqual(again(now));
        expect(Object.getPrototypeOf(keptFields(now))).toBe(Object.prototype);
      }),
    );
  });

  test('those that an answer leaves out stay, and those that it says anew are as it says them.', () => {
    fc.assert(
      fc.property(fields, fields, (now, before) => {
        fc.pre(escaped([...Object.entries(now), ...Object.entries(before)]) <= MOST_UNKNOWN);
        const kept = keptFields(now, before);
        for (const key of new Set([...Object.keys(now), ...Object.keys(before)]))
          expect(again(field(kept, key))).toEqual(again(field(Object.hasOwn(now, key) ? now : before, key)));
        expect(new Set(Object.keys(kept))).toEqual(new Set([...Object.keys(now), ...Object.keys(before)]));
      }),
    );
  });

  test('never more is kept than there is room for, whatever comes, however often; each whole or not at all.', () => {
    const large = fc.dictionary(
      name,
      fc.oneof(fc.jsonValue(), fc.string({ minLength: 500, maxLength: 9_000 })),
    );
    fc.assert(
      fc.property(fc.array(large, { maxLength: 8 }), (answers) => {
        const kept = answers.reduce<Readonly<Record<string, unknown>>>(
          (before, now) => keptFields(now, before),
          {},
        );
        expect(escaped(kept)).toBeLessThanOrEqual(MOST_UNKNOWN + 2);
        for (const [key, value] of Object.entries(kept))
          expect(answers.map((answer) => JSON.stringify(field(answer, key)))).toContain(
            JSON.stringify(value),
          );
      }),
    );
  });

  test('one that does not fit does not keep out others, and the newest come first.', () => {
    const half = 'x'.repeat(MOST_UNKNOWN * 0.6);
    expect(Object.keys(keptFields({ huge: 'x'.repeat(MOST_UNKNOWN), small: 1 }))).toEqual(['small']);
    expect(Object.keys(keptFields({ now: half }, { before: half, small: 1 }))).toEqual(['now', 'small']);
    expect(Object.keys(keptFields({ accents: 'é'.repeat(MOST_UNKNOWN / 5) }))).toEqual([]);
  });

  test('one that is nested without end is left out, however small.', () => {
    expect(Object.keys(keptFields({ flat: nested(10), deep: nested(20), deeper: nested(3_000) }))).toEqual([
      'flat',
    ]);
    expect(Object.keys(keptFields({ deepest: nested(100_000) }))).toEqual([]);
  });
});

const field = (all: object, key: string): unknown => Object.getOwnPropertyDescriptor(all, key)?.value;
