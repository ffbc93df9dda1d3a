import { expect } from 'vitest';

export const ESCAPE = '\u001b';

/**
 * Lines that are wider than they need be. A single word may stand out, also behind a mark or a label: a path must stay one
 * that can be copied.
 */
function tooWide(text: string, columns: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => Array.from(line).length > columns)
    .filter((line) => line.replace(/^ *(?:\S |\S+(?: \S+)* {2,})?/, '').includes(' '));
}

/** What a text to read must be, whatever it says. */
export function expectReadable(text: string, columns = 80): void {
  expect(text).not.toContain(ESCAPE);
  expect(tooWide(text, columns)).toEqual([]);
  expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  expect(text).toMatch(/\S\n$/);
  expect(text).not.toContain('\n\n\n');
  expect(text).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
}
