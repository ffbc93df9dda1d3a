import { lineCounter } from '../line-counter.ts';
import { applySpans, type Bytes, type Span } from './text-edit.ts';

/** A line with its line break, if it has one. */
export interface DiffLine {
  readonly kind: 'context' | 'removed' | 'added';
  /** 1-based; of added lines in the new text, else in the old one. */
  readonly number: number;
  readonly bytes: Bytes;
}

/** Lines shown before and behind what changes. */
const CONTEXT = 1;
/** Beyond so many pairs of lines, a part is shown as replaced whole. */
const MOST_PAIRS = 1_000_000;

/**
 * What becomes different, by whole lines, with a line around; parts that touch are one. A line whose break alone differs is
 * different.
 */
export function lineDiff(
  before: Bytes,
  after: Bytes,
  spans: readonly Span[],
): readonly (readonly DiffLine[])[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const isTold = spans.length > 0 && applySpans(before, spans) === after;
  const regions = isTold
    ? regionsOf(before, after, spans)
    : [{ from: 0, to: old.length, nowFrom: 0, nowTo: now.length }];
  const changes = regions.flatMap((region) => changesIn(old, now, region));
  const hunks: DiffLine[][] = [];
  const context = (from: number, to: number): DiffLine[] =>
    old.slice(from, to).map((bytes, at) => ({ kind: 'context', number: from + at + 1, bytes }));
  let shown = 0;
  for (const [index, { from, to, nowFrom, nowTo }] of changes.entries()) {
    const next = changes[index + 1]?.from ?? old.length;
    const previous = hunks.at(-1);
    const isNear = previous !== undefined && from - shown <= CONTEXT;
    const hunk = isNear ? previous : [];
    hunk.push(...context(isNear ? shown : Math.max(shown, from - CONTEXT), from));
    for (let at = from; at < to; at++) hunk.push({ kind: 'removed', number: at + 1, bytes: old[at] ?? '' });
    for (let at = nowFrom; at < nowTo; at++)
      hunk.push({ kind: 'added', number: at + 1, bytes: now[at] ?? '' });
    shown = Math.min(to + CONTEXT, next);
    hunk.push(...context(to, shown));
    if (!isNear) hunks.push(hunk);
  }
  return hunks;
}

function linesOf(bytes: Bytes): readonly Bytes[] {
  const lines: Bytes[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\n', at);
    const next = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.slice(at, next));
    at = next;
  }
  return lines;
}

/** Lines `[from, to)` of the old text that become `[nowFrom, nowTo)` of the new one. */
interface Region {
  readonly from: number;
  readonly to: number;
  readonly nowFrom: number;
  readonly nowTo: number;
}

function regionsOf(before: Bytes, after: Bytes, spans: readonly Span[]): readonly Region[] {
  const regions: Region[] = [];
  const [lineOf, nowLineOf] = [lineCounter(before), lineCounter(after)];
  let moved = 0;
  for (const { start, end, text } of spans) {
    const from = lineOf(start) - 1;
    const nowFrom = nowLineOf(start + moved) - 1;
    moved += text.length - (end - start);
    const region = { from, to: lineOf(end), nowFrom, nowTo: nowLineOf(end + moved) };
    const last = regions.at(-1);
    if (last !== undefined && from < last.to)
      regions[regions.length - 1] = { ...region, from: last.from, nowFrom: last.nowFrom };
    else regions.push(region);
  }
  return regions;
}

function changesIn(old: readonly Bytes[], now: readonly Bytes[], region: Region): readonly Region[] {
  let { from, nowFrom } = region;
  let to = Math.min(region.to, old.length);
  let nowTo = Math.min(region.nowTo, now.length);
  while (from < to && nowFrom < nowTo && old[from] === now[nowFrom]) {
    from++;
    nowFrom++;
  }
  while (to > from && nowTo > nowFrom && old[to - 1] === now[nowTo - 1]) {
    to--;
    nowTo--;
  }
  if (from === to && nowFrom === nowTo) return [];
  if (from === to || nowFrom === nowTo || (to - from) * (nowTo - nowFrom) > MOST_PAIRS)
    return [{ from, to, nowFrom, nowTo }];
  return aligned(old, now, { from, to, nowFrom, nowTo });
}

/** By the longest lines in common. */
function aligned(old: readonly Bytes[], now: readonly Bytes[], region: Region): readonly Region[] {
  const { from, to, nowFrom, nowTo } = region;
  const width = nowTo - nowFrom + 1;
  /** How many lines what is left of both has in common. */
  const common = new Uint32Array((to - from + 1) * width);
  const at = (one: number, other: number): number => (one - from) * width + (other - nowFrom);
  const of = (one: number, other: number): number => common[at(one, other)] ?? 0;
  for (let one = to - 1; one >= from; one--) {
    for (let other = nowTo - 1; other >= nowFrom; other--) {
      common[at(one, other)] =
        old[one] === now[other]
          ? of(one + 1, other + 1) + 1
          : Math.max(of(one + 1, other), of(one, other + 1));
    }
  }
  const changes: Region[] = [];
  let [one, other] = [from, nowFrom];
  let [begun, nowBegun] = [from, nowFrom];
  const close = (): void => {
    if (one > begun || other > nowBegun)
      changes.push({ from: begun, to: one, nowFrom: nowBegun, nowTo: other });
  };
  while (one < to || other < nowTo) {
    if (one < to && other < nowTo && old[one] === now[other]) {
      close();
      one++;
      other++;
      [begun, nowBegun] = [one, other];
    } else if (one < to && (other >= nowTo || of(one + 1, other) >= of(one, other + 1))) one++;
    else other++;
  }
  close();
  return changes;
}
