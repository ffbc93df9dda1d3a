import type { Provider } from '../provider.ts';
import type { SourceId } from '../source-id.ts';
import type { CandidateId, Condition } from './candidates.ts';
import type { ChangeId } from './versions.ts';

export const SLOTS = ['authorization', 'xApiKey'] as const;
/** The two headers that can carry a credential; both may be sent in one request. */
export type SlotName = (typeof SLOTS)[number];

/** `measured`: seen on the wire in recorded worlds. `documented`: only read. */
export type Certainty = 'measured' | 'documented';

/**
 * One row of the decision table. For each slot the first row that holds fills it. A row holds when the provider is one of its
 * own, every condition of `when` is true, none of `unless` is, and the version lies in its range.
 */
export interface Rule {
  /** Stable; printed by `explain`. */
  readonly id: string;
  readonly slot: SlotName;
  readonly providers: readonly Provider[];
  readonly sends: CandidateId;
  /** Beside the candidate itself, which must be there. */
  readonly when?: readonly Condition[];
  readonly unless?: readonly Condition[];
  /** The change with which the row begins, and the one with which it ends. */
  readonly since?: ChangeId;
  readonly until?: ChangeId;
  /** The value that goes out is empty whatever the reading holds. */
  readonly broken?: true;
  /** Sources of higher documented rank that this row takes a slot from when it is added below them. */
  readonly displaces?: readonly SourceId[];
  readonly certainty: Certainty;
  readonly evidence: string;
  /** Why, in one sentence for a person. */
  readonly says: string;
}
