import { expect, test } from 'vitest';
import type { Remaining } from '../../core/remedies/plan.ts';
import { API_KEY, KEY, worldOf, type Given } from '../../testing/given.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { stillSet } from './still-set.ts';

async function still(given: Given, names: readonly string[], remains: readonly Remaining[] = []) {
  const { ports, request } = worldPorts(worldOf(given));
  return stillSet(await gatherFacts(ports, { ...request, terminal: 'next' }), names, remains);
}

const KEY_NAME = ['ANTHROPIC_API_KEY'];
const EXPORT = `export ANTHROPIC_API_KEY=${API_KEY}\n`;

test.each<[string, Given, readonly string[], readonly unknown[]]>([
  ['nothing', {}, KEY_NAME, []],
  ['a name that nobody asked about', { user: KEY }, ['ANTHROPIC_AUTH_TOKEN'], []],
  [
    'a start-up file',
    { files: { '~/.bash_profile': EXPORT } },
    KEY_NAME,
    [{ name: 'ANTHROPIC_API_KEY', where: 'new-terminals', origin: { line: 1 }, processes: [] }],
  ],
  ['user settings', { user: KEY }, KEY_NAME, [{ where: 'settings', origin: { scope: 'user' } }]],
  ['user settings that only cancel it', { user: { ANTHROPIC_API_KEY: '' } }, KEY_NAME, []],
  [
    'two places',
    { user: KEY, files: { '~/.bash_profile': EXPORT } },
    KEY_NAME,
    [{ where: 'new-terminals' }, { where: 'settings' }],
  ],
  ['a helper', { helper: 'echo made-up' }, ['apiKeyHelper'], [{ name: 'apiKeyHelper', where: 'settings' }]],
  ['a helper that nobody asked about', { helper: 'echo made-up' }, KEY_NAME, []],
  ['a blank helper', { helper: '' }, ['apiKeyHelper'], []],
])('With %s that is told.', async (_, given, names, expected) => {
  const found = await still({ ...given, shell: { SHELL: '/bin/bash', ...given.shell } }, names);
  expect(found).toMatchObject(expected);
  expect(found).toHaveLength(expected.length);
  expect(JSON.stringify(found)).not.toContain(API_KEY);
});

test('What runs comes last, as the plan has it.', async () => {
  const processes = [{ processId: 7, folder: '/home/p' }];
  const found = await still({ user: KEY }, KEY_NAME, [
    { kind: 'terminals', name: 'ANTHROPIC_API_KEY', same: true, processes },
  ]);
  expect(found.map(({ where }) => where)).toEqual(['settings', 'terminals']);
  expect(found[1]).toEqual({ name: 'ANTHROPIC_API_KEY', where: 'terminals', origin: null, processes });
});
