import type { KeychainItem, KeychainItems } from '../ports/keychain-items.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { MadeUpKeychainItem } from './memory-keychain-items.ts';

/** A keychain with these items; `trouble`: one that cannot be looked into, for that reason. */
export type MakeKeychain = (
  items: readonly MadeUpKeychainItem[],
  trouble?: 'locked' | 'denied' | 'unreachable',
) => KeychainItems;

const ITEM = { service: 'Claude Code-credentials', account: 'p' };
/** Keychains keep whole seconds. */
const CHANGED_AT = 1_700_000_000_000;
const FOUND: KeychainItem = { state: 'found', changedAt: CHANGED_AT };

/** What a keychain must tell. */
export function keychainItemsContract(make: MakeKeychain): readonly ContractCase[] {
  const find = (
    title: string,
    keychain: () => KeychainItems,
    service: string,
    account: string,
    expected: KeychainItem,
  ): ContractCase => ({
    title,
    run: async () => {
      assertEqual(await keychain().find(service, account), expected);
    },
  });
  const withItem = (): KeychainItems => make([{ ...ITEM, item: FOUND }]);
  return [
    find('An item is found, with the time of its last change.', withItem, ITEM.service, ITEM.account, FOUND),
    find('An item of another account is absent.', withItem, ITEM.service, 'q', { state: 'absent' }),
    find('An item of another service is absent.', withItem, 'Claude Code', ITEM.account, { state: 'absent' }),
    find('In an empty keychain an item is absent.', () => make([]), ITEM.service, ITEM.account, {
      state: 'absent',
    }),
    ...(['locked', 'denied', 'unreachable'] as const).map((trouble) =>
      find(
        `A keychain that is ${trouble} says so, and not that there is nothing.`,
        () => make([], trouble),
        ITEM.service,
        ITEM.account,
        { state: trouble },
      ),
    ),
    find(
      'Names with quotes, spaces and line breaks are taken as they are.',
      () => make([{ service: 'a "b"\n$(c)', account: "d'e", item: FOUND }]),
      'a "b"\n$(c)',
      "d'e",
      FOUND,
    ),
  ];
}
