import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fingerprint } from '../secret.ts';
import { parseCustomHeaders } from './custom-headers.ts';

const asIs = (secret: string): Fingerprint => `<${secret}>` as Fingerprint;
const parse = (text: string): unknown => parseCustomHeaders(text, asIs);

test.each<[string, string, string | null, string | null]>([
  ['both', 'Authorization: Bearer A\nx-api-key: X', '<A>', '<X>'],
  ['names in any case, with white space', ' AUTHORIZATION : bearer  A \n\tX-API-Key:X\t', '<A>', '<X>'],
  ['another scheme', 'Authorization: Basic dTpw', '<Basic dTpw>', null],
  ['the last of duplicates', 'x-api-key: A\nX-Api-Key: B', null, '<B>'],
  ['CRLF', 'x-api-key: A\r\nAuthorization: B\r\n', '<B>', '<A>'],
  ['a value with colons', 'x-api-key: a:b', null, '<a:b>'],
  ['others', 'x-team: a\nx-api-keys: b', null, null],
  ['a backslash and n are no line end', 'x-team: a\\nx-api-key: b', null, null],
  ['a comma is no line end', 'x-team: a, x-api-key: b', null, null],
  ['a line without a colon', 'x-api-key', null, null],
  ['a line without a name', ': v', null, null],
  ['nothing', '', null, null],
])('%s', (_, text, authorization, xApiKey) => {
  expect(parse(text)).toMatchObject({ authorization, xApiKey });
});

test.each<[string, boolean, boolean]>([
  ['x-api-key:', false, true],
  ['Authorization: ', true, false],
  ['x-api-key: a\nx-api-key:', false, true],
  ['x-api-key:\nx-api-key: a', false, false],
  ['x-team:', false, false],
  ['', false, false],
])('Without a value is what %j names last.', (text, authorization, xApiKey) => {
  expect(parse(text)).toMatchObject({ blank: { authorization, xApiKey } });
});

test('No text makes it fail, and nothing but the values is handed on.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const handed: string[] = [];
      parseCustomHeaders(`${text}\nx-api-key: ${text}`, (secret) => {
        handed.push(secret);
        return 'f' as Fingerprint;
      });
      for (const secret of handed) expect(secret.trim()).toBe(secret);
    }),
  );
});
