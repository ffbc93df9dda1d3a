import { lengthOf } from './printable.ts';

/** How text is printed: colour or not, and how wide. */
export interface TextStyle {
  readonly colour: boolean;
  /** Columns that a line may take. */
  readonly columns: number;
}

export type Tone = 'strong' | 'quiet' | 'attention' | 'broken';

const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  strong: [1, 22],
  quiet: [2, 22],
  attention: [33, 39],
  broken: [31, 39],
};

/** Colours a text that has been laid out already: escape codes have no width. */
export function tint(text: string, tone: Tone | null, style: TextStyle): string {
  if (tone === null || !style.colour || text === '') return text;
  const [on, off] = CODES[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/**
 * Breaks a text into lines between words; further lines are indented. A word that is longer than a line stands alone on its
 * line and is not broken: a path must stay one that can be copied.
 *
 * @param first what the first line begins with; counted as it is
 */
export function wrap(
  text: string,
  columns: number,
  first = '',
  indent = ' '.repeat(lengthOf(first)),
): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (word === '') continue;
    const fits = lengthOf(line) + (empty ? 0 : 1) + lengthOf(word) <= columns;
    if (!fits && !empty) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** Fills up with spaces to a width; longer text stays as it is. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

/** A last column narrower than this goes onto lines of its own. */
const NARROWEST = 24;

/**
 * Columns side by side: each is as wide as its widest cell, the last takes what is left and is wrapped in it; where too little
 * is left, it goes onto lines of its own under the second column.
 */
export function table(
  rows: readonly (readonly string[])[],
  columns: number,
  indent = '  ',
  gap = 2,
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, lengthOf(cell));
    });
  }
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, at) => pad(cell, (widths[at] ?? 0) + gap));
    const last = row.at(-1) ?? '';
    const start = indent + cells.join('');
    const line = (start + last).trimEnd();
    if (lengthOf(line) <= columns) return [line];
    if (columns - lengthOf(start) >= NARROWEST) return wrap(last, columns, start);
    const under = ' '.repeat(cells.length < 2 ? indent.length + 4 : lengthOf(indent + (cells[0] ?? '')));
    const [label = '', ...middle] = cells;
    const head = middle.length === 0 ? [start.trimEnd()] : wrap(middle.join(''), columns, indent + label);
    return last === '' ? head : [...head, ...wrap(last, columns, under)];
  });
}
