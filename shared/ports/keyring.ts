import type { Bytes } from '../core/remedies/text-edit.ts';

/**
 * The operating system’s keychain, for items of Credence. Every answer comes within the deadline of the adapter, whatever the
 * daemon does; `absent` only when it is certain. Never falls back to a store that a restart forgets, or that is not encrypted.
 */
export interface Keyring {
  get(item: KeyringItem): Promise<KeyringAnswer>;
  /** Stores, reads back and compares; `stored` means that it is there. */
  set(item: KeyringItem, secret: Bytes): Promise<KeyringWrite>;
  /** `removed` also when it was not there. */
  remove(item: KeyringItem): Promise<KeyringTrouble | { readonly state: 'removed' }>;
}

/** One that can tell whether somebody else has written meanwhile. */
export interface ReplacingKeyring extends Keyring {
  /**
   * As `set`, if there is still what was there; looked at by the very process that writes.
   *
   * @param there what was read; `null`: nothing was there
   * @returns `changed` also where that cannot be told: nothing is written then
   */
  replace(
    item: KeyringItem,
    there: Bytes | null,
    secret: Bytes,
  ): Promise<KeyringWrite | { readonly state: 'changed' }>;
}

export interface KeyringItem {
  readonly service: string;
  readonly account: string;
}

export type KeyringAnswer =
  { readonly state: 'found'; readonly secret: Bytes } | { readonly state: 'absent' } | KeyringTrouble;
export type KeyringWrite = { readonly state: 'stored' } | { readonly state: 'too-large' } | KeyringTrouble;

export interface KeyringTrouble {
  readonly state:
    /** There, and the user has not unlocked it (or said no when asked to). */
    | 'locked'
    /** No daemon, no bus, a frozen one, or no such store on this system. */
    | 'unreachable'
    /** This program may not. */
    | 'denied'
    /** Several items answer to the name. */
    | 'ambiguous'
    /** What was read back is not what was written, or an item is not whole. */
    | 'damaged';
}
