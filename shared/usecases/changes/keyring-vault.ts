import type { Keyring } from '../../ports/keyring.ts';
import { readVaultedKey, removeVaultedKey, writeVaultedKey } from '../keyring-services/vaulted-key.ts';
import type { ReadPorts } from '../keyring-services/read-service.ts';
import type { Vault } from './vault.ts';

/** The vault in the system’s keychain. */
export function keyringVault(ports: ReadPorts & { readonly keyring: Keyring }): Vault {
  const { keyring } = ports;
  return {
    read: async (name) => {
      const found = await readVaultedKey(name, ports);
      if (found.ok) return { state: 'found', secret: found.value };
      return { state: found.error.code === 'NotFound' ? 'absent' : 'unreadable' };
    },
    write: async (name, secret) => (await writeVaultedKey(name, secret, keyring)).state === 'stored',
    remove: async (name) => (await removeVaultedKey(name, keyring)).state === 'removed',
  };
}
