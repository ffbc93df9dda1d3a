import type { Entry } from '@napi-rs/keyring';
import type { KeyringReply, KeyringRequest } from './keyring-message.ts';
import { troubleOfError } from './trouble-of-error.ts';

/**
 * Asks the system’s keychain. Blocks its thread, the constructor too, for as long as the keychain is silent: only for a process of
 * its own. Linux is pinned to the Secret Service, since the package would otherwise keep secrets in memory of the kernel, which a
 * restart forgets.
 */
export async function answerKeyringRequest(request: KeyringRequest): Promise<KeyringReply> {
  try {
    const keyring = await import('@napi-rs/keyring');
    return perform(
      new keyring.Entry(request.service, request.account, { linux: { store: 'secret-service' } }),
      request,
    );
  } catch (error) {
    // Also where the package has nothing for this system.
    return { state: troubleOfError(error) };
  }
}

function perform(entry: Entry, { operation, stored = '', there }: KeyringRequest): KeyringReply {
  switch (operation) {
    case 'get': {
      const found = storedIn(entry);
      return found === null ? { state: 'none' } : { state: 'found', stored: found };
    }
    case 'set':
      if (there !== undefined && storedIn(entry) !== there) return { state: 'changed' };
      entry.setSecret(Buffer.from(stored, 'latin1'));
      return { state: 'done' };
    case 'remove':
      entry.deleteCredential();
      return { state: 'done' };
  }
}

function storedIn(entry: Entry): string | null {
  // An array of numbers, whatever its type is called elsewhere.
  const bytes = entry.getSecret();
  return bytes === null ? null : Buffer.from(bytes).toString('latin1');
}
