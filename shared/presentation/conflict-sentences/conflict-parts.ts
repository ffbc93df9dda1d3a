import type { Conflict } from '../../core/conflict.ts';
import type { Facts } from '../../core/facts.ts';

/** What is said about a conflict. */
export interface ConflictParts {
  /** A label, without a full stop. */
  readonly title: string;
  /** One sentence: what is the case. */
  readonly cause: string;
  /** One sentence: what follows from it. */
  readonly consequence: string;
}

/** Sentences for conflicts of one code. */
export type DescribeConflict = (conflict: Conflict, facts: Facts) => ConflictParts;
