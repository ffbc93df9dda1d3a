import type { PlaceKind } from '../../core/remedies/plan.ts';
import type { Bytes, EditResult, EditText } from '../../core/remedies/text-edit.ts';

/** How each kind of place is edited. */
export interface PlaceEditors {
  /** Every name that can be cleared. */
  readonly names: readonly string[];
  readonly edit: Readonly<Record<PlaceKind, EditText>>;
  /** Gives members of a settings file a text; `null` bytes: there is no file yet. */
  readonly setMembers: (bytes: Bytes | null, members: SettingsMembers) => EditResult;
  /** Takes the remembered answer about a key, by its last characters, out of `.claude.json`. */
  readonly forgetAnswer: (bytes: Bytes, tail: string) => EditResult;
}

export interface SettingsMembers {
  /** Members of `env`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly apiKeyHelper?: string;
}
