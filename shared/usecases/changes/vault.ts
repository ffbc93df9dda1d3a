import type { Bytes } from '../../core/remedies/text-edit.ts';

/** The keys that were moved out of files, by the variable’s name. */
export interface Vault {
  read(name: string): Promise<VaultAnswer>;
  /** @param mayBeInClear where there is no keychain: a file that is not encrypted, which the user asked for */
  write(name: string, secret: Bytes, mayBeInClear: boolean): Promise<boolean>;
  remove(name: string): Promise<boolean>;
  /** What is kept in a file that is not encrypted. */
  inClear(): readonly string[];
  /** Moves what is kept in clear into the keychain, where there is one by now; the names that were moved. */
  settle(): Promise<readonly string[]>;
}

export type VaultAnswer =
  | { readonly state: 'found'; readonly secret: Bytes }
  | { readonly state: 'absent' }
  /** No keychain answers: there is none, or it hangs. */
  | { readonly state: 'missing' }
  /** There is one, and it is locked or refuses. */
  | { readonly state: 'unreadable' };
