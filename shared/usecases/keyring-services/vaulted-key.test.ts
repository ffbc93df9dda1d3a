import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { manualScheduler } from '../../testing/manual-scheduler.ts';
import { memoryKeyring } from '../../testing/memory-keyring.ts';
import { isKeyName, readVaultedKey, removeVaultedKey, writeVaultedKey } from './vaulted-key.ts';

const KEY = 'sk-ant-api03-made-up_0123';
const NAME = 'ANTHROPIC_API_KEY';

function ports() {
  const clock = fixedClock();
  return { clock, scheduler: manualScheduler(clock), keyring: memoryKeyring() };
}

test('A key comes back under its name, and not under another, until it is removed.', async () => {
  const given = ports();
  expect(await writeVaultedKey(NAME, KEY, given.keyring)).toEqual({ state: 'stored' });
  expect(given.keyring.items()).toEqual([{ service: 'Credence', account: `key:${NAME}` }]);
  expect(await readVaultedKey(NAME, given)).toEqual({ ok: true, value: KEY, raw: KEY });
  expect(await readVaultedKey('OTHER', given)).toEqual({ ok: false, error: { code: 'NotFound' } });
  expect(await removeVaultedKey(NAME, given.keyring)).toEqual({ state: 'removed' });
  expect(await readVaultedKey(NAME, given)).toEqual({ ok: false, error: { code: 'NotFound' } });
});

describe('What is no key', () => {
  test.each(['', ' ', 'a b', `${KEY}\n`, `\t${KEY}`, 'a\0b', '\x1b[31m', 'schlüssel', '\x7f'])(
    '%j is neither written nor given out.',
    async (text) => {
      const given = ports();
      expect(await writeVaultedKey(NAME, text, given.keyring)).toEqual({ state: 'not-a-key' });
      expect(given.keyring.calls).toEqual([]);
      await given.keyring.set({ service: 'Credence', account: `key:${NAME}` }, text);
      expect(await readVaultedKey(NAME, given)).toMatchObject({ ok: false });
    },
  );

  test('Whatever is written can be read.', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const given = ports();
        const { state } = await writeVaultedKey(NAME, text, given.keyring);
        const read = await readVaultedKey(NAME, given);
        expect(read.ok ? read.value : null).toBe(state === 'stored' ? text : null);
      }),
    );
  });
});

test.each([
  ['ANTHROPIC_API_KEY', true],
  ['_x1', true],
  ['', false],
  ['1A', false],
  ['A-B', false],
  ['A B', false],
  ['A\n', false],
  ['../A', false],
  ['--show', false],
  ['A'.repeat(129), false],
])('That %j names a key: %s.', (name, is) => {
  expect(isKeyName(name)).toBe(is);
});

test.each(['locked', 'denied', 'ambiguous'] as const)(
  'A write to a keychain that is %s says so.',
  async (mood) => {
    const { keyring } = ports();
    keyring.mood = mood;
    expect(await writeVaultedKey(NAME, KEY, keyring)).toEqual({ state: mood });
  },
);
