import type { Reading } from '../../core/reading.ts';
export function readElsewhere(..._: readonly unknown[]): readonly Reading[] {
  return [];
}
