import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pastedCode } from './pasted-code.ts';

const CODE = 'aB3_dEf-GHi9#stAte_42-x';

test.each<[title: string, pasted: string]>([
  ['as it is', CODE],
  ['with blanks around', `  ${CODE} \n`],
  ['wrapped', 'aB3_dEf-\n  GHi9#stA\r\nte_42-x'],
  ['in quotes', `"${CODE}"`],
  ['in quotes of a word processor', `“${CODE}”`],
  ['in backticks', `\`${CODE}\``],
  ['with a full stop', `${CODE}.`],
  ['with characters that cannot be seen', `\ufeffaB3_dEf-\u200bGHi9#\u00adstAte_42-x\u2060`],
  ['with control characters', `aB3_dEf-GHi9\u0000#stAte_42-x\u0007`],
  ['as a terminal brackets a paste', `\u001b[200~${CODE}\u001b[201~`],
  ['coloured', `\u001b[32m${CODE}\u001b[0m`],
  ['escaped', CODE.replace('#', '%23')],
  ['an address', 'https://platform.claude.com/oauth/code/callback?code=aB3_dEf-GHi9&state=stAte_42-x'],
  ['an address the other way round', 'https://platform.claude.com/cb?state=stAte_42-x&code=aB3_dEf-GHi9'],
  ['an address with the state behind the #', 'https://platform.claude.com/cb?code=aB3_dEf-GHi9#stAte_42-x'],
  ['the address of this machine', 'http://localhost:51234/callback?code=aB3_dEf-GHi9&state=stAte_42-x'],
  ['a part of an address', '?code=aB3_dEf-GHi9&state=stAte_42-x'],
])('Finds the whole code: %s.', (_, pasted) => {
  expect(pastedCode(pasted)).toEqual({ text: CODE, complete: true, state: 'stAte_42-x' });
});

test.each<[title: string, pasted: string, text: string]>([
  ['nothing', '', ''],
  ['blanks', ' \n\t', ''],
  ['the first half', 'aB3_dEf', 'aB3_dEf'],
  ['the first half with its end', 'aB3_dEf#', 'aB3_dEf#'],
  ['the second half', '#state', '#state'],
  ['two of them', 'a#b#c', 'a#b#c'],
  ['an address without a state', 'https://claude.com/cb?code=abc', 'abc'],
  ['an address without a code', 'https://claude.com/cb?state=abc', ''],
  ['an address with two codes', 'https://claude.com/cb?code=a&code=b&state=c', ''],
  ['another alphabet', 'кодкодкод#состояние', ''],
  ['a line for the shell', 'rm -rf ~', 'rm-rf~'],
  ['a book', 'a'.repeat(20_000), ''],
])('Is not taken for a whole code: %s.', (_, pasted, text) => {
  expect(pastedCode(pasted)).toEqual({ text, complete: false, state: null });
});

test('A run of quotation marks in the middle takes no longer than anything else.', () => {
  const started = performance.now();
  for (let time = 0; time < 5; time++) pastedCode(`x${'"'.repeat(16_000)}x`);
  // Looked at once for each of them, they take seconds.
  expect(performance.now() - started).toBeLessThan(1_000);
});

const part = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-')),
  minLength: 1,
  maxLength: 100,
});
const clutter = fc.constantFrom(
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '\u0000',
  '\u2028',
  '\u001b[0m',
);

test('However a code is mangled by copying, it is found, and both halves with it.', () => {
  fc.assert(
    fc.property(part, part, fc.infiniteStream(clutter), (first, second, stream) => {
      const mangled = Array.from(`${first}#${second}`)
        .map((one) => `${stream.next().value}${one}`)
        .join('');
      expect(pastedCode(mangled)).toEqual({ text: `${first}#${second}`, complete: true, state: second });
    }),
  );
});

test('Whatever is pasted, what comes out is one word of plain characters, and cleaning it again changes nothing.', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })),
      (pasted) => {
        const { text, complete, state } = pastedCode(pasted);
        expect(text).toMatch(/^[!-~]*$/);
        if (complete) expect(text.endsWith(`#${state ?? ''}`)).toBe(true);
        if (complete) expect(pastedCode(text).text).toBe(text);
      },
    ),
  );
});
