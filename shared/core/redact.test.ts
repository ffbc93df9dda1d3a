import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactor } from './redact.ts';
import { HIDDEN } from './remedies/mask-line.ts';

const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-0000';
/** As a credential may be: any characters of one line, and long enough to be one. */
const secrets = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 60 })
  .filter(
    (text) =>
      text.trim().length >= 8 &&
      !/[\r\n•\uD800-\uDFFF]/.test(text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '')),
  );
const around = fc.string({ unit: fc.constantFrom(...Array.from('abz019 .:/"{}=&%\\')), maxLength: 20 });

const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'percent-encoded': (secret) => encodeURIComponent(secret),
  'percent-encoded as a whole, in small letters': (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'as a form has it': (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
  'escaped in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'escaped in JSON as a whole': (secret) =>
    Array.from(
      { length: secret.length },
      (_, at) => `\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'in large hexadecimal': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
};

describe('A secret that is known', () => {
  for (const [name, form] of Object.entries(FORMS)) {
    test(`is not in what is shown when it was ${name}.`, () => {
      fc.assert(
        fc.property(secrets, around, around, (secret, before, after) => {
          const shown = redactor([secret]).text(`${before}${form(secret)}${after}`);
          expect(shown).toContain(HIDDEN);
          expect(shown).not.toContain(form(secret));
        }),
      );
    });
  }

  test('is not in what is shown when it was encoded in base64 within something longer, in either alphabet.', () => {
    fc.assert(
      fc.property(
        secrets,
        around,
        around,
        fc.constantFrom('base64', 'base64url'),
        (secret, before, after, how) => {
          const encoded = Buffer.from(`${before}${secret}${after}`).toString(how);
          const shown = redactor([secret]).text(encoded);
          expect(shown).toContain(HIDDEN);
          // What is left to decode does not give it.
          for (const part of shown.split(HIDDEN))
            expect(Buffer.from(part, how).toString()).not.toContain(secret);
        },
      ),
    );
  });

  test('is hidden as the name of a member as well.', () => {
    expect(redactor(['made-up-0123']).text('{"made-up-0123": {"made-up-0123": 1}}')).toBe(
      `{"${HIDDEN}": {"${HIDDEN}": 1}}`,
    );
  });

  test('leaves alone what is not it.', () => {
    expect(redactor(['abcdefgh']).text('abcdefg, bcdefgh and ABCDEFGH stay.')).toBe(
      'abcdefg, bcdefgh and ABCDEFGH stay.',
    );
  });

  test('is hidden line by line where it has several.', () => {
    expect(redactor(['-----BEGIN\nmade-up-line\n']).text('x made-up-line y')).toBe(`x ${HIDDEN} y`);
  });
});

describe('What looks like a credential', () => {
  test.each([
    [`refused: ${KEY}!`, `refused: ${HIDDEN}!`],
    ['Authorization: Bearer made.up-token==', `Authorization: ${HIDDEN} ${HIDDEN}`],
    [
      'proxy http://me:pass@proxy.example:8080/x failed',
      `proxy http://${HIDDEN}@proxy.example:8080/x failed`,
    ],
    [
      'GET /callback?code=abc&state=def&scope=openid',
      `GET /callback?code=${HIDDEN}&state=${HIDDEN}&scope=openid`,
    ],
    ['{"access_token": "abc", "scope": "openid"}', `{"access_token": "${HIDDEN}", "scope": "openid"}`],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', HIDDEN],
    ['ghp_0123456789abcdef and AKIA0123456789ABCDEF', `${HIDDEN} and ${HIDDEN}`],
    ['a'.repeat(43), HIDDEN],
  ])('is hidden: %s', (said, shown) => {
    expect(redactor([]).text(said)).toBe(shown);
  });

  test.each([
    'connect ECONNREFUSED 127.0.0.1:9',
    'OAuth error: Invalid code',
    'That doesn’t look like the full code. Copy all of it, including the # in the middle.',
    'Request failed with status 400 at /home/petra/clients/acme/app/index.js:42',
    'certificate has expired',
  ])('is not in: %s', (said) => {
    expect(redactor([]).text(said)).toBe(said);
  });
});

const said = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        'Bearer ',
        'code=',
        'token: "',
        '://',
        '@',
        KEY,
        'made-up-0123',
        HIDDEN,
        '\n',
        'eyJ',
        '-'.repeat(41),
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const one = redactor(['made-up-0123', 'a secret with gaps']);

test('Redacting twice is redacting once.', () => {
  fc.assert(
    fc.property(said, (text) => {
      const once = one.text(text);
      expect(one.text(once)).toBe(once);
    }),
  );
});

test('However it is cut into pieces, the same is shown.', () => {
  fc.assert(
    fc.property(said, fc.array(fc.nat({ max: 200 }), { maxLength: 20 }), (text, cuts) => {
      const stream = one.pieces();
      let shown = '';
      let from = 0;
      for (const at of [...cuts, text.length].sort((a, b) => a - b)) {
        shown += stream.push(text.slice(from, Math.max(from, at)));
        from = Math.max(from, at);
      }
      expect(shown + stream.end()).toBe(
        text
          .split(/(?<=\n)/)
          .map((line) => one.text(line))
          .join(''),
      );
    }),
  );
});

test.each([
  ['nothing', 'a b '],
  ['beginnings of tokens', 'eyJ-'],
  ['beginnings of addresses', 'a://b'],
  ['names', 'code token="'],
  ['gaps behind a name', 'code        '],
  ['a secret but for its end', 'made-up-012'],
])('A line of a megabyte of %s takes no longer, for each of its characters, than a short one.', (_, part) => {
  const long = part.repeat(Math.ceil(1_048_576 / part.length));
  const perCharacter = (text: string): number => {
    const times = Array.from({ length: 3 }, () => {
      const start = performance.now();
      one.text(text);
      return performance.now() - start;
    });
    return Math.min(...times) / text.length;
  };
  // Sixty-four times the length: were it quadratic, the ratio would be that.
  expect(perCharacter(long) / perCharacter(long.slice(0, 16_384))).toBeLessThan(16);
});
