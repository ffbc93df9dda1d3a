import type { Bytes } from '../../core/remedies/text-edit.ts';

/** The keys that were moved into the keychain, by the variable’s name. */
export interface Vault {
  read(name: string): Promise<VaultAnswer>;
  write(name: string, secret: Bytes): Promise<boolean>;
  remove(name: string): Promise<boolean>;
}

export type VaultAnswer =
  { readonly state: 'found'; readonly secret: Bytes } | { readonly state: 'absent' | 'unreadable' };
