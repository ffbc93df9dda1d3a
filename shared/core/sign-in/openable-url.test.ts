import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openableUrl, URL_LIMIT } from './openable-url.ts';

describe('An address is put together anew:', () => {
  test.each([
    ['https://login.northwind.example/authorize?client_id=a&state=b', null, 'login.northwind.example'],
    ['HTTPS://Login.Northwind.Example', 'https://login.northwind.example/', 'login.northwind.example'],
    ['https://login.northwind.example:8443/a', null, 'login.northwind.example:8443'],
    ['https://login.northwind.example:443/', 'https://login.northwind.example/', 'login.northwind.example'],
    ['https://login.northwind.example:0443/', 'https://login.northwind.example/', 'login.northwind.example'],
    ['https://northwind.example?a', 'https://northwind.example/?a', 'northwind.example'],
    ['https://northwind.example#a', 'https://northwind.example/#a', 'northwind.example'],
    ['https://intranet/', null, 'intranet'],
    ['https://10.1.2.3/', null, '10.1.2.3'],
    ['https://[::1]:8443/', null, '[::1]:8443'],
    ['https://xn--mnchen-3ya.example/', null, 'xn--mnchen-3ya.example'],
    ['https://a_b.example/', null, 'a_b.example'],
    ['http://127.0.0.1:52114/callback?code=a', null, '127.0.0.1:52114'],
    ['http://127.0.0.1:80/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://[::1]:8080/', null, '[::1]:8080'],
    ['https://a.example/a;b=c/d(e)?f=g+h,i:j@k/l?m!*~$&n=%20%C3%BC#o', null, 'a.example'],
    ['https://a.example/a@b:c', null, 'a.example'],
    [
      'https://a.example/"\'<>[]^`{|}?"\'<>[]^`{|}#"\'<>[]^`{|}',
      `https://a.example/${['/', '?', '#']
        .map((start) => `${start}%22%27%3C%3E%5B%5D%5E%60%7B%7C%7D`)
        .join('')
        .slice(1)}`,
      'a.example',
    ],
  ])('%s', (text, url, host) => {
    expect(openableUrl(text)).toEqual({ url: url ?? text, host });
  });
});

describe('Nothing else is opened:', () => {
  test.each([
    '',
    'https:',
    'https://',
    'https:///a',
    'https:a.example',
    'https:/a.example',
    '//a.example/',
    'a.example',
    'http://a.example/',
    'http://localhost:8080/',
    'http://127.0.0.2/',
    'http://127.1/',
    'http://0x7f.0.0.1/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.0.0.1.a.example/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::1/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'file://a.example/share',
    'smb://a.example/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'data:text/html,a',
    'vscode://a.example/',
    'credence-app://bundle/',
    'view-source:https://a.example/',
    'https+x://a.example/',
    '--flag',
    '-a',
    '--new-window https://a.example/',
    'https://a.example/ --flag',
    'https://user@a.example/',
    'https://user:password@a.example/',
    'https://:@a.example/',
    'https://a.example@b.example/',
    'https://a.example%40b.example/',
    'https://a.example\\@b.example/',
    'https://a.example/\\',
    'https:\\\\a.example/',
    'https://a.example/?\\',
    ' https://a.example/',
    'https://a.example/ ',
    'https://a.example/a b',
    'https://a.example/a\tb',
    'https://a.example/a\nb',
    'https://a.example/\n',
    'https://a.example\n',
    'https://a.ex\nample/',
    'https://a.example/\r\nHost: b',
    'https://a.example/\0',
    'https://a.example/\x7f',
    'https://a.example/\u0085',
    'https://a.example/ü',
    'https://a.example/\u202egnp',
    'https://ü.example/',
    'https://а.example/',
    'https://a。example/',
    'https://a.example./',
    'https://.a.example/',
    'https://a..example/',
    'https://-a.example/',
    'https://a-.example/',
    'https://a%2eexample/',
    'https://a*.example/',
    `https://${'a'.repeat(64)}.example/`,
    `https://${'a.'.repeat(127)}example/`,
    'https://1.2.3/',
    'https://1.2.3.256/',
    'https://1.2.3.04/',
    'https://1.2.3.4.5/',
    'https://a.0x1/',
    'https://a.12/',
    'https://[fe80::1%25eth0]/',
    'https://[]/',
    'https://a.example:/',
    'https://a.example:0/',
    'https://a.example:65536/',
    'https://a.example:999999/',
    'https://a.example:-1/',
    'https://a.example:8 0/',
    'https://a.example/%',
    'https://a.example/%4',
    'https://a.example/?a=%zz',
    'https://a.example/#%',
    'https://a.example/a/../b',
    'https://a.example/..',
    'https://a.example/./a',
    'https://a.example/%2e%2E/a',
    'https://a.example/.%2e',
    'https://a.example/#a#b',
    `https://a.example/${'a'.repeat(URL_LIMIT)}`,
    `https://a.example/${'"'.repeat(URL_LIMIT / 2)}`,
  ])('%j', (text) => {
    expect(openableUrl(text)).toBeNull();
  });

  test('What is just short enough is.', () => {
    const longest = 'https://a.example/'.padEnd(URL_LIMIT, 'a');
    expect(openableUrl(longest)?.url).toBe(longest);
    expect(openableUrl(`${longest}a`)).toBeNull();
    expect(openableUrl('https://a.example:0443/'.padEnd(URL_LIMIT + 1, 'a'))).toBeNull();
  });
});

const part = (unit: readonly string[], maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...unit), maxLength });

/** Near enough to an address that many are one. */
const anAddress = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true, size: 'medium' }),
  fc
    .tuple(
      fc.constantFrom(
        'https://',
        'https://',
        'https://',
        'HTTPS://',
        'http://',
        'https:/',
        'https:\\\\',
        'file://',
        '',
      ),
      fc.oneof(
        part(['a', 'B', '1', '0', '.', '-', '_', 'x', '0x', '7f', 'xn--'], 8),
        fc.constantFrom('127.0.0.1', '[::1]', 'a.example', '[', 'a@b'),
      ),
      fc.oneof(fc.constant(''), part([':', '0', '4', '8', '6'], 6)),
      part(['/', 'a', '.', '%2e', '%', '%41', '"', "'", '|', '^', ';', '@', ':', '\\', ' ', 'ü', '\n'], 8),
      fc.oneof(fc.constant(''), part(['?', '=', '&', 'a', '%20', "'", '"', '{', '[', '#', '\t'], 8)),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

test('What is accepted Node reads as the same, and what comes out stays as it is.', () => {
  let accepted = 0;
  const punycode = /(?:^|\.)xn--/;
  fc.assert(
    fc.property(anAddress, (text) => {
      const found = openableUrl(text);
      if (found === null) return;
      const { url, host } = found;
      expect(openableUrl(url)).toEqual(found);
      expect(url).toMatch(/^https?:\/\/[\w.:[\]-]+\/[!#$%&()*+,./0-9:;=?@A-Z_a-z~-]*$/);
      // Whether such a name stands for one of another script takes tables, which older versions of Node ask.
      if (punycode.test(host) && !URL.canParse(text)) return;
      accepted++;
      const theirs = new URL(text);
      expect(theirs.host).toBe(host);
      expect([theirs.username, theirs.password]).toEqual(['', '']);
      expect(new URL(url).href).toBe(url);
      // The same to whoever unescapes.
      expect(decoded(url)).toBe(decoded(theirs.href));
    }),
  );
  expect(accepted).toBeGreaterThan(10);
});

const decoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
