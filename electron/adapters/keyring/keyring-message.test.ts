import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage, replyOf, requestOf, type KeyringRequest } from './keyring-message.ts';

const text = fc.string({ unit: 'grapheme' });
const request: fc.Arbitrary<KeyringRequest> = fc.record(
  {
    operation: fc.constantFrom('get' as const, 'set' as const, 'remove' as const),
    service: text,
    account: text,
    stored: fc.uint8Array().map((all) => Buffer.from(all).toString('latin1')),
    there: fc.option(text),
  },
  { requiredKeys: ['operation', 'service', 'account'] },
);

test('A message comes back whole, and every part of it is incomplete.', () => {
  fc.assert(
    fc.property(request, fc.nat(), (message, cut) => {
      const bytes = encodeMessage(message);
      const decoded = decodeMessage(bytes);
      expect(decoded === null || decoded === 'incomplete' ? decoded : requestOf(decoded)).toEqual(message);
      expect(decodeMessage(bytes.subarray(0, cut % bytes.length))).toBe('incomplete');
    }),
  );
});

test('Noise is no message.', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4, maxLength: 50 }), (noise) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(noise.length);
      const decoded = decodeMessage(Buffer.concat([length, noise]));
      if (decoded === null || decoded === 'incomplete') return;
      expect(replyOf(decoded)).toBeNull();
      expect(requestOf(decoded)).toBeNull();
    }),
  );
});

test.each([
  [{ state: 'found' }, null],
  [{ state: 'found', stored: 5 }, null],
  [
    { state: 'found', stored: '' },
    { state: 'found', stored: '' },
  ],
  [{ state: 'none', more: 1 }, { state: 'none' }],
  [{ state: 'changed', stored: 'x' }, { state: 'changed' }],
  [{ state: 'stored' }, null],
  [{}, null],
  [{ state: 'locked', stored: 'x' }, { state: 'locked' }],
])('The reply %j is %j.', (value, reply) => {
  expect(replyOf(value)).toEqual(reply);
});

test('A length beyond all measure is no message, and is not waited for.', () => {
  expect(decodeMessage(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toBeNull();
});
