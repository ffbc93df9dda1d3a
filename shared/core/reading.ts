import type { LikelyOrigin, Origin } from './origin.ts';
import type { Fingerprint } from './secret.ts';
import type { SourceId } from './source-id.ts';

/** One thing found: a source, a fingerprint (never the secret) and an origin. */
export interface Reading {
  readonly source: SourceId;
  readonly origin: Origin;
  readonly fingerprint: Fingerprint | null;
  /** Where a value of the process probably came from, best first. */
  readonly likelyFrom?: readonly LikelyOrigin[];
  /** Why it cannot be used whatever the context is; `null` when it could be. */
  readonly flaw: Flaw | null;
}

/** Why something found is of no use in itself. */
export type Flaw =
  /** Set, but empty or white space. */
  | 'empty'
  /** Another place of higher rank sets the same name. */
  | 'overridden'
  /** A login without the scope that model requests need. */
  | 'no-inference-scope'
  /** The remains of a login: no token in it. */
  | 'login-stub'
  /** Not JSON, or not of the expected shape. */
  | 'malformed'
  /** Could not be read by this user. */
  | 'denied'
  | 'locked'
  | 'too-large'
  | 'not-a-file'
  /** Named, but not there. */
  | 'not-found'
  | 'unknown-type'
  /** There, but another one was selected. */
  | 'not-selected'
  /** Only one of two variables that belong together. */
  | 'incomplete'
  /** Set in a place that Claude Code does not read by itself (dotenv, direnv, mise). */
  | 'not-read'
  /** Set in a place that another surface reads. */
  | 'other-surface'
  /** In a start-up file of a shell that is not the login shell. */
  | 'other-shell'
  /** In a start-up file, but not in this process: a new shell would have it. */
  | 'not-in-this-process'
  /** No provider switch is on. */
  | 'provider-off'
  /** A switch of a provider that another one beats. */
  | 'provider-beaten'
  /** How such a thing is stored is not known. */
  | 'unknown-kind';
