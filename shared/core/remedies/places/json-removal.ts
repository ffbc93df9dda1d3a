import type { Bytes, Span } from '../text-edit.ts';
import { holdsUnicodeLineEnd, type JsonItem, type JsonNode } from './json-tree.ts';

export interface Removal {
  readonly spans: readonly Span[];
  /** Those that stay to be read behind a comment sign. */
  readonly commentedOut: ReadonlySet<JsonItem>;
}

/**
 * Takes items out of an object or an array, each with one comma, so that as much stays valid as was. An item that has its
 * lines for itself goes with them; else the blanks go that would be left over. Comments stay.
 *
 * @param commentPrefix what makes a comment of a line, where the syntax has comments and they are wanted. An item that stands
 *   on lines with something else cannot become one, and is taken out.
 */
export function removeItems(
  bytes: Bytes,
  container: JsonNode,
  gone: ReadonlySet<JsonItem>,
  commentPrefix: Bytes | null,
): Removal {
  const spans: Span[] = [];
  const commentedOut = new Set<JsonItem>();
  const { items } = container;
  const lastKept = items.findLastIndex((item) => !gone.has(item));
  for (const [index, item] of items.entries()) {
    if (!gone.has(item)) {
      // Nothing follows that it would have to be separated from, unless it has been so all along.
      const comma = index === lastKept && items.at(-1)?.comma === null ? item.comma : null;
      if (comma !== null) spans.push(cut(comma, comma + 1));
      continue;
    }
    const lines = commentPrefix === null ? null : commentableLines(bytes, item);
    if (lines !== null && commentPrefix !== null) {
      commentedOut.add(item);
      spans.push(...lines.map((at) => ({ start: at, end: at, text: commentPrefix })));
    } else spans.push(...cutItem(bytes, item, lastKept >= 0 && index > lastKept));
  }
  return { spans: joined(spans), commentedOut };
}

const cut = (start: number, end: number): Span => ({ start, end, text: '' });

function cutItem(bytes: Bytes, { start, value, comma }: JsonItem, followsKept: boolean): readonly Span[] {
  const { end } = value;
  if (comma !== null && !isBlank(bytes, end, comma)) return [cut(start, end), cut(comma, comma + 1)];
  const behind = comma === null ? end : comma + 1;
  const before = beforeBlanks(bytes, start);
  const next = afterBlanks(bytes, behind);
  const beginsLine = isLineBreak(bytes, before - 1);
  const endsLine = isLineBreak(bytes, next);
  if (beginsLine && endsLine) return [cut(before, afterLineBreak(bytes, next))];
  // On a line with others, the blanks on one side are left over.
  if (comma !== null && !endsLine) return [cut(start, next)];
  return [cut(beginsLine || (comma === null && !followsKept) ? start : before, behind)];
}

/**
 * Where the comment signs have to stand if the item, its comma and its lines can become comments and nothing else would;
 * `null` if not.
 */
function commentableLines(bytes: Bytes, { start, value, comma }: JsonItem): readonly number[] | null {
  if (comma !== null && !isBlank(bytes, value.end, comma)) return null;
  const next = afterBlanks(bytes, comma === null ? value.end : comma + 1);
  const isAlone =
    isLineBreak(bytes, beforeBlanks(bytes, start) - 1) &&
    (isLineBreak(bytes, next) || bytes.startsWith('//', next));
  // Where an editor ends the line there, the rest would stand open.
  if (!isAlone || holdsUnicodeLineEnd(bytes.slice(start, value.end))) return null;
  const starts = [start];
  for (let at = start; at < value.end; at++) {
    if (!isLineBreak(bytes, at)) continue;
    const line = afterBlanks(bytes, at + 1);
    if (line < value.end && !isLineBreak(bytes, line)) starts.push(line);
  }
  return starts;
}

/** Whether there are only spaces and tabs. */
function isBlank(bytes: Bytes, from: number, to: number): boolean {
  return afterBlanks(bytes, from) >= to;
}

function afterBlanks(bytes: Bytes, from: number): number {
  let at = from;
  while (isBlankAt(bytes, at)) at++;
  return at;
}

function beforeBlanks(bytes: Bytes, from: number): number {
  let at = from;
  while (isBlankAt(bytes, at - 1)) at--;
  return at;
}

function isBlankAt(bytes: Bytes, at: number): boolean {
  const code = bytes.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

/** A carriage return alone ends a line comment too. */
function isLineBreak(bytes: Bytes, at: number): boolean {
  const code = bytes.charCodeAt(at);
  return code === 0x0a || code === 0x0d;
}

function afterLineBreak(bytes: Bytes, at: number): number {
  return bytes.startsWith('\r\n', at) ? at + 2 : at + 1;
}

/** In order; cuts that touch become one. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    const touches = last !== undefined && last.text === '' && span.text === '' && span.start <= last.end;
    if (touches) result[result.length - 1] = cut(last.start, Math.max(last.end, span.end));
    else result.push(span);
  }
  return result;
}
