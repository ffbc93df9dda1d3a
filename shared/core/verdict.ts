import type { Provider } from './provider.ts';
import type { Reading } from './reading.ts';
import type { Certainty } from './rules/rule.ts';
import type { SourceId } from './source-id.ts';
import type { HelperRun } from './facts.ts';

/** The answer for one context. */
export interface Verdict {
  readonly provider: Provider;
  readonly outcome: 'sends' | 'asks' | 'refuses' | 'unknown';
  readonly asks: Question | null;
  /** When asking: what follows a yes and a no. */
  readonly after: { readonly yes: Verdict; readonly no: Verdict } | null;
  readonly refuses: Refusal | null;
  /** Why nobody can tell, when the outcome is `unknown`. */
  readonly unknown: Unknown | null;
  readonly authorization: Slot | null;
  readonly xApiKey: Slot | null;
  /** The gates and rules that led here, by id, for `explain`. */
  readonly gate: string | null;
}

export type Question = 'api-key-approval' | 'folder-trust';
export type Refusal =
  | 'not-logged-in'
  | 'profile-expired'
  | 'profile-unusable'
  | 'helper-unusable'
  | 'policy'
  | 'folder-not-trusted'
  | 'config-broken'
  | 'unsupported';
export type Unknown =
  | 'store-not-readable'
  | 'keychain-not-looked-at'
  | 'cloud-chain'
  | 'other-surface'
  | 'claude-json-not-readable'
  | 'organisation-not-verified'
  | 'policy-helper';

/** What goes into one header. */
export interface Slot {
  readonly source: SourceId;
  readonly reading: Reading;
  /** The id of the rule that filled it. */
  readonly rule: string;
  readonly certainty: Certainty;
  /** For a helper: `not-run` unless the user asked for a run, and also when that run did not end while it was waited for. */
  readonly helper: 'not-run' | 'ran' | null;
  readonly run: HelperRun | null;
  /** The value that is sent is empty, or would be refused before it is sent. */
  readonly broken: boolean;
}
