import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMS, secretFinder } from './secret-forms.ts';

const text = (minLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength,
  });
const around = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));

describe('What looks for all forms of all secrets', () => {
  test.each(Object.keys(FORMS))('finds %s wherever it stands.', (form) => {
    fc.assert(
      fc.property(text(24), around, around, (value, before, behind) => {
        const find = secretFinder([
          { name: 'other', value: 'something-else-qzvkxwjybfgm' },
          { name: 'one', value },
        ]);
        const planted = FORMS[form]?.plant(value) ?? Buffer.alloc(0);
        const hits = find(Buffer.concat([before, planted, behind]));
        expect(hits).toContainEqual({ secret: 'one', form: form.replace(/ by .*/, '') });
      }),
    );
  });

  test('finds the middle and the end by themselves, at the edges too.', () => {
    fc.assert(
      fc.property(text(36), around, fc.nat(40), (value, before, more) => {
        const find = secretFinder([{ name: 'one', value }]);
        const middle = Math.floor((value.length - 12) / 2);
        const hit = { secret: 'one', form: 'raw' };
        for (const from of [middle, value.length - 12]) {
          const piece = Buffer.from(value.slice(from, from + 12));
          expect(find(Buffer.concat([before, piece]))).toContainEqual(hit);
          expect(find(Buffer.concat([piece, Buffer.alloc(more)]))).toContainEqual(hit);
        }
      }),
    );
  });

  test('finds nothing where there is nothing, and not what is cut too short.', () => {
    fc.assert(
      fc.property(text(36), fc.uint8Array({ min: 0x80, maxLength: 4096 }), (value, bytes) => {
        const find = secretFinder([{ name: 'one', value }]);
        expect(find(Buffer.from(bytes))).toEqual([]);
        expect(find(Buffer.from(value.slice(-11)))).toEqual([]);
        expect(secretFinder([])(Buffer.from(bytes))).toEqual([]);
      }),
    );
  });
});
