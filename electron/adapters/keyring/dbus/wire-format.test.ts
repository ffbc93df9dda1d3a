import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeValues, encodeValues, typesOf, WireError, type DbusValue } from './wire-format.ts';

const TEXT = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
const LEAF: readonly (readonly [string, fc.Arbitrary<DbusValue>])[] = [
  ['y', fc.integer({ min: 0, max: 255 })],
  ['b', fc.boolean()],
  ['u', fc.nat(0xffffffff)],
  ['s', TEXT],
  ['o', TEXT],
  ['g', fc.constantFrom('', 's', 'a{ss}', '(oayays)')],
];

interface Typed {
  readonly type: string;
  readonly value: DbusValue;
}

const leaf = fc.oneof(...LEAF.map(([type, of]) => of.map((value): Typed => ({ type, value }))));
const { typed } = fc.letrec<{ typed: Typed }>((tie) => ({
  typed: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('typed').map((inner): Typed => ({ type: 'v', value: inner })),
    // The same element several times: of one type, and at different places.
    fc.tuple(tie('typed'), fc.nat(3)).map(([{ type, value }, length]): Typed => ({
      type: `a${type}`,
      value: Array.from({ length }, () => value),
    })),
    fc.array(tie('typed'), { minLength: 1, maxLength: 3 }).map((parts): Typed => ({
      type: `(${parts.map(({ type }) => type).join('')})`,
      value: parts.map(({ value }) => value),
    })),
    fc.tuple(leaf, tie('typed')).map(([key, { type, value }]): Typed => ({
      type: `a{${key.type}${type}}`,
      value: [[key.value, value]],
    })),
  ),
}));

test('What is encoded is decoded again, whatever its types.', () => {
  fc.assert(
    fc.property(fc.array(typed, { maxLength: 4 }), (all) => {
      const signature = all.map(({ type }) => type).join('');
      const values = all.map(({ value }) => value);
      expect(decodeValues(signature, encodeValues(signature, values))).toEqual(values);
    }),
  );
});

test('Any bytes are decoded or refused, and nothing else happens.', () => {
  fc.assert(
    fc.property(typed, fc.uint8Array({ maxLength: 200 }), ({ type }, bytes) => {
      try {
        decodeValues(type, Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
  );
});

describe('Bytes of the specification', () => {
  const cases: readonly (readonly [string, string, readonly DbusValue[], string])[] = [
    ['a string', 's', ['foo'], '03000000666f6f00'],
    ['a string behind a byte is aligned', 'ys', [1, 'x'], '01000000010000007800'],
    ['a variant', 'v', [{ type: 'u', value: 5 }], '0175000005000000'],
    ['an empty array of structs is padded all the same', 'a(y)', [[]], '0000000000000000'],
    ['the padding before the first element is not counted', 'ua{yy}', [1, [[2, 3]]], '010000000200000002 03'],
  ];

  test.each(cases)('%s', (_, signature, values, hex) => {
    expect(encodeValues(signature, values).toString('hex')).toBe(hex.replaceAll(' ', ''));
  });
});

test.each(['x', 'a', '(', '(s', 'a{s', ')', 'aa', 's)', '()', 'a()', 'a{}', '(s())'])(
  '%j is no signature.',
  (signature) => {
    expect(() => typesOf(signature)).toThrow(WireError);
  },
);
