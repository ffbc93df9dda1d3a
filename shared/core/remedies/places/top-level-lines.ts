import type { StatementNotes } from '../../startup/statement-notes.ts';
import type { FileView } from './file-view.ts';

/** Lines of a script, and whether a statement at top level is all that is on them. */
export class TopLevelLines {
  readonly #view: FileView;
  readonly #end: number;
  /** Lines on which a list at top level begins, ascending. */
  readonly #lines: readonly number[];
  readonly #indexOf: ReadonlyMap<number, number>;

  constructor(view: FileView, notes: StatementNotes) {
    this.#view = view;
    this.#end = notes.end;
    const starts = [0, ...notes.starts].map((start) => view.lineAt(start));
    this.#lines = starts;
    this.#indexOf = new Map(starts.map((line, index) => [line, index]));
  }

  lineText(line: number): LineText {
    const index = this.#indexOf.get(line);
    const text = this.#view.textOfLine(line);
    const { contentEnd, end: behind } = this.#view.bytesOfLine(line);
    const windows = behind - contentEnd === 2;
    if (index === undefined) return { text, whole: false, windows };
    const next = this.#lines[index + 1];
    const last = line === this.#view.lines || this.#view.startOfLine(line) + text.length >= this.#end;
    return { text, whole: next === undefined ? last : next === line + 1, windows };
  }

  /** The statements before and behind each line that goes, among those that stay; empty where there is none. */
  neighbours(goes: ReadonlySet<number>): Neighbours {
    const before = new Map<number, string>();
    const after = new Map<number, string>();
    let previous = '';
    let waiting: number[] = [];
    this.#lines.forEach((line, index) => {
      if (goes.has(line)) {
        before.set(line, previous);
        waiting.push(line);
        return;
      }
      const end = this.#lines[index + 1];
      const text = this.#view.text.slice(
        this.#view.startOfLine(line),
        end === undefined ? this.#view.text.length : this.#view.startOfLine(end),
      );
      if (NOTHING.test(text)) return;
      for (const gone of waiting) after.set(gone, text);
      waiting = [];
      previous = text;
    });
    return { before, after };
  }

  /** Behind the last line that could be understood is an error. */
  isBeforeError(line: number): boolean {
    return line < (this.#lines.at(-1) ?? 0);
  }
}

export interface LineText {
  readonly text: string;
  /** A list begins and ends on the line. */
  readonly whole: boolean;
  /** It ends in a carriage return and a newline. */
  readonly windows: boolean;
}

export interface Neighbours {
  readonly before: ReadonlyMap<number, string>;
  readonly after: ReadonlyMap<number, string>;
}

/** Blanks or a comment; the second form is one of PowerShell. */
const NOTHING = /^\s*(?:#|$|<#(?:(?!#>)[^])*#>\s*$)/;
