import { pureDigests } from '../../testing/pure-digests.ts';
import { expect, test } from 'vitest';
import { conflictsGiven, remediesOf, type Given } from '../../testing/given.ts';
import { memoryKeychainItems } from '../../testing/memory-keychain-items.ts';
import type { WorldOptions } from '../../testing/worlds.ts';

const CODE = 'stores-diverge';

function onMac(state: 'found' | 'absent' | 'locked'): WorldOptions {
  const item = state === 'found' ? { state, changedAt: null } : { state };
  return {
    environment: { platform: 'darwin' },
    ports: {
      keychain: memoryKeychainItems([{ service: 'Claude Code-credentials', account: 'p', item }]),
      digests: { ...pureDigests, sha256: () => '0'.repeat(64) },
    },
  };
}

test('Keychain and file both hold a login.', async () => {
  const [found, ...more] = await conflictsGiven(CODE, { login: true }, onMac('found'));
  expect(found).toMatchObject({
    severity: 'warning',
    modes: ['interactive', 'print', 'bare'],
    about: { source: 'claude-login', origin: { kind: 'keychain', name: 'Claude Code-credentials' } },
  });
  expect(remediesOf(found)).toEqual(['log-out', 'log-in']);
  expect(more).toEqual([]);
});

test.each<[string, Given, WorldOptions]>([
  ['only the file holds one', { login: true }, onMac('absent')],
  ['only the keychain holds one', {}, onMac('found')],
  ['the keychain is locked', { login: true }, onMac('locked')],
  ['there is no keychain', { login: true }, {}],
])('It is none when %s.', async (_, given, options) => {
  expect(await conflictsGiven(CODE, given, options)).toEqual([]);
});
