import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, unframe, type Framed } from './framed-secret.ts';

const ITEM = { service: 'Credence', account: 'key:A' };
const bytes = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString('latin1'));
const framed = fc.record({ kind: fc.constantFrom('whole' as const, 'envelope' as const), payload: bytes });

test('Any bytes come back, and lie in the keychain as one line of plain characters.', () => {
  fc.assert(
    fc.property(framed, (secret: Framed) => {
      const stored = frame(ITEM, secret);
      expect(stored).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(unframe(ITEM, stored)).toEqual(secret);
    }),
  );
});

test('What was changed in one place, cut off, or added to is not taken for whole.', () => {
  fc.assert(
    fc.property(framed, fc.nat(), fc.constantFrom('A', 'z', '_', '\n', '=', ''), (secret, at, character) => {
      const stored = frame(ITEM, secret);
      const place = at % (stored.length + 1);
      for (const other of [
        stored.slice(0, place),
        stored.slice(0, place) + character + stored.slice(place + 1),
        stored.slice(0, place) + character + stored.slice(place),
      ]) {
        if (other !== stored) expect(unframe(ITEM, other)).toBeNull();
      }
    }),
  );
});

test('What any other program writes is not taken for one of ours.', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), bytes, fc.base64String()), (stored) => {
      expect(unframe(ITEM, stored)).toBeNull();
    }),
  );
});

test.each([
  { service: 'Credence', account: 'key:B' },
  { service: 'Credence2', account: 'key:A' },
  { service: 'Credencekey', account: ':A' },
])('The secret of one item does not pass for that of %j.', (other) => {
  expect(unframe(other, frame(ITEM, { kind: 'whole', payload: 'x' }))).toBeNull();
});
