import type { Bytes } from '../core/remedies/text-edit.ts';
import type { VariableStoreId } from '../core/remedies/variable-store-id.ts';

/** Variables that a running program keeps. Values never stand on a command line. */
export interface VariableStore {
  readonly id: VariableStoreId;
  /** Whether `restore` can be done here at all. */
  readonly canRestore: boolean;
  read(name: string): Promise<StoredVariable>;
  unset(name: string): Promise<VariableAnswer>;
  /** Puts back what `read` gave; `not-possible` where that could only be done with the value on a command line. */
  restore(name: string, variable: Extract<StoredVariable, { state: 'set' }>): Promise<VariableAnswer>;
  /** As a person would type it, for the plan: `systemctl --user unset-environment NAME`. */
  unsetCommand(name: string): string;
}

export type StoredVariable =
  | {
      readonly state: 'set';
      /** Secret. */
      readonly value: Bytes;
      /** What has to be kept beside it: the registry’s type, whether fish exports it. */
      readonly type: string;
    }
  | { readonly state: 'absent' | 'unreachable' };

export type VariableAnswer = 'done' | 'unreachable' | 'not-possible' | 'failed';
