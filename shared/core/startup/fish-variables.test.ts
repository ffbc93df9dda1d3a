import { expect, test } from 'vitest';
import { readFishUniversalVariables } from './fish-variables.ts';

const TEXT = [
  '# This file contains fish universal variable definitions.',
  '# VERSION: 3.0',
  'SETUVAR --export KEY:sk\\x2dant\\x2d1\\x3a\\u00e9',
  'SETUVAR URL:x',
  'SETUVAR --export LIST:a\\x1eb',
  'SETUVAR --export --path FOLDERS:a\\x1eb',
  'SETUVAR --export NOTHING:\\x1d',
  'SETUVAR --export EMPTY:',
  'SET_EXPORT OLD:x',
  'SETUVAR --export BROKEN:a\\q',
  'SETUVAR --export BYTE:\\xe9',
  'nonsense',
].join('\n');

test.each([
  ['an exported variable with escapes', 'KEY', 3, 'sk-ant-1:é', true],
  ['a variable that is not exported', 'URL', 4, 'x', false],
  ['a list', 'LIST', 5, 'a b', true],
  ['a path', 'FOLDERS', 6, 'a:b', true],
  ['a list without items', 'NOTHING', 7, '', true],
  ['an empty value', 'EMPTY', 8, '', true],
  ['the form of before 3.0', 'OLD', 9, 'x', true],
  ['an unknown escape', 'BROKEN', 10, null, true],
  ['a byte of an unknown encoding', 'BYTE', 11, null, true],
])('%s is read', (_, name, line, value, exported) => {
  const { assignments } = readFishUniversalVariables(TEXT, (asked) => asked === name);
  expect(assignments).toEqual([
    {
      name,
      line,
      value,
      pathAsWritten: null,
      exported,
      kind: 'set',
      conditional: false,
      certainty: value === null ? 'computed' : 'literal',
    },
  ]);
});

test('Windows line ends do not belong to values', () => {
  expect(readFishUniversalVariables('SETUVAR A:b\r\n', () => true).assignments).toMatchObject([
    { value: 'b' },
  ]);
});
