import type { KeyringAnswer, KeyringItem } from './keyring.ts';

/**
 * Keychain items of other programs. There is no way to write or remove one, by type: an item that another program rewrites makes
 * its owner ask for the password for ever (macOS).
 */
export interface ForeignKeyring {
  /**
   * The bytes as they are. The system may ask the user meanwhile, so this waits much longer than `Keyring` does.
   *
   * @param consent of one click, for one read
   */
  read(item: KeyringItem, consent: Consent): Promise<KeyringAnswer>;
}

/** That a person asked for it just now. */
export interface Consent {
  /** `true` the first time only: a click does not allow a second question. */
  take(): boolean;
}
