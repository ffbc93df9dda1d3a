import type { PlaceKind } from '../../core/remedies/plan.ts';
import type { VariableStoreId } from '../../core/remedies/variable-store-id.ts';

/** One step of a change as it is remembered: what it needs to be done, undone, or recovered, without any content. */
export type RecordedStep =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly place: PlaceKind;
      /** SHA-256 of the content; `null`: there was no file. */
      readonly before: string | null;
      readonly after: string;
      /** Changed under the lock that Claude Code takes for it. */
      readonly locked: boolean;
    }
  | {
      readonly kind: 'mode';
      readonly path: string;
      readonly digest: string;
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly kind: 'variable';
      readonly store: VariableStoreId;
      readonly name: string;
      readonly type: string;
    }
  | { readonly kind: 'key'; readonly name: string; readonly inClear: boolean };

/** What a step replaces and what it puts there. Secret; lives in one use case’s frame, and sealed on the disk. */
export interface StepContent {
  /** `null`: there was nothing. */
  readonly before: string | null;
  /** `null`: there will be nothing. */
  readonly after: string | null;
}
