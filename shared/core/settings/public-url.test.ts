import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFirstPartyHost, publicUrl } from './public-url.ts';

test.each<[string, string | null]>([
  ['https://gateway.example', 'https://gateway.example'],
  ['HTTPS://Gateway.Example:8443/V1', 'https://gateway.example:8443/V1'],
  ['https://user:password@gateway.example/v1', 'https://gateway.example/v1'],
  ['https://token@gateway.example', 'https://gateway.example'],
  ['https://a@b@gateway.example', 'https://gateway.example'],
  ['https://gateway.example/v1?key=secret', 'https://gateway.example/v1'],
  ['https://gateway.example/v1#secret', 'https://gateway.example/v1'],
  ['https://gateway.example?u=a@b', 'https://gateway.example'],
  ['https://gateway.example/k/0123456789abcdef01234567/v1', 'https://gateway.example/k/…/v1'],
  [
    'https://gateway.example/a-long-name-without-any-digits',
    'https://gateway.example/a-long-name-without-any-digits',
  ],
  ['http://[::1]:9/', 'http://[::1]:9/'],
  ['gateway.example', '[not a URL]'],
  ['secret', '[not a URL]'],
  ['//user:password@host', '[not a URL]'],
  ['', null],
])('%j is shown as %j.', (text, shown) => {
  expect(publicUrl(text)).toBe(shown);
});

const word = fc.stringMatching(/^[A-Za-z0-9_~.-]{8,30}$/).map((text) => `SECRET${text}`);
const host = fc.domain();

test('User, password, query and fragment are never shown.', () => {
  fc.assert(
    fc.property(host, word, word, word, word, (domain, user, password, query, fragment) => {
      const shown = publicUrl(`https://${user}:${password}@${domain}/v1?k=${query}#${fragment}`) ?? '';
      for (const secret of [user, password, query, fragment]) expect(shown).not.toContain(secret);
      expect(shown).toBe(`https://${domain.toLowerCase()}/v1`);
    }),
  );
});

test('Whatever the text, nothing before an @ of the host part or after a question mark is shown.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), word, (text, secret) => {
      const clean = text.replace(/[/?#@]/g, '');
      for (const url of [
        `https://${clean}${secret}@host/${text}`,
        `https://host/?${text}${secret}`,
        `${clean}${secret}`,
      ])
        expect(publicUrl(url) ?? '').not.toContain(secret);
    }),
  );
});

test('What is shown is shown the same way again.', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const shown = publicUrl(url) ?? '';
      expect(publicUrl(shown)).toBe(shown);
    }),
  );
});

test.each<[string, boolean]>([
  ['https://api.anthropic.com', true],
  ['https://api.anthropic.com/', true],
  ['https://api.anthropic.com:443/v1', true],
  ['http://api.anthropic.com', false],
  ['https://api.anthropic.com.example', false],
  ['https://evil-api.anthropic.com', false],
  ['https://gateway.example/api.anthropic.com', false],
  ['[not a URL]', false],
])('%j is Anthropic’s own: %j', (url, own) => {
  expect(isFirstPartyHost(url)).toBe(own);
});

test('What could act on a terminal is not in it.', () => {
  expect(publicUrl('https://ex\u001b[2Jample.org/a\u202eb\n\u009b')).toBe(
    'https://ex\ufffd[2jample.org/a\ufffdb\ufffd\ufffd',
  );
});
