import type { KeyringItem, KeyringTrouble } from '../../../shared/ports/keyring.ts';

/**
 * Looks whether an item is there without asking for its secret, so that nobody is asked for a password. `there`: one item, and
 * what holds it is open. `absent` is certain.
 */
export interface KeyringProbe {
  /** @param signal ends the looking; the answer is then `unreachable` */
  look(item: KeyringItem, signal: AbortSignal): Promise<ProbeAnswer>;
}

export interface ProbeAnswer {
  readonly state: 'there' | 'absent' | KeyringTrouble['state'];
  /** Why nothing new can be kept, where that is so; only asked when something is to be written. */
  readonly closed: KeyringTrouble['state'] | null;
}
