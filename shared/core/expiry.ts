import type { SourceId } from './source-id.ts';

export const EXPIRY_KINDS = [
  'login',
  'access',
  'setup-token',
  'token',
  'profile',
  'aws-sso',
  'aws-login',
  'bedrock-key',
  'gcp',
  'azure',
  'organisation',
  'helper-cache',
] as const;
export type ExpiryKind = (typeof EXPIRY_KINDS)[number];

/** One clock. Only `ending-soon`, `probably-ended` and `ended` are worth a person's attention. */
export interface Expiry {
  readonly source: SourceId;
  readonly kind: ExpiryKind;
  /** Milliseconds since 1970. Before `earliest` nothing ends; `at` is the latest end. `null`: not known. */
  readonly earliest: number | null;
  readonly at: number | null;
  readonly certainty: 'exact' | 'upper-bound' | 'unknown';
  readonly state: 'fine' | 'renews-itself' | 'ending-soon' | 'probably-ended' | 'ended' | 'unknown';
}
