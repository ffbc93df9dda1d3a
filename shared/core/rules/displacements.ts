import { SOURCE_IDS, type SourceId } from '../source-id.ts';
import { CANDIDATES, type CandidateId } from './candidates.ts';
import type { Rule } from './rule.ts';

/** A source that takes a header from one of higher documented rank when it is added below it. */
export interface Displacement {
  readonly lower: SourceId;
  readonly higher: SourceId;
}

/** The pairs that rows name, each once: what a row sends, or asks for, against what it displaces. */
export function displacements(rules: readonly Rule[]): readonly Displacement[] {
  const pairs = new Map<string, Displacement>();
  for (const { sends, when = [], displaces = [] } of rules) {
    for (const higher of displaces) {
      for (const lower of [sends, ...when].flatMap((one) =>
        one in CANDIDATES ? [CANDIDATES[one as CandidateId]] : [],
      )) {
        if (SOURCE_IDS.indexOf(lower) > SOURCE_IDS.indexOf(higher))
          pairs.set(`${lower} ${higher}`, { lower, higher });
      }
    }
  }
  return [...pairs.values()];
}
