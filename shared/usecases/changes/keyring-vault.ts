import type { Keyring } from '../../ports/keyring.ts';
import { moveToKeyring, type ListedKeyring } from '../keyring-services/move-to-keyring.ts';
import { preferKeyring } from '../keyring-services/prefer-keyring.ts';
import {
  readVaultedKey,
  removeVaultedKey,
  vaultedName,
  writeVaultedKey,
} from '../keyring-services/vaulted-key.ts';
import type { ReadPorts } from '../keyring-services/read-service.ts';
import type { Vault } from './vault.ts';

/**
 * The vault in the system’s keychain.
 *
 * @param ports `inClear`: where keys go when there is no keychain and the user has asked for exactly that
 */
export function keyringVault(
  ports: ReadPorts & { readonly keyring: Keyring; readonly inClear: ListedKeyring },
): Vault {
  const { keyring, inClear } = ports;
  const either = preferKeyring(keyring, inClear);
  return {
    read: async (name) => {
      const found = await readVaultedKey(name, { ...ports, keyring: either });
      if (found.ok) return { state: 'found', secret: found.value };
      const { error } = found;
      if (error.code === 'NotFound') return { state: 'absent' };
      return {
        state: error.code === 'Unavailable' && error.why === 'unreachable' ? 'missing' : 'unreadable',
      };
    },
    write: async (name, secret, mayBeInClear) =>
      (await writeVaultedKey(name, secret, mayBeInClear ? either : keyring)).state === 'stored',
    remove: async (name) => (await removeVaultedKey(name, either)).state === 'removed',
    inClear: () => inClear.items().flatMap((item) => vaultedName(item) ?? []),
    settle: async () => {
      if (inClear.items().length === 0) return [];
      const { moved } = await moveToKeyring(inClear, keyring);
      return moved.flatMap((item) => vaultedName(item) ?? []);
    },
  };
}
