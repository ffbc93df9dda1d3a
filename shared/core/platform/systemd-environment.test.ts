import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSystemdEnvironment } from './systemd-environment.ts';

/** Printed by systemctl 252 for a manager that held these values. */
const RECORDED = [
  'HOME=/home/mira',
  'PLAIN=example-0123',
  'EMPTY=',
  "SPACED=$'two words'",
  "QUOTES=$'it\\'s \"so\"'",
  "DOLLAR=$'a$HOME`x`\\\\b'",
  "NEWLINE=$'first\\nSECOND=second\\ttab'",
  'UTF=ü€',
  "CTRL=$'\\001\\033\\177'",
  'EQ=a=b==',
  "BANG=$'a!b'",
  "HASH=$'a#b~c*d?[e]{f}'",
  'PERCENT=100%',
  '',
].join('\n');

test('A recorded answer is read back to the values that the manager held.', () => {
  expect([...parseSystemdEnvironment(RECORDED)]).toEqual([
    ['HOME', '/home/mira'],
    ['PLAIN', 'example-0123'],
    ['EMPTY', ''],
    ['SPACED', 'two words'],
    ['QUOTES', 'it\'s "so"'],
    ['DOLLAR', 'a$HOME`x`\\b'],
    ['NEWLINE', 'first\nSECOND=second\ttab'],
    ['UTF', 'ü€'],
    ['CTRL', '\u0001\u001b\u007f'],
    ['EQ', 'a=b=='],
    ['BANG', 'a!b'],
    ['HASH', 'a#b~c*d?[e]{f}'],
    ['PERCENT', '100%'],
  ]);
});

describe('One line at a time', () => {
  test.each([
    [
      'the quotes of versions before 239',
      'A="say \\"hi\\" to \\$HOME \\\\ \\`x\\`"\nB=1',
      { A: 'say "hi" to $HOME \\ `x`', B: '1' },
    ],
    ['a newline inside of them', 'A="first\nB=no"\nC=1', { A: 'first\nB=no', C: '1' }],
    ['empty quotes', 'A=""\nB=$\'\'', { A: '', B: '' }],
    ['a byte that is no UTF-8', "A=$'\\377\\xfe'", { A: '\uFFFD\uFFFD' }],
    ['an escape of no known kind', "A=$'\\q\\?'", { A: 'q?' }],
    ['lines that are no assignments', 'nothing\n=x\n\nA=1', { A: '1' }],
    ['the later of two', 'A=1\nA=2', { A: '2' }],
    ['text behind the closing quote', "A=$'x'y\nB=1", { B: '1' }],
    ['an answer cut off inside of quotes', "B=1\nA=$'cut", { B: '1' }],
    ['an answer cut off behind a backslash', "B=1\nA=$'cut\\", { B: '1' }],
    ['single quotes, which are never printed', "A='x'", { A: "'x'" }],
    ['a lone dollar', 'A=$', { A: '$' }],
  ])('%s', (_, text, expected) => {
    expect(Object.fromEntries(parseSystemdEnvironment(text))).toEqual(expected);
  });
});

const NEEDS_QUOTES = /[\s"\\`$*?['()<>|&;!\p{Cc}]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  "'": "\\'",
  '\\': '\\\\',
};

/** As systemd writes it. */
function printed(value: string): string {
  if (!NEEDS_QUOTES.test(value)) return value;
  const escaped = value.replace(/[\n\t\r'\\]/g, (character) => ESCAPES[character] ?? '');
  return `$'${escaped}'`;
}

test('Whatever the values are, what systemd writes is read back.', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/), fc.string({ unit: 'grapheme' })),
      (variables) => {
        const text = Object.entries(variables).map(([name, value]) => `${name}=${printed(value)}\n`);
        expect(Object.fromEntries(parseSystemdEnvironment(text.join('')))).toEqual({ ...variables });
      },
    ),
  );
});

test('No text makes it fail.', () => {
  const pieces = fc.constantFrom(
    'A',
    '=',
    '"',
    "'",
    '$',
    "$'",
    '\\',
    '\n',
    '\\n',
    ' ',
    '\\x4',
    '\\07',
    'é',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        for (const [name, value] of parseSystemdEnvironment(text)) {
          expect(name).not.toBe('');
          expect(value.length).toBeLessThanOrEqual(text.length);
        }
      },
    ),
  );
});

test.each(['A="', "A=$'", 'A="\n', "A=$'\\\n", "A=$'\\'\n", 'A', '\\', '=\n', '"\n"'])(
  'A megabyte of %j takes no longer than its length.',
  (piece) => {
    const started = performance.now();
    parseSystemdEnvironment(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
