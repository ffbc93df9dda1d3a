import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfText, textOfBytes } from './byte-text.ts';

const anyBytes = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xc3, 0xe2, 0x80, 0xed, 0xf0, 0xf4, 0xef, 0xbb, 0xbf),
    ),
  )
  .map((values) => Buffer.from(values).toString('latin1'));

test('Bytes say what Node reads in them, malformed ones too.', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      expect(textOfBytes(bytes)).toBe(Buffer.from(bytes, 'latin1').toString('utf8'));
    }),
  );
});

test('A text becomes the bytes that Node writes, and they say it again.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud800', '\udc00x'), (text, half) => {
      expect(bytesOfText(text + half)).toBe(Buffer.from(text + half, 'utf8').toString('latin1'));
      expect(textOfBytes(bytesOfText(text))).toBe(text);
    }),
  );
});
