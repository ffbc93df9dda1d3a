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

test.each<[string, string | null]>([
  ['Authorization: A\nauthorization: B', '<B>'],
  ['authorization: A\nAuthorization: B\nauthorization: C', '<B>'],
  ['authorization: A\nauthorization: B', '<B>'],
])('Each spelling keeps the place of its first line: %j', (text, authorization) => {
  expect(parse(text)).toMatchObject({ authorization });
});

test.each<[string, boolean]>([
  ['Authorization: A\nauthorization: B', true],
  ['authorization: A\nAuthorization: B\nAUTHORIZATION: C', true],
  ['Authorization: A\nauthorization:', true],
  ['authorization: A\nAuthorization: B', false],
  ['authorization: A\nAUTHORIZATION: B', false],
  ['Authorization: A', false],
  ['x-api-key: A\nX-Api-Key: B', false],
])('Another spelling of Authorization after the usual one is told: %j, %s', (text, respelled) => {
  expect(parse(text)).toMatchObject({ respelled });
});

test.each<[string, boolean]>([
  ['Authorization: Bearer', true],
  ['Authorization:  Bearer  ', true],
  ['Authorization: Bearer A', false],
  ['Authorization: Basic', false],
  ['Authorization:', false],
])('The word Bearer alone is told: %j, %s', (text, bearerAlone) => {
  expect(parse(text)).toMatchObject({ bearerAlone });
});

test.each([
  'a b: v',
  ': v',
  'é: v',
  'x(y): v',
  '"x-api-key": "X"',
  '{"x-api-key":"X"}',
  '# comment: x',
  '//: x',
  'a b: v\nx-api-key: X',
  'x-api-key: X\na b: v',
  'x-api-key: A\rAuthorization: B',
  'x-api-key: A\u2028Authorization: B',
  'x-api-key: A☺',
  'x-y: \u0001',
  'x-y: \u007f',
  'X-Y: ☃\nx-y: ok',
  'x-y: ok\nx-y: ☃',
])('No request can have %j.', (text) => {
  expect(parse(text)).toMatchObject({ unsendable: { others: true } });
});

test.each([
  'no colon',
  'x-api-key=X',
  "x'y*z#1!_.~: v",
  'x-y: é',
  'x-y: a\u0085b',
  'x-y: a\tb',
  'x-y: ☃\nx-y: ok',
  '\ufeffx-api-key: X',
  'x-api-key: X\r',
  '\n\n',
  '__proto__: v',
  '',
])('A request can have %j, or it is none.', (text) => {
  expect(parse(text)).toMatchObject({ unsendable: { authorization: false, others: false } });
});

test.each(['Authorization: B☃', 'Authorization: \u0001'])(
  'A value of Authorization that cannot be sent is told apart, since it may be replaced: %j.',
  (text) => {
    expect(parse(text)).toMatchObject({ unsendable: { authorization: true, others: false } });
  },
);

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
