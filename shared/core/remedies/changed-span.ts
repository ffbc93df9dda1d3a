import type { Bytes, Span } from './text-edit.ts';

/** What was replaced between two texts, as one span: for edits that were made one after another. */
export function changedSpan(before: Bytes, after: Bytes): Span {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
