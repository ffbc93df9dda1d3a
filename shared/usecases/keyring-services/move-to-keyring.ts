import type { Keyring, KeyringItem } from '../../ports/keyring.ts';

/** A store in clear, which knows what it holds. */
export interface ListedKeyring extends Keyring {
  items(): readonly KeyringItem[];
}

export interface MovedItems {
  readonly moved: readonly KeyringItem[];
  /** Where they were, and whole. */
  readonly left: readonly KeyringItem[];
}

/**
 * Takes what was kept in clear into the keychain. Each copy in clear is removed only when the keychain has given the same bytes
 * back; what cannot be moved stays as it was, and works.
 */
export async function moveToKeyring(from: ListedKeyring, to: Keyring): Promise<MovedItems> {
  const moved: KeyringItem[] = [];
  const left: KeyringItem[] = [];
  for (const item of from.items()) {
    ((await moveOne(item, from, to)) ? moved : left).push(item);
  }
  return { moved, left };
}

async function moveOne(item: KeyringItem, from: Keyring, to: Keyring): Promise<boolean> {
  const kept = await from.get(item);
  if (kept.state !== 'found') return false;
  if ((await to.set(item, kept.secret)).state !== 'stored') return false;
  const back = await to.get(item);
  if (back.state !== 'found' || back.secret !== kept.secret) return false;
  // Somebody may have kept another one here meanwhile: that one is newer than what was moved.
  const still = await from.get(item);
  if (still.state !== 'found' || still.secret !== kept.secret) return false;
  return (await from.remove(item)).state === 'removed';
}
