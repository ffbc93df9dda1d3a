import { describe, expect, test } from 'vitest';
import { lengthOf, printable } from './printable.ts';

describe('A text from outside is shown without what could act on the terminal:', () => {
  test.each([
    ['an escape sequence', 'a\u001b[31mb', 'a\ufffd[31mb'],
    ['a line break and a tab', 'a\r\nb\tc', 'a\ufffd\ufffdb\ufffdc'],
    ['C1 controls and DEL', 'a\u009b31m\u007f', 'a\ufffd31m\ufffd'],
    ['direction marks', '\u200ea\u200fb\u061cc', '\ufffda\ufffdb\ufffdc'],
    ['embeddings and overrides', '\u202agpj.exe\u202e', '\ufffdgpj.exe\ufffd'],
    ['isolates', '\u2066a\u2069', '\ufffda\ufffd'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\ufffdb\ufffd'],
    ['invisible characters', 'ad\u200bmin\ufeff\u00ad\u2060', 'ad\ufffdmin\ufffd\ufffd\ufffd'],
    ['tag characters', 'a\u{e0041}', 'a\ufffd'],
    ['lone surrogates', 'a\ud83db\ude00', 'a\ufffdb\ufffd'],
  ])('%s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

test('Letters of every script, emoji and joiners stay as they are.', () => {
  for (const text of ['Zoë', 'עברית', 'می‌خواهم', '日本語', '👩‍💻', 'a b']) expect(printable(text)).toBe(text);
});

describe('A long name is shortened in the middle:', () => {
  test.each([
    ['abcdefghij', 10, 'abcdefghij'],
    ['abcdefghij', 9, 'abcd…ghij'],
    ['abcdefghij', 8, 'abcd…hij'],
    ['abcdefghij', 3, 'a…j'],
    ['abcdefghij', 2, 'a…'],
    ['abcdefghij', 1, '…'],
    ['😀😀😀😀😀', 4, '😀😀…😀'],
    ['😀😀😀😀', 4, '😀😀😀😀'],
  ])('%s to %i characters', (text, max, shown) => {
    expect(printable(text, max)).toBe(shown);
    expect(lengthOf(shown)).toBeLessThanOrEqual(max);
  });

  test('a name of 4,096 characters keeps both ends', () => {
    const shown = printable(`begin${'x'.repeat(4096)}end`);
    expect(lengthOf(shown)).toBe(60);
    expect(shown).toMatch(/^begin.*…x*end$/);
  });
});
