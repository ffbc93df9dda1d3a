import type { KeychainItems } from '../../../shared/ports/keychain-items.ts';
import type { KeyringProbe } from './keyring-probe.ts';

/** macOS: by the item’s attributes, which the system shows without asking. The keychain itself asks for what is locked. */
export function keychainProbe(keychain: KeychainItems): KeyringProbe {
  return {
    look: async ({ service, account }) => {
      const { state } = await keychain.find(service, account);
      if (state === 'found') return { state: 'there', closed: null };
      return state === 'absent' ? { state, closed: null } : { state, closed: state };
    },
  };
}
