import { expect, test } from 'vitest';
import type { LiveCheck } from '../live-check.ts';
import { API_KEY, KEY, TOKEN, inspectGiven, type Given } from '../../testing/given.ts';
import { plainFingerprints } from '../../testing/plain-fingerprints.ts';
import { withLiveCheck } from '../../usecases/check-key.ts';

const CHECKED: LiveCheck = {
  state: 'stale',
  why: null,
  status: 401,
  checkedAt: 1_790_000_000_000,
  key: {
    fingerprint: plainFingerprints().of(API_KEY),
    origin: { kind: 'process', name: 'ANTHROPIC_API_KEY' },
  },
};

async function stale(given: Given, check: LiveCheck = CHECKED) {
  const { conflicts } = withLiveCheck(await inspectGiven(given), check);
  return conflicts.filter(({ code }) => code === 'stale-key');
}

test('A key that was refused is stale in every mode that sends it, and can be cleared where it stands.', async () => {
  const [conflict, ...more] = await stale({ shell: KEY });
  expect(more).toEqual([]);
  expect(conflict).toMatchObject({
    severity: 'critical',
    modes: ['interactive', 'print', 'bare'],
    about: {
      source: 'api-key',
      time: CHECKED.checkedAt,
      origin: { kind: 'process', name: 'ANTHROPIC_API_KEY' },
    },
  });
  expect(conflict?.remedies[0]).toMatchObject({ id: 'clear-credential', target: 'ANTHROPIC_API_KEY' });
  const [inSettings] = await stale({ user: KEY });
  expect(inSettings?.remedies[0]).toMatchObject({
    id: 'clear-credential',
    origin: { kind: 'settings', scope: 'user' },
  });
});

test.each<[string, Given, LiveCheck]>([
  ['was accepted', { shell: KEY }, { ...CHECKED, state: 'accepted', status: 200 }],
  [
    'could not be told about',
    { shell: KEY },
    { ...CHECKED, state: 'cannot-tell', why: 'timed-out', status: null },
  ],
  ['is another one by now', { shell: { ANTHROPIC_API_KEY: 'sk-ant-another' } }, CHECKED],
  ['is not there', { shell: TOKEN }, CHECKED],
  ['was never named', { shell: KEY }, { ...CHECKED, key: null }],
])('A key that %s is not stale.', async (_, given, check) => {
  expect(await stale(given, check)).toEqual([]);
});

test('Without a check nothing is stale.', async () => {
  const { facts, conflicts } = await inspectGiven({ shell: KEY });
  expect(facts.liveCheck).toBeNull();
  expect(conflicts.map(({ code }) => code)).not.toContain('stale-key');
});
