import type { FingerprintOf } from '../core/secret.ts';

/** Keyed hashing. */
export interface Fingerprints {
  readonly of: FingerprintOf;
  /** `installation` when the key is kept, so that fingerprints can be compared between runs; `this-run` when it could not be. */
  readonly key: 'installation' | 'this-run';
  /** Lets the key go, because what kept it is gone: the next fingerprint is made with another one. */
  forget(): void;
}
