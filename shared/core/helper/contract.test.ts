import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkHelperOutput, LONGEST_OUTPUT } from './contract.ts';

test.each([
  ['one token', 'sk-made-up', 'sk-made-up'],
  ['white space around it', '\t a \r\n\n', 'a'],
  ['a byte order mark before it', '\ufeffa', 'a'],
  ['a space that does not break after it', 'a\u00a0', 'a'],
  ['JSON without blanks', '{"a":"b"}', '{"a":"b"}'],
  ['as much as there may be', 'a'.repeat(LONGEST_OUTPUT), 'a'.repeat(LONGEST_OUTPUT)],
])('It can be used: %s.', (_, output, value) => {
  expect(checkHelperOutput(output, 0, false)).toEqual({ ok: true, value });
});

test.each<[string, string, number | null, boolean, string, boolean]>([
  ['nothing', '', 0, false, 'no-output', false],
  ['white space', ' \n', 0, false, 'no-output', false],
  ['two lines', 'a\nb', 0, false, 'several-lines', false],
  ['two lines after the manner of Windows', 'a\r\nb', 0, false, 'several-lines', false],
  ['two words', 'a b', 0, false, 'several-tokens', true],
  ['a tab within', 'a\tb', 0, false, 'several-tokens', true],
  ['an umlaut', 'ä', 0, false, 'not-ascii', true],
  ['a control character', 'a\u0000b', 0, false, 'not-ascii', true],
  ['a DEL', 'a\u007f', 0, false, 'not-ascii', true],
  ['one character too many', 'a'.repeat(LONGEST_OUTPUT + 1), 0, false, 'too-long', true],
  ['more than was kept', 'a', 0, true, 'too-long', true],
  ['a token, and a bad end', 'a', 1, false, 'exit-code', true],
  ['nothing, and a bad end', '', 1, false, 'exit-code', false],
  ['two lines, and a bad end', 'a\nb', 1, false, 'exit-code', false],
  ['a token, and an end by a signal', 'a', null, false, 'exit-code', true],
])('It cannot be used: %s.', (_, output, exitCode, truncated, problem, printed) => {
  expect(checkHelperOutput(output, exitCode, truncated)).toEqual({ ok: false, problem, printed });
});

test('What can be used is one token of printable ASCII, whatever is printed.', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.option(fc.nat(2)),
      fc.boolean(),
      (output, exitCode, truncated) => {
        const checked = checkHelperOutput(output, exitCode, truncated);
        if (checked.ok) expect(checked.value).toMatch(/^[\x21-\x7e]{1,16384}$/);
        else expect(Object.keys(checked)).toEqual(['ok', 'problem', 'printed']);
      },
    ),
  );
});
