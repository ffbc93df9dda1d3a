import type { Bytes } from '../../core/remedies/text-edit.ts';

/** The key that contents are sealed with. `unavailable`: the keychain is locked, frozen or refuses; `none`: there is none. */
export type SealKey =
  { readonly state: 'key'; readonly key: Bytes } | { readonly state: 'unavailable' | 'none' };

/** Where that key is kept. */
export interface SealKeys {
  /** Makes one on first use. Without a keychain contents are kept as they are, for this user alone, and that is told. */
  forSealing(): Promise<SealKey>;
  forOpening(): Promise<SealKey>;
}
