import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandPercentNames, parseRegistryOutput, registryStrings } from './registry-output.ts';

const ENVIRONMENT = [
  '',
  'HKEY_CURRENT_USER\\Environment',
  '    (Standard)    REG_SZ    (Wert nicht festgelegt)',
  '    Path    REG_EXPAND_SZ    %USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;',
  '    TEMP    REG_EXPAND_SZ    %USERPROFILE%\\AppData\\Local\\Temp',
  '    EXAMPLE_TOKEN    REG_SZ    example-0123',
  '    A name with blanks    REG_SZ    two  words',
  '    EMPTY    REG_SZ    ',
  '    COUNT    REG_DWORD    0x1',
  '    LIST    REG_MULTI_SZ    wpad\\0isatap',
  '',
  'HKEY_CURRENT_USER\\Environment\\Below',
  '',
].join('\r\n');

test('A key is read value by value, whatever language the sentences are in.', () => {
  const values = parseRegistryOutput(ENVIRONMENT);
  expect(values.map(({ name, type, text }) => [name, type, text])).toEqual([
    ['(Standard)', 'REG_SZ', '(Wert nicht festgelegt)'],
    ['Path', 'REG_EXPAND_SZ', '%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;'],
    ['TEMP', 'REG_EXPAND_SZ', '%USERPROFILE%\\AppData\\Local\\Temp'],
    ['EXAMPLE_TOKEN', 'REG_SZ', 'example-0123'],
    ['A name with blanks', 'REG_SZ', 'two  words'],
    ['EMPTY', 'REG_SZ', ''],
    ['COUNT', 'REG_DWORD', '0x1'],
    ['LIST', 'REG_MULTI_SZ', 'wpad\\0isatap'],
  ]);
  expect(new Set(values.map(({ key }) => key))).toEqual(new Set(['HKEY_CURRENT_USER\\Environment']));
});

test('The strings of a list are told one by one.', () => {
  const list = parseRegistryOutput(ENVIRONMENT).at(-1);
  expect(list && registryStrings(list)).toEqual(['wpad', 'isatap']);
  const single = parseRegistryOutput(ENVIRONMENT)[3];
  expect(single && registryStrings(single)).toEqual(['example-0123']);
});

test('Data with line breaks stays in one piece.', () => {
  const json = '{\n  "env": {\n    "NAME": "value"\n  },\n\n  "other": 1\n}';
  const printed = `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\ClaudeCode\r\n    Settings    REG_SZ    ${json.replaceAll('\n', '\r\n')}\r\n    Other    REG_SZ    x\r\n\r\n`;
  expect(parseRegistryOutput(printed).map(({ name, text }) => [name, text])).toEqual([
    ['Settings', json],
    ['Other', 'x'],
  ]);
});

test.each([
  ['nothing', ''],
  ['a sentence', 'ERROR: The system was unable to find the specified registry key or value.\r\n'],
  ['a key without values', '\r\nHKEY_CURRENT_USER\\Volatile Environment\\1\r\n'],
])('In %s there are no values.', (_, text) => {
  expect(parseRegistryOutput(text)).toEqual([]);
});

describe('Percent signs', () => {
  const known = (name: string): string | undefined =>
    ({ USERPROFILE: 'C:\\Users\\p', 'A B': 'x', NESTED: '%USERPROFILE%' })[name.toUpperCase()];
  test.each([
    ['%USERPROFILE%\\bin', 'C:\\Users\\p\\bin'],
    ['%UserProfile%;%UserProfile%', 'C:\\Users\\p;C:\\Users\\p'],
    ['%unknown%', '%unknown%'],
    ['%unknown%USERPROFILE%', '%unknownC:\\Users\\p'],
    ['%A B%', 'x'],
    ['%NESTED%', '%USERPROFILE%'],
    ['100%', '100%'],
    ['%%', '%%'],
    ['%%USERPROFILE%%', '%C:\\Users\\p%'],
    ['', ''],
  ])('%j becomes %j.', (text, expected) => {
    expect(expandPercentNames(text, known)).toBe(expected);
  });

  test('With nothing known every text stays as it is.', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('%', 'A', ' ', '%A%')), (pieces) => {
        expect(expandPercentNames(pieces.join(''), () => undefined)).toBe(pieces.join(''));
      }),
    );
  });
});

test('Whatever the values are, what is printed is read back.', () => {
  const name = fc
    .stringMatching(/^[A-Za-z(][A-Za-z0-9 _().-]{0,12}$/)
    .filter((text) => !text.includes('    ') && !text.endsWith(' '));
  const data = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.constantFrom('REG_SZ', 'REG_EXPAND_SZ'), data)), (values) => {
      const lines = values.map((value) => `    ${value.join('    ')}\r\n`);
      const read = parseRegistryOutput(`\r\nHKEY_CURRENT_USER\\Environment\r\n${lines.join('')}\r\n`);
      expect(read.map((value) => [value.name, value.type, value.text])).toEqual(values);
    }),
  );
});

test('No text makes it fail.', () => {
  const pieces = fc.constantFrom(
    'HKEY_CURRENT_USER',
    '\\',
    '    ',
    ' ',
    'REG_SZ',
    'REG_',
    'A',
    '\r\n',
    '\n',
    '\r',
    '\t',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        expect(Array.isArray(parseRegistryOutput(text))).toBe(true);
      },
    ),
  );
});

test.each([
  '    ',
  '    REG_A',
  `    ${'REG_'.repeat(20)}`,
  '    A    REG_SZ x',
  '\n',
  'HKEY_',
  '    A    REG_SZ    \n\n\n',
])('A megabyte of %j takes no longer than its length.', (piece) => {
  const started = performance.now();
  parseRegistryOutput(piece.repeat(Math.ceil(1_000_000 / piece.length)));
  expandPercentNames(`%${piece}`.repeat(Math.ceil(1_000_000 / piece.length)), () => undefined);
  expect(performance.now() - started).toBeLessThan(2_000);
});
