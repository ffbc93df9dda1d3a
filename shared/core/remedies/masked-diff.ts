import type { Bytes, Span } from './text-edit.ts';
export interface DiffLine {
  readonly kind: 'context' | 'removed' | 'added';
  readonly number: number;
  readonly text: string;
}
export interface DiffHunk {
  readonly lines: readonly DiffLine[];
}
export function maskedDiff(
  _before: Bytes,
  _after: Bytes,
  _spans: readonly Span[],
  _secrets: readonly Bytes[],
): readonly DiffHunk[] {
  return [];
}
