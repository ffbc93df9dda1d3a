/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Pair {
  readonly one: number;
  readonly other: number;
}

/** Measures two things in turn, so that whatever else the machine does hits both. */
export function inTurn(times: number, one: () => number, other: () => number): readonly Pair[] {
  // The first round warms the caches and does not count.
  one();
  other();
  return Array.from({ length: times }, () => ({ one: one(), other: other() }));
}

/** The median of the ratios, not the ratio of the medians. */
export function medianRatio(pairs: readonly Pair[]): number {
  return median(pairs.map(({ one, other }) => one / other));
}
