import type { SourceId } from '../source-id.ts';

/** How the text of a variable is to be understood. Only `path`, `url` and `text` values may ever be shown. */
export type VariableKind =
  /** The text is the secret. */
  | 'secret'
  /** On for `1 true yes on` in any case, trimmed; everything else is off. */
  | 'switch'
  /** Lines of `Name: value`; some may carry a credential. */
  | 'headers'
  /** Shown without user, password and query. */
  | 'url'
  | 'path'
  | 'text'
  /** The number of an open file descriptor that holds the secret. */
  | 'descriptor';

export interface VariableDefinition {
  readonly name: string;
  readonly kind: VariableKind;
  /**
   * `credential` makes a reading of its source; `switch` turns the source on; `support` only belongs to it (a region, a
   * project) and alone never counts as a reading.
   */
  readonly role: 'credential' | 'switch' | 'support';
}

export type Payer = 'subscription' | 'metered' | 'organisation' | 'unknown';

/** One kind of credential: what it is called, what it reads, who pays, how it ends and how it can be cleared. */
export interface SourceDefinition {
  readonly id: SourceId;
  /** Documented rank, 1 is the highest. A profile below the login has {@link lowerRank}. */
  readonly rank: number;
  readonly lowerRank?: number;
  /** What a person calls it; starts a label. */
  readonly title: string;
  /** The same inside a sentence. */
  readonly phrase: string;
  readonly pays: Payer;
  readonly variables: readonly VariableDefinition[];
  /** Files and settings beside the variables, as a person would name them. */
  readonly places: readonly string[];
  readonly ends: string;
  readonly clearing: string;
}
