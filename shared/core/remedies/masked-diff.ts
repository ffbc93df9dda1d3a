import { harmlessText } from '../harmless-text.ts';
import { textOfBytes } from './byte-text.ts';
import { lineDiff, type DiffLine } from './line-diff.ts';
import { HIDDEN, maskLine, type MaskedPiece } from './mask-line.ts';
import { secretTraces } from './secret-traces.ts';
import type { Bytes, Span } from './text-edit.ts';

export interface DiffHunk {
  readonly lines: readonly MaskedDiffLine[];
}

export interface MaskedDiffLine {
  readonly kind: 'context' | 'removed' | 'added';
  /** 1-based; of added lines in the new text, else in the old one. */
  readonly number: number;
  /** Nothing in it acts on a screen, and no secret is in it: for each there are eight dots. */
  readonly text: string;
}

/** Longest line: characters. */
const LONGEST = 120;
/** Of a longer one, so many are shown before what changes. */
const LEAD = 40;
const CUT = '…';

/**
 * What a change does to a file, for people: whole lines with one around, and no secret in any of them.
 *
 * @param secrets what is known to be secret, wherever it stands; what is not known is hidden by how it looks
 * @param own what Credence itself writes, to be shown as it is: the words in front of what is commented out, a command that
 *   looks something up
 */
export function maskedDiff(
  before: Bytes,
  after: Bytes,
  spans: readonly Span[],
  secrets: readonly Bytes[],
  own: readonly string[] = [],
): readonly DiffHunk[] {
  const isTraced = secretTraces(secrets.map(readable));
  return lineDiff(before, after, spans).map((lines) => {
    const texts = lines.map(({ bytes }) => readable(bytes.replace(/\r?\n$/, '')));
    const differs = differences(lines, texts);
    return {
      lines: lines.map(({ kind, number }, at): MaskedDiffLine => {
        const text = texts[at] ?? '';
        const pieces = fitted(maskLine(text, own), differs[at] ?? 0);
        const shown = pieces.map((piece) => piece.text).join('');
        return { kind, number, text: isTraced(pieces) ? HIDDEN : shown };
      }),
    };
  });
}

function readable(bytes: Bytes): string {
  return harmlessText(textOfBytes(bytes).replaceAll('\t', '  '));
}

/** For each line where it begins to differ from what it becomes, or was; 0 where it has no such line. */
function differences(lines: readonly DiffLine[], texts: readonly string[]): readonly number[] {
  const result = lines.map(() => 0);
  for (let at = 0; at < lines.length;) {
    const removed = runOf('removed', lines, at);
    const added = runOf('added', lines, at + removed);
    for (let pair = 0; pair < Math.min(removed, added); pair++) {
      const [old, now] = [at + pair, at + removed + pair];
      result[old] = result[now] = commonStart(texts[old] ?? '', texts[now] ?? '');
    }
    at += Math.max(1, removed + added);
  }
  return result;
}

function runOf(kind: DiffLine['kind'], lines: readonly DiffLine[], from: number): number {
  let at = from;
  while (lines[at]?.kind === kind) at++;
  return at - from;
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** What fits on a line, with `focus` in it. */
function fitted(pieces: readonly MaskedPiece[], focus: number): readonly MaskedPiece[] {
  const lengths = pieces.map(({ text }) => text.length);
  if (lengths.reduce((sum, length) => sum + length, 0) <= LONGEST) return pieces;
  const behind = pieces.findIndex(({ at }) => at > focus);
  let first = Math.max(0, (behind < 0 ? pieces.length : behind) - 1);
  for (let lead = 0; first > 0 && lead + (lengths[first - 1] ?? 0) <= LEAD; first--)
    lead += lengths[first - 1] ?? 0;
  const cut = { text: CUT, at: 0, isPublic: true };
  const shown = first === 0 ? [] : [cut];
  let length = shown.length;
  for (const piece of pieces.slice(first)) {
    // Room is left for the sign that something is missing.
    if (length + piece.text.length >= LONGEST) return [...shown, cut];
    shown.push(piece);
    length += piece.text.length;
  }
  return shown;
}
