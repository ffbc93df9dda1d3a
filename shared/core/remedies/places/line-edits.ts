import {
  NO_EDIT,
  type Bytes,
  type EditedLine,
  type EditRequest,
  type EditResult,
  type LeftLine,
  type LeftReason,
  type Span,
} from '../text-edit.ts';
import type { FileView } from './file-view.ts';

/** What a line sets; the value is of the view, and null for `export NAME`. */
export interface SetOnLine {
  readonly name: string;
  readonly value: string | null;
}

/** A replacement of a part of the line, in the view. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: Bytes;
}

/** A line that sets some of the names, and does nothing else. */
export interface PlannedLine {
  readonly line: number;
  readonly sets: readonly SetOnLine[];
  /** For a look-up. */
  readonly values: readonly Replacement[];
  /** A command that does nothing must stand for the line, because the success of the last command is asked for. */
  readonly standIn: Bytes;
}

/** Every place that is dealt with here has comments that begin with this. */
const COMMENT = '# credence';

/** Ascending by line, one for each line. */
export function editLines(
  view: FileView,
  request: EditRequest,
  planned: readonly PlannedLine[],
  left: readonly LeftLine[],
): EditResult {
  if (planned.length === 0) return left.length === 0 ? NO_EDIT : { ...NO_EDIT, left };
  const spans: Span[] = [];
  const done: EditedLine[] = [];
  const comment = `${COMMENT} ${plainMarker(request.marker)}`;
  for (const { line, sets, values, standIn } of planned) {
    const { start, contentEnd, end } = view.bytesOfLine(line);
    let action: EditedLine['action'];
    switch (request.how.kind) {
      case 'comment-out': {
        action = 'commented-out';
        const indented = start + indentation(view.bytes.slice(start, contentEnd));
        const text = `${standIn}${standIn === '' ? '' : ' '}${comment}: `;
        spans.push({ start: indented, end: indented, text });
        break;
      }
      case 'remove':
        action = 'removed';
        spans.push(
          standIn === ''
            ? { start, end, text: '' }
            : { start, end: contentEnd, text: `${standIn} ${comment}` },
        );
        break;
      case 'look-up':
        action = 'looked-up';
        for (const { start: from, end: to, text } of values) {
          spans.push({ start: view.byteAt(from), end: view.byteAt(to), text });
        }
        break;
    }
    for (const { name, value } of sets) {
      done.push({ name, line, action, value: value === null ? null : view.bytesOf(value) });
    }
  }
  return { spans, done, left };
}

/** What was found about each name on each line; the first reason given stays. */
export class LeftLines {
  readonly #seen = new Set<string>();
  readonly #lines: LeftLine[] = [];

  add(name: string, line: number, why: LeftReason): void {
    const key = `${String(line)} ${name}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#lines.push({ name, line, why });
  }

  names(counts: (why: LeftReason) => boolean): ReadonlySet<string> {
    return new Set(this.#lines.filter(({ why }) => counts(why)).map(({ name }) => name));
  }

  sorted(): LeftLine[] {
    return this.#lines.sort((a, b) => a.line - b.line);
  }
}

function indentation(line: string): number {
  let at = 0;
  while (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09) at++;
  return at;
}

/** Whatever it is asked to write, a marker cannot end the comment. */
function plainMarker(marker: string): string {
  return marker.replace(/[^!-~]|\\/g, '');
}
