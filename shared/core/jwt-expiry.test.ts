import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jwtExpiry } from './jwt-expiry.ts';

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const jwt = (payload: unknown): string => `${part({ alg: 'RS256' })}.${part(payload)}.c2lnbmF0dXJl`;

test.each([
  ['its end', { exp: 1_800_000_000 }, 1_800_000_000_000],
  ['among other claims', { iss: 'a', exp: 1_800_000_000, iat: 1 }, 1_800_000_000_000],
  ['with a fraction', '{"exp":1800000000.5}', 1_800_000_000_000],
  ['with white space', '{ "exp" : 1800000000 }', 1_800_000_000_000],
  ['no end', { iat: 1_800_000_000 }, null],
  ['an end as text', { exp: '1800000000' }, null],
  ['an end in milliseconds', { exp: 1_800_000_000_000_000 }, null],
  ['an end that is nonsense', { exp: 5 }, null],
])('It says %s.', (_, payload, end) => {
  expect(jwtExpiry(jwt(payload))).toBe(end);
});

test.each([
  '',
  'eyJ',
  'eyJ.',
  'eyJhbGciOiJub25lIn0',
  'sk-ant-api03-key',
  'eyJ.%%%.x',
  `x${jwt({ exp: 1_800_000_000 })}`,
])('%j says nothing.', (text) => {
  expect(jwtExpiry(text)).toBeNull();
});

test('No text makes it fail.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const token of [text, `eyJ${text}`, jwt(text)]) {
        const end = jwtExpiry(token);
        expect(end === null || Number.isInteger(end)).toBe(true);
      }
    }),
  );
});
