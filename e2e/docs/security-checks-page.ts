/** One row of a table in docs/security-checks.md. */
export interface CheckRow {
  /** 1-based, in the page. */
  readonly line: number;
  readonly number: number;
  readonly promise: string;
  readonly shownBy: readonly ShownBy[];
  readonly notShown: string;
}

export interface ShownBy {
  /** From the project’s folder. */
  readonly path: string;
  /** `…` stands for what a table of cases fills in. */
  readonly titles: readonly string[];
}

/** A row begins with its number. */
const ROW = /^\|\s*(\d+)\s*\|(.*)\|\s*$/;

/** Every row of the page’s tables, in their order; headings and rules between them are no rows. */
export function checkRows(page: string): readonly CheckRow[] {
  return page.split('\n').flatMap((text, at) => {
    const [, number, rest] = ROW.exec(text) ?? [];
    if (number === undefined || rest === undefined) return [];
    const cells = rest.split('|').map((cell) => cell.trim());
    if (cells.length !== 3) throw new Error(`Line ${String(at + 1)} has ${String(cells.length + 1)} cells.`);
    const [promise = '', shown = '', notShown = ''] = cells;
    return [{ line: at + 1, number: Number(number), promise, shownBy: shownBy(shown), notShown }];
  });
}

/** A file in backquotes, and behind it the titles in quotation marks. */
function shownBy(cell: string): readonly ShownBy[] {
  const found: { readonly path: string; readonly titles: string[] }[] = [];
  for (const [, path, title] of cell.matchAll(/`([^`]+)`|“((?:[^“”]|“[^”]*”)*)”/g)) {
    if (path !== undefined) found.push({ path, titles: [] });
    else if (title !== undefined) found.at(-1)?.titles.push(title);
  }
  return found;
}

/** What stands in a string of one line, with `…` for what is filled in when a test is made of it. */
const LITERAL = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\\n]|\\.)*)`/g;
const FILLED_IN = /\$\{[^}]*\}|%(?:\.\d+)?[a-zA-Z]|\$[a-z][A-Za-z.]*/g;

/** What may be the title of a test in a file: every text of several words that stands in no comment. */
export function titlesIn(source: string): ReadonlySet<string> {
  const lines = source.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));
  const texts = lines.flatMap((line) =>
    [...line.matchAll(LITERAL)].map(([, one, other]) => one ?? other ?? ''),
  );
  return new Set(texts.filter((text) => /\S \S/.test(text)).map((text) => text.replace(FILLED_IN, '…')));
}
