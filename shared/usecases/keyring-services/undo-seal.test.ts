import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryKeyring, type MemoryKeyring, type MemoryKeyringMood } from '../../testing/memory-keyring.ts';
import { undoSeal, undoSealKey, type UndoSealPorts } from './undo-seal.ts';

function ports(keyring: MemoryKeyring = memoryKeyring()) {
  const clock = fixedClock();
  const scheduler = manualScheduler(clock);
  let made = 0;
  let before = Promise.resolve<unknown>(null);
  const given: UndoSealPorts = {
    clock,
    scheduler,
    keyring,
    seal: { newKey: () => String.fromCharCode(made++).repeat(32) },
    alone: (run) => {
      const mine = before.then(run);
      before = mine.catch(() => null);
      return mine;
    },
  };
  return { given, keyring, scheduler, made: () => made };
}

test('The key is made once, and is the same from then on.', async () => {
  const { given, made } = ports();
  const first = await undoSealKey(given);
  expect(first).toEqual({ state: 'key', key: '\0'.repeat(32) });
  expect(await undoSealKey(given)).toEqual(first);
  expect(made()).toBe(1);
});

test('Twenty that need it for the first time at once get the same.', async () => {
  const { given, made } = ports();
  const keys = await Promise.all(Array.from({ length: 20 }, () => undoSealKey(given)));
  expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(1);
  expect(made()).toBe(1);
});

test('Where another process holds the lock for too long, there is none for now.', async () => {
  const { given } = ports();
  expect(await undoSealKey({ ...given, alone: () => Promise.resolve('busy') })).toEqual({
    state: 'none',
    error: { code: 'Timeout' },
  });
});

describe('An entry that older backups may need is never replaced', () => {
  test.each(['short', ' '.repeat(32), 'x'.repeat(33)])('when it holds %j', async (secret) => {
    const { given, keyring } = ports(memoryKeyring([{ ...undoSeal.item, secret }]));
    expect(await undoSealKey(given)).toMatchObject({ state: 'none' });
    expect(keyring.calls).not.toContain('set undo-seal');
  });

  test.each(['locked', 'unreachable', 'denied', 'ambiguous', 'damaged'] as const)(
    'when the keychain is %s',
    async (mood) => {
      const { given, keyring } = ports();
      keyring.mood = mood;
      expect(await undoSealKey(given)).toEqual({ state: 'none', error: { code: 'Unavailable', why: mood } });
      expect(keyring.calls).not.toContain('set undo-seal');
    },
  );
});

test.each(['lying', 'truncating', 'error-after-storing'] satisfies readonly MemoryKeyringMood[])(
  'A keychain that is %s gives no key that could not be had again.',
  async (mood) => {
    const { given, keyring } = ports();
    keyring.mood = mood;
    expect(await undoSealKey(given)).toMatchObject({ state: 'none', error: { code: 'Unavailable' } });
  },
);
