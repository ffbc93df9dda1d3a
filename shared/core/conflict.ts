import type { Mode } from './context.ts';
import type { Origin } from './origin.ts';
import type { SourceId } from './source-id.ts';

export const CONFLICT_CODES = [
  'metered-over-subscription',
  'two-credentials-sent',
  'login-sent-elsewhere',
  'key-awaits-approval',
  'key-declined',
  'stale-key',
  'helper-failing',
  'helper-unusable-output',
  'helper-slow',
  'provider-hides-login',
  'provider-without-credential',
  'settings-override-shell',
  'project-supplies-credential',
  'project-variable-ignored',
  'settings-file-dropped',
  'login-ending',
  'login-ended',
  'login-stub',
  'stores-diverge',
  'secret-in-shared-file',
  'loose-file-mode',
  'policy-blocks',
  'status-disagrees',
  'version-unknown',
  'version-newer-than-rules',
] as const;
export type ConflictCode = (typeof CONFLICT_CODES)[number];

export type Severity = 'info' | 'warning' | 'critical';

/** A situation worth telling a person about. Its sentences are in the presentation. */
export interface Conflict {
  readonly code: ConflictCode;
  readonly severity: Severity;
  /** The modes in which it holds. */
  readonly modes: readonly Mode[];
  /** What the sentences need. */
  readonly about: ConflictDetails;
  readonly remedies: readonly RemedyName[];
}

/** Only what is not secret. */
export interface ConflictDetails {
  readonly source?: SourceId;
  readonly other?: SourceId;
  readonly origin?: Origin;
  readonly otherOrigin?: Origin;
  /** A variable, a member of a settings file, a version, a host. */
  readonly name?: string;
  readonly detail?: string;
  /** Milliseconds since 1970, or a duration in milliseconds. */
  readonly time?: number;
}

export const REMEDY_IDS = [
  'clear-credential',
  'cancel-in-settings',
  'move-to-keychain',
  'log-in',
  'log-out',
  'log-in-with-subscription',
  'answer-approval',
  'forget-approval',
  'unset-base-url',
  'switch-provider-off',
  'sign-in-to-provider',
  'repair-settings-file',
  'narrow-file-mode',
  'untrack-file',
  'run-helper',
  'repair-helper',
  'leave-project-settings-out',
  'ask-administrator',
  'update-claude-code',
  'update-credence',
  'leave-as-is',
] as const;
export type RemedyId = (typeof REMEDY_IDS)[number];

/** A remedy by name; planning and applying it is another matter. */
export interface RemedyName {
  readonly id: RemedyId;
  /** What it is about, where the id alone does not say it: a variable, a source, a path. */
  readonly target?: string;
  readonly origin?: Origin;
}
