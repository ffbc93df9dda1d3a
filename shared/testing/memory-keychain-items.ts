import type { KeychainItem, KeychainItems } from '../ports/keychain-items.ts';

export interface MadeUpKeychainItem {
  readonly service: string;
  readonly account: string;
  readonly item: KeychainItem;
}

/** @param otherwise the answer for all that is not named: a locked keychain does not say what is in it */
export function memoryKeychainItems(
  items: readonly MadeUpKeychainItem[],
  otherwise: KeychainItem = { state: 'absent' },
): KeychainItems {
  return {
    find: (service, account) =>
      Promise.resolve(
        items.find((known) => known.service === service && known.account === account)?.item ?? otherwise,
      ),
  };
}
