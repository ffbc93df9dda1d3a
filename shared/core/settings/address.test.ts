import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fingerprint } from '../secret.ts';
import { parseAddress } from './address.ts';

const parse = (text: string): unknown => parseAddress(text, (secret) => `<${secret}>` as Fingerprint);

describe('A request can go to', () => {
  test.each([
    'http://127.0.0.1:80',
    ' http://127.0.0.1:80\n',
    'HTTP://host',
    'https://host.example',
    'http:/host',
    'http:host',
    'http:\\\\host:80',
    'http://127.0.0\t.1:1',
    'http://host/some/path/',
    'http://host?a=b',
    'http://[::1]:80/',
    'http://host:',
    'http://u:p@host',
    'http://1.2.3',
    'http://bücher.example',
  ])('%j', (text) => {
    expect(parse(text)).toMatchObject({ usable: true });
  });
});

describe('No request can go to', () => {
  test.each([
    '127.0.0.1:80',
    'nonsense',
    '//host',
    '"http://host"',
    'http://127.0.0.1 :9',
    'http://127.0.0.1:99999',
    'http://127.0.0.1:8a',
    'http://',
    'http://127.0.0.256:9',
    'http://1.2.3.4.5',
    'http://a%20b/',
    'http://a|b',
    'ftp://host',
    'file:///x',
    'localhost:9',
    'http://u:p@',
  ])('%j', (text) => {
    expect(parse(text)).toMatchObject({ usable: false });
  });
});

test.each<[string, string | null]>([
  ['http://u:pw@host', '<u:pw>'],
  ['http://u@host', '<u:>'],
  ['http://:pw@host', '<:pw>'],
  ['http://u%40x:p%3A@host', '<u@x:p:>'],
  ['http://a@b:c:d@host', '<a@b:c:d>'],
  ['http://100%:pw@host', '<100%:pw>'],
  ['http://@host', null],
  ['http://:@host', null],
  ['http://host/u:pw@path', null],
  ['http://host?u:pw@', null],
  ['nonsense', null],
])('The login in %j is %s.', (text, login) => {
  expect(parse(text)).toMatchObject({ login });
});

test('No text makes it fail.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof parseAddress(`http://${text}`, (secret) => secret as Fingerprint).usable).toBe('boolean');
    }),
  );
});
