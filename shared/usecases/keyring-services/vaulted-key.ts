import type { Bytes } from '../../core/remedies/text-edit.ts';
import type { Keyring, KeyringItem, KeyringTrouble, KeyringWrite } from '../../ports/keyring.ts';
import { readService, type ReadPorts, type ServiceDefinition, type ServiceResult } from './read-service.ts';

/** As an environment variable may be called: what a vaulted key is named after. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
/** What a header can carry and a terminal cannot stumble over: one line, without spaces. */
const PRINTABLE = /^[\x21-\x7e]+$/;

export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

const SERVICE = 'Credence';
const PREFIX = 'key:';

function itemOf(name: string): KeyringItem {
  return { service: SERVICE, account: `${PREFIX}${name}` };
}

/** The name of the key that an item holds; `null`: it is another service’s. */
export function vaultedName({ service, account }: KeyringItem): string | null {
  return service === SERVICE && account.startsWith(PREFIX) ? account.slice(PREFIX.length) : null;
}

/** A key that was lifted out of a file. @param name see `isKeyName` */
export function vaultedKey(name: string): ServiceDefinition<string> {
  return {
    item: itemOf(name),
    parse: (raw) => (PRINTABLE.test(raw) ? raw : null),
    validate: () => ({ state: 'valid' }),
  };
}

export function readVaultedKey(
  name: string,
  { keyring, ...ports }: ReadPorts & { readonly keyring: Keyring },
): Promise<ServiceResult<string>> {
  return readService(vaultedKey(name), (item) => keyring.get(item), ports);
}

export type VaultedWrite = KeyringWrite | { readonly state: 'not-a-key' };

/** Refuses what `readVaultedKey` would not give back: then a file must not be made to look here for it. */
export async function writeVaultedKey(name: string, key: Bytes, keyring: Keyring): Promise<VaultedWrite> {
  if (!isKeyName(name) || vaultedKey(name).parse(key) === null) return { state: 'not-a-key' };
  return keyring.set(itemOf(name), key);
}

export function removeVaultedKey(
  name: string,
  keyring: Keyring,
): Promise<KeyringTrouble | { readonly state: 'removed' }> {
  return keyring.remove(itemOf(name));
}
