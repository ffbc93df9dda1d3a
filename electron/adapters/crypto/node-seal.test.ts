import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealContract } from '../../../shared/testing/seal-contract.ts';
import { nodeSeal } from './node-seal.ts';

test.each(sealContract(() => nodeSeal))('$title', ({ run }) => run());

const KEY = 'k'.repeat(32);

test('What is sealed is AES-256-GCM with a nonce of 12 bytes and a tag of 16, behind a version.', () => {
  const sealed = Buffer.from(nodeSeal.seal(KEY, 'plain', 'about'), 'latin1');
  expect([sealed.length, sealed[0]]).toEqual([1 + 12 + 16 + 5, 1]);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(KEY), sealed.subarray(1, 13));
  decipher.setAAD(Buffer.from('\u0001about'));
  decipher.setAuthTag(sealed.subarray(13, 29));
  expect(decipher.update(sealed.subarray(29)).toString() + decipher.final('utf8')).toBe('plain');
});

const bytes = fc.uint8Array({ maxLength: 200 }).map((values) => Buffer.from(values).toString('latin1'));

test('Whatever is sealed opens as it was, and with no bit of it altered.', () => {
  fc.assert(
    fc.property(bytes, fc.string({ unit: 'binary' }), fc.nat(), fc.nat(7), (plain, about, where, bit) => {
      const sealed = nodeSeal.seal(KEY, plain, about);
      expect(nodeSeal.open(KEY, sealed, about)).toBe(plain);
      const at = where % sealed.length;
      const other = String.fromCharCode(sealed.charCodeAt(at) ^ (1 << bit));
      expect(nodeSeal.open(KEY, sealed.slice(0, at) + other + sealed.slice(at + 1), about)).toBe(null);
    }),
  );
});

test.each([
  ['a key that is too short', () => nodeSeal.seal('k', 'plain-SECRET', '')],
  ['text that is no bytes', () => nodeSeal.seal(KEY, 'SECRET-\u20ac', '')],
])('With %s nothing is sealed, and the error holds nothing of it.', (_, seal) => {
  expect(seal).toThrow(TypeError);
  expect(seal).not.toThrow(/SECRET/);
});
