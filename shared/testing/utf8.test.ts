import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8, utf8Length } from './utf8.ts';

test('Any bytes are decoded as Node decodes them.', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      expect(decodeUtf8([...bytes])).toBe(Buffer.from(bytes).toString('utf8'));
    }),
    { numRuns: 2000 },
  );
});

test('Bytes around every border of the encoding are decoded as Node decodes them.', () => {
  const borders = [
    0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff,
  ];
  const border = fc.constantFrom(...borders);
  fc.assert(
    fc.property(fc.array(border, { maxLength: 8 }), (bytes) => {
      expect(decodeUtf8(bytes)).toBe(Buffer.from(bytes).toString('utf8'));
    }),
    { numRuns: 5000 },
  );
});

test('Any text is encoded, and its bytes counted, as Node does it.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(encodeUtf8(text)).toEqual([...Buffer.from(text, 'utf8')]);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
  expect(encodeUtf8('a\ud800b')).toEqual([...Buffer.from('a\ud800b', 'utf8')]);
});
