import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryKeyring, type MemoryKeyringMood } from '../../testing/memory-keyring.ts';
import { moveToKeyring } from './move-to-keyring.ts';
import { preferKeyring } from './prefer-keyring.ts';

const ITEM = { service: 'Credence', account: 'key:A' };
const OTHER = { service: 'Credence', account: 'key:B' };

describe('The keychain, and a store in clear for when there is none', () => {
  test('Where there is a keychain, nothing is kept in clear.', async () => {
    const [keyring, clear] = [memoryKeyring(), memoryKeyring()];
    const both = preferKeyring(keyring, clear);
    expect(await both.set(ITEM, 'x')).toEqual({ state: 'stored' });
    expect(clear.items()).toEqual([]);
    expect(await both.get(ITEM)).toEqual({ state: 'found', secret: 'x' });
  });

  test.each(['locked', 'denied', 'ambiguous', 'damaged'] as const)(
    'A keychain that is %s is no missing one: nothing is kept in clear.',
    async (mood) => {
      const [keyring, clear] = [memoryKeyring(), memoryKeyring()];
      keyring.mood = mood;
      expect(await preferKeyring(keyring, clear).set(ITEM, 'x')).toEqual({ state: mood });
      expect(clear.items()).toEqual([]);
    },
  );

  test('Without one, the store in clear is used; what the user removes there is gone.', async () => {
    const [keyring, clear] = [memoryKeyring(), memoryKeyring()];
    keyring.mood = 'unreachable';
    const both = preferKeyring(keyring, clear);
    expect(await both.set(ITEM, 'x')).toEqual({ state: 'stored' });
    expect(await both.get(ITEM)).toEqual({ state: 'found', secret: 'x' });
    expect(await both.get(OTHER)).toEqual({ state: 'unreachable' });
    expect(await both.remove(ITEM)).toEqual({ state: 'removed' });
    expect(await both.remove(OTHER)).toEqual({ state: 'unreachable' });
  });

  test('A copy in clear that could not be removed is told.', async () => {
    const [keyring, clear] = [memoryKeyring(), memoryKeyring([{ ...ITEM, secret: 'old' }])];
    clear.mood = 'denied';
    expect(await preferKeyring(keyring, clear).set(ITEM, 'new')).toEqual({ state: 'denied' });
  });

  test('Whether the keychain comes or goes, what was stored last is what is found, or an honest trouble.', async () => {
    const step = fc.oneof(
      fc.constantFrom<MemoryKeyringMood>('usual', 'unreachable', 'locked'),
      fc.nat(9).map(String),
      fc.constant('move' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const [keyring, clear] = [memoryKeyring(), memoryKeyring()];
        const both = preferKeyring(keyring, clear);
        let last: string | null = null;
        for (const now of steps) {
          if (now === 'move') await moveToKeyring(clear, keyring);
          else if (/^\d$/.test(now)) {
            if ((await both.set(ITEM, now)).state === 'stored') last = now;
          } else keyring.mood = now as MemoryKeyringMood;
          const found = await both.get(ITEM);
          if (found.state === 'found') expect(found.secret).toBe(last);
          else if (last !== null) expect(keyring.mood).not.toBe('usual');
        }
      }),
    );
  });
});

describe('Moving into the keychain', () => {
  const moods: readonly (readonly [MemoryKeyringMood, boolean])[] = [
    ['usual', true],
    ['locked', false],
    ['unreachable', false],
    ['denied', false],
    ['lying', false],
    ['truncating', false],
    ['error-after-storing', false],
  ];

  test.each(moods)('When the keychain is %s, the copy in clear goes: %s.', async (mood, goes) => {
    const clear = memoryKeyring([
      { ...ITEM, secret: 'one' },
      { ...OTHER, secret: 'two' },
    ]);
    const keyring = memoryKeyring();
    keyring.mood = mood;
    const { moved, left } = await moveToKeyring(clear, keyring);
    expect(moved).toEqual(goes ? [ITEM, OTHER] : []);
    expect(left).toEqual(goes ? [] : [ITEM, OTHER]);
    expect(clear.items()).toEqual(left);
    keyring.mood = 'usual';
    if (goes) expect(await keyring.get(OTHER)).toEqual({ state: 'found', secret: 'two' });
  });

  test('A keychain that says it has stored, and does not look, is looked at.', async () => {
    const clear = memoryKeyring([{ ...ITEM, secret: 'one' }]);
    const lying = memoryKeyring([], { verifies: false });
    lying.mood = 'lying';
    expect(await moveToKeyring(clear, lying)).toEqual({ moved: [], left: [ITEM] });
    expect(clear.items()).toEqual([ITEM]);
  });

  test('What was stored in clear meanwhile is not removed.', async () => {
    const clear = memoryKeyring([{ ...ITEM, secret: 'old' }]);
    const keyring = memoryKeyring();
    const late = {
      ...keyring,
      set: async (...given: Parameters<typeof keyring.set>) => {
        await clear.set(ITEM, 'new');
        return keyring.set(...given);
      },
    };
    expect(await moveToKeyring(clear, late)).toEqual({ moved: [], left: [ITEM] });
    expect(await clear.get(ITEM)).toEqual({ state: 'found', secret: 'new' });
  });
});
