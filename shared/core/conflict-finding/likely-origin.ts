import type { Facts } from '../facts.ts';
import type { Origin } from '../origin.ts';
import type { Reading } from '../reading.ts';

/** The reading with the start-up lines that its entry carries; slots are filled without them, because they decide nothing. */
export function withLikelyOrigin(reading: Reading, facts: Facts): Reading {
  if (reading.likelyFrom !== undefined || reading.origin.kind !== 'process') return reading;
  for (const layer of facts.layers) {
    for (const entry of Object.values(layer.entries)) {
      if (entry.origin === reading.origin && entry.likelyFrom !== undefined)
        return { ...reading, likelyFrom: entry.likelyFrom };
    }
  }
  return reading;
}

/** Where a person would look: the line of a start-up file rather than “this process”. */
export function plainOrigin(reading: Reading, facts: Facts): Origin {
  const likely = withLikelyOrigin(reading, facts).likelyFrom?.[0];
  if (likely === undefined) return reading.origin;
  const { name } = reading.origin;
  return {
    kind: 'login-shell',
    path: likely.path,
    line: likely.line,
    ...(name === undefined ? {} : { name }),
  };
}
