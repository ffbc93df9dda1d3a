import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';
import { applySpans, type Bytes, type Span } from './text-edit.ts';

const anyText = fc
  .array(fc.constantFrom('a', 'b', 'c', '\n', '\n', '\r\n', 'a\n', 'b\n'), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

/** A text, and spans in it that do not overlap. */
const anyChange = fc
  .tuple(anyText, fc.array(fc.tuple(fc.nat(), fc.nat(6), anyText), { maxLength: 4 }))
  .map(([before, cuts]) => {
    const spans: Span[] = [];
    const places = cuts.map(([where, length, text]) => ({
      start: where % (before.length + 1),
      length,
      text,
    }));
    for (const { start, length, text } of places.toSorted((a, b) => a.start - b.start)) {
      const end = Math.min(before.length, start + length);
      if (start >= (spans.at(-1)?.end ?? 0)) spans.push({ start, end, text });
    }
    return { before, spans };
  });

const linesOf = (bytes: Bytes): readonly Bytes[] => bytes.match(/[^\n]*\n|[^\n]+$/g) ?? [];

test('From the old text and what is shown, the new one can be made; numbers, order and the lines around are right.', () => {
  fc.assert(
    fc.property(anyChange, fc.boolean(), ({ before, spans }, isTold) => {
      const after = applySpans(before, spans);
      const hunks = lineDiff(before, after, isTold ? spans : []);
      const [old, now] = [linesOf(before), linesOf(after)];
      const shown = hunks.flat();
      const removed = new Set(shown.filter(({ kind }) => kind === 'removed').map(({ number }) => number));
      const added = new Map(
        shown.flatMap(({ kind, number, bytes }) => (kind === 'added' ? [[number, bytes]] : [])),
      );
      for (const { kind, number, bytes } of shown)
        expect((kind === 'added' ? now : old)[number - 1]).toBe(bytes);
      const kept = old.filter((_, at) => !removed.has(at + 1));
      const made = Array.from({ length: now.length }, (_, at) => added.get(at + 1) ?? kept.shift());
      expect([made, kept]).toEqual([now, []]);
      const oldNumbers = shown.filter(({ kind }) => kind !== 'added').map(({ number }) => number);
      expect(oldNumbers).toEqual([...new Set(oldNumbers)].toSorted((a, b) => a - b));
      for (const lines of hunks) {
        expect(lines.filter(({ kind }) => kind !== 'context')).not.toEqual([]);
        const changed = lines.map(({ kind }) => kind !== 'context');
        expect(
          [changed.indexOf(true), changed.length - 1 - changed.lastIndexOf(true)].every(
            (around) => around <= 1,
          ),
        ).toBe(true);
      }
      expect(hunks.length > 0).toBe(before !== after);
    }),
  );
});

test('Lines that stay in the middle of what was replaced whole are not shown as changed.', () => {
  const shown = lineDiff('a\nb\nc\nd\ne\nf\n', 'a\nx\nc\nd\ne\ny\n', []);
  expect(shown.map((lines) => lines.map(({ kind, number }) => `${kind} ${String(number)}`))).toEqual([
    ['context 1', 'removed 2', 'added 2', 'context 3'],
    ['context 5', 'removed 6', 'added 6'],
  ]);
});

test('What is too long to compare line by line is shown as replaced.', () => {
  const lines = (word: string): string =>
    Array.from({ length: 2000 }, (_, at) => `${word} ${String(at % 7)}\n`).join('same\n');
  expect(lineDiff(lines('a'), lines('b'), []).flat()).toHaveLength(2 * (2 * 2000 - 1));
});
