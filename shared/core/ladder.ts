import type { Reading } from './reading.ts';
import type { SourceId } from './source-id.ts';

export type State =
  'wins' | 'also-sent' | 'shadowed' | 'ignored' | 'absent' | 'broken' | 'unreadable' | 'unknown';

/** Why a state is as it is; stable codes, prose is in the presentation. */
export const REASON_CODES = [
  // sent
  'sent',
  'selects-provider',
  // shadowed
  'outranked',
  'overridden',
  // ignored
  'empty',
  'bare-mode',
  'managed-by-host',
  'project-not-allowed',
  'launch-only',
  'declined',
  'not-known-to-version',
  'policy',
  'config-broken',
  'not-trusted',
  'no-inference-scope',
  'not-selected',
  'incomplete',
  'not-read',
  'other-surface',
  'other-shell',
  'not-in-this-process',
  'provider-off',
  'provider-beaten',
  'signing-off',
  'not-found',
  'unknown-type',
  'not-used-by-provider',
  // broken
  'helper-output-unusable',
  'empty-value',
  'login-stub',
  'malformed',
  'profile-ended',
  'profile-unusable',
  // unreadable
  'denied',
  'locked',
  'too-large',
  'not-a-file',
  'not-readable',
  'not-looked-at',
  // unknown
  'unknown-kind',
  'cannot-be-told',
  // absent
  'not-set',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** The source that is used instead. */
  readonly by?: SourceId;
}

export interface LadderReading {
  readonly reading: Reading;
  readonly state: State;
  readonly reason: Reason;
}

/** One row: a source with everything found of it. */
export interface Rung {
  readonly source: SourceId;
  readonly rank: number;
  readonly state: State;
  readonly reason: Reason;
  readonly readings: readonly LadderReading[];
}

export type Ladder = readonly Rung[];
