import type { Keyring } from '../../ports/keyring.ts';
import type { ListedKeyring } from './move-to-keyring.ts';

/**
 * The keychain where there is one, else the store in clear that the user asked for. What stands in clear is always the newest of
 * its name, since every write to the keychain removes it; so it is never hidden by an older entry of a keychain that came back.
 * A locked keychain is no missing one: nothing is written in clear then.
 */
export function preferKeyring(keyring: Keyring, insecure: ListedKeyring): Keyring {
  return {
    get: async (item) => {
      const inClear = await insecure.get(item);
      return inClear.state === 'absent' ? keyring.get(item) : inClear;
    },
    set: async (item, secret) => {
      const written = await keyring.set(item, secret);
      if (written.state === 'unreachable') return insecure.set(item, secret);
      if (written.state !== 'stored') return written;
      const removed = await insecure.remove(item);
      return removed.state === 'removed' ? written : removed;
    },
    remove: async (item) => {
      const fromKeyring = await keyring.remove(item);
      const wasInClear = (await insecure.get(item)).state !== 'absent';
      const removed = await insecure.remove(item);
      if (removed.state !== 'removed') return removed;
      return fromKeyring.state === 'unreachable' && wasInClear ? removed : fromKeyring;
    },
  };
}
