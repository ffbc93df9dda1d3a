import { expect, test } from 'vitest';
import { nearWord, typedWord } from './near-word.ts';

const COMMANDS = ['status', 'explain', 'matrix', 'what-if', 'check', 'scan', 'doctor', 'completion'];

test.each([
  ['statsu', 'status'],
  ['stat', 'status'],
  ['STATUS', 'status'],
  ['tsatus', 'status'],
  ['whatif', 'what-if'],
  ['docter', 'doctor'],
  ['scann', 'scan'],
  ['chekc', 'check'],
  ['xplain', 'explain'],
])('Who typed “%s” probably meant “%s”.', (typed, meant) => {
  expect(nearWord(typed, COMMANDS)).toBe(meant);
});

test.each(['s', '', 'zebra', 'login', 'statistics', 'a'.repeat(4096)])('Nothing is near “%s”.', (typed) => {
  expect(nearWord(typed, COMMANDS)).toBeNull();
});

test('A word that is a name is repeated in quotation marks.', () => {
  expect(typedWord('ANTHROPIC_API_KEy')).toBe('“ANTHROPIC_API_KEy”');
});

test.each(['sk-ant-api', 'sk-ant-api03-KEY-aaaa', 'a1b2c3', '\u001b[2J', 'a\u202eb', '', 'a'.repeat(41)])(
  'What may be a secret or act on a terminal is not: %j.',
  (text) => {
    expect(typedWord(text)).toBeNull();
  },
);
