import type { Origin } from './origin.ts';
import type { Fingerprint } from './secret.ts';

export const LIVE_REASONS = [
  /** No API key of the user’s own would be sent in this context. */
  'no-api-key',
  /** The key, or the address it would go to, comes with the folder: nothing is sent for a stranger. */
  'from-project',
  /** Where the key stands it cannot be read again, or is another one by now. */
  'not-readable',
  'bad-address',
  'no-connection',
  'not-trusted',
  'timed-out',
  /** Nothing that says yes or no to the key: see `status`. */
  'other-answer',
] as const;
export type LiveReason = (typeof LIVE_REASONS)[number];

/** What came of asking whether an API key is refused; secret-free. */
export interface LiveCheck {
  readonly state: 'accepted' | 'stale' | 'cannot-tell';
  /** Why it cannot be told. */
  readonly why: LiveReason | null;
  /** Of HTTP, when there was an answer. */
  readonly status: number | null;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
  /** The key that was asked about. */
  readonly key: { readonly fingerprint: Fingerprint; readonly origin: Origin } | null;
}
