import type { Bytes } from '../core/remedies/text-edit.ts';
import type { ForeignKeyring } from '../ports/foreign-keyring.ts';
import type { KeyringItem, KeyringTrouble, ReplacingKeyring } from '../ports/keyring.ts';

/** How it behaves; what a test changes on the way. */
export type MemoryKeyringMood =
  | 'usual'
  | KeyringTrouble['state']
  /** Never answers. */
  | 'frozen'
  /** Says that it has stored, and has not. */
  | 'lying'
  /** Stores half of it. */
  | 'truncating'
  /** Stores it, and says that it could not. */
  | 'error-after-storing';

export interface MemoryKeyring extends ReplacingKeyring {
  mood: MemoryKeyringMood;
  /** Every call, in order: `get key:A`. No secrets. */
  readonly calls: readonly string[];
  items(): readonly KeyringItem[];
}

export interface MadeUpItem extends KeyringItem {
  readonly secret: Bytes;
}

/** A keychain for tests, which can go wrong in every way that a real one can. */
export function memoryKeyring(
  given: readonly MadeUpItem[] = [],
  {
    mostBytes = Infinity,
    verifies = true,
  }: { readonly mostBytes?: number; readonly verifies?: boolean } = {},
): MemoryKeyring {
  const kept = new Map(given.map((item): [string, MadeUpItem] => [keyOf(item), item]));
  const calls: string[] = [];
  const troubleOf = (mood: MemoryKeyringMood): KeyringTrouble | null =>
    TROUBLES.has(mood) ? { state: mood as KeyringTrouble['state'] } : null;
  const keyring: MemoryKeyring = {
    mood: 'usual',
    calls,
    items: () => [...kept.values()].map(({ service, account }) => ({ service, account })),
    get: (item) => {
      calls.push(`get ${item.account}`);
      if (keyring.mood === 'frozen') return new Promise(() => undefined);
      const trouble = troubleOf(keyring.mood);
      if (trouble !== null) return Promise.resolve(trouble);
      const found = kept.get(keyOf(item));
      return Promise.resolve(
        found === undefined ? { state: 'absent' } : { state: 'found', secret: found.secret },
      );
    },
    set: (item, secret) => {
      calls.push(`set ${item.account}`);
      if (keyring.mood === 'frozen') return new Promise(() => undefined);
      const trouble = troubleOf(keyring.mood);
      if (trouble !== null) return Promise.resolve(trouble);
      if (secret.length > mostBytes) return Promise.resolve({ state: 'too-large' });
      const stored = keyring.mood === 'truncating' ? secret.slice(0, secret.length / 2) : secret;
      if (keyring.mood !== 'lying') kept.set(keyOf(item), { ...item, secret: stored });
      if (keyring.mood === 'error-after-storing') return Promise.resolve({ state: 'unreachable' });
      const whole = kept.get(keyOf(item))?.secret === secret;
      return Promise.resolve({ state: whole || !verifies ? 'stored' : 'damaged' });
    },
    replace: (item, there, secret) => {
      const found = kept.get(keyOf(item))?.secret ?? null;
      if (keyring.mood === 'frozen' || troubleOf(keyring.mood) !== null || found === there)
        return keyring.set(item, secret);
      calls.push(`set ${item.account} (changed)`);
      return Promise.resolve({ state: 'changed' });
    },
    remove: (item) => {
      calls.push(`remove ${item.account}`);
      if (keyring.mood === 'frozen') return new Promise(() => undefined);
      const trouble = troubleOf(keyring.mood);
      if (trouble !== null) return Promise.resolve(trouble);
      kept.delete(keyOf(item));
      return Promise.resolve({ state: 'removed' });
    },
  };
  return keyring;
}

/** Items of other programs; `prompts` counts how often the system would have asked. */
export function memoryForeignKeyring(
  given: readonly MadeUpItem[],
): ForeignKeyring & { readonly prompts: () => number } {
  let prompts = 0;
  return {
    prompts: () => prompts,
    read: (item, consent) => {
      if (!consent.take()) return Promise.resolve({ state: 'denied' });
      prompts += 1;
      const found = given.find((known) => keyOf(known) === keyOf(item));
      return Promise.resolve(
        found === undefined ? { state: 'absent' } : { state: 'found', secret: found.secret },
      );
    },
  };
}

const TROUBLES: ReadonlySet<string> = new Set([
  'locked',
  'unreachable',
  'denied',
  'ambiguous',
  'damaged',
] satisfies readonly KeyringTrouble['state'][]);

function keyOf({ service, account }: KeyringItem): string {
  return JSON.stringify([service, account]);
}
