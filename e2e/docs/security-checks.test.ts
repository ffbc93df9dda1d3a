import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../build/root.mjs';
import { checkRows, titlesIn } from './security-checks-page.ts';

const PAGE = readFileSync(path.join(ROOT, 'docs/security-checks.md'), 'utf8');
const ROWS = checkRows(PAGE);
/** First and last of each group. */
const GROUPS: readonly (readonly [from: number, to: number])[] = [
  [1, 10],
  [11, 19],
  [20, 28],
  [29, 38],
  [45, 51],
  [52, 56],
  [57, 60],
  [61, 65],
  [66, 68],
];
const named = ROWS.flatMap(({ number, shownBy }) =>
  shownBy.map(({ path: file, titles }) => ({ number, file, titles })),
);

describe('docs/security-checks.md', () => {
  test('has one row for each check, in their order.', () => {
    const numbers = GROUPS.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, at) => from + at),
    );
    expect(ROWS.map(({ number }) => number)).toEqual(numbers);
  });

  test('says of each what is promised, and what shows it or why nothing does.', () => {
    for (const { number, promise, shownBy, notShown } of ROWS) {
      expect(promise.length, String(number)).toBeGreaterThan(20);
      if (shownBy.length === 0) expect(notShown.length, String(number)).toBeGreaterThan(20);
    }
  });

  test.each(named)('names for check $number what stands in $file', ({ file, titles }) => {
    expect(file).toMatch(/^(?:e2e|electron|shared|build)\/.*\.ts$/);
    expect(existsSync(path.join(ROOT, file))).toBe(true);
    expect(titles).not.toEqual([]);
    const known = titlesIn(readFileSync(path.join(ROOT, file), 'utf8'));
    expect(titles.filter((title) => !known.has(title))).toEqual([]);
  });
});

describe('A page that is not true would be found out:', () => {
  const SOURCE = `
    // 'A title in a comment.'
    test('A title.', run);
    test.each(cases)('%s is like %.20s', run);
    test(\`\${String(COUNT)} times.\`, run);
    test.each(rows)('$title, as $it.is.', run);`;

  test.each([
    ['A title.', true],
    ['… is like …', true],
    ['… times.', true],
    ['…, as …', true],
    ['A title', false],
    ['A title in a comment.', false],
    ['one is like …', false],
    ['test', false],
  ])('“%s” %s', (title, stands) => {
    expect(titlesIn(SOURCE).has(title)).toBe(stands);
  });

  test('each row has its files with their titles.', () => {
    const [row, ...more] = checkRows(
      '| check | a |\n| --- | --- |\n| 7 | A promise. | `a/b.ts` “One.” “Two “x” …”<br>`c.ts` “Three.” | Nothing. |\n',
    );
    expect(more).toEqual([]);
    expect(row).toEqual({
      line: 3,
      number: 7,
      promise: 'A promise.',
      shownBy: [
        { path: 'a/b.ts', titles: ['One.', 'Two “x” …'] },
        { path: 'c.ts', titles: ['Three.'] },
      ],
      notShown: 'Nothing.',
    });
    expect(() => checkRows('| 7 | A promise. | `a/b.ts` |\n')).toThrow('Line 1');
  });
});
