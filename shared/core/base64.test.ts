import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64 } from './base64.ts';

const bytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)) });

test.each(['base64', 'base64url'] as const)(
  'Any bytes come back: %s, with and without padding.',
  (spelling) => {
    fc.assert(
      fc.property(bytes, (text) => {
        const encoded = Buffer.from(text, 'latin1').toString(spelling);
        expect(decodeBase64(encoded)).toBe(text);
        expect(decodeBase64(encoded.replace(/=+$/, ''))).toBe(text);
      }),
    );
  },
);

test.each(['a b', 'a\n', '.', 'ä', '=a', 'a=b'])('%j is none.', (text) => {
  expect(decodeBase64(text)).toBeNull();
});

test('Nothing decodes to nothing.', () => {
  expect(decodeBase64('')).toBe('');
});
