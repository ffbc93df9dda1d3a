import { expect, test } from 'vitest';
import { SOURCES, WATCHED } from '../../core/sources/index.ts';
import { SOURCE_IDS } from '../../core/source-id.ts';
import { KEY, worldOf, type Given } from '../../testing/given.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { namesOfSource, namesOfTarget, namesThatAreSet } from './names-of-goal.ts';

test.each<[string, unknown]>([
  ['ANTHROPIC_API_KEY', { ok: true, names: ['ANTHROPIC_API_KEY'] }],
  ['apiKeyHelper', { ok: true, names: ['apiKeyHelper'] }],
  ['api-key-helper', { ok: true, names: ['apiKeyHelper'] }],
  ['base-url-login', { ok: true, names: ['ANTHROPIC_BASE_URL'] }],
  ['claude-login', { ok: false, why: 'log-out', source: 'claude-login' }],
  ['primaryApiKey', { ok: false, why: 'log-out', source: 'console-key' }],
  ['anthropic_api_key', { ok: false, why: 'unknown-name' }],
  ['PATH', { ok: false, why: 'unknown-name' }],
  ['constructor', { ok: false, why: 'unknown-name' }],
  ['', { ok: false, why: 'unknown-name' }],
])('%j stands for what sets it.', (target, expected) => {
  expect(namesOfTarget(target)).toEqual(expected);
});

test('Every variable that is watched stands for itself, and every source for names that are watched or a reason.', () => {
  for (const name of WATCHED.keys()) expect(namesOfTarget(name)).toEqual({ ok: true, names: [name] });
  for (const source of SOURCE_IDS) {
    const named = namesOfTarget(source);
    expect(named).toEqual(namesOfSource(source));
    if (!named.ok) {
      expect(named.why).not.toBe('unknown-name');
      continue;
    }
    expect(named.names.length).toBeGreaterThan(0);
    // What only supports a source, as a region does, is nobody’s credential.
    const support = SOURCES[source].variables.filter(({ role }) => role === 'support');
    for (const { name } of support) expect(named.names).not.toContain(name);
  }
});

test.each<[string, Given, readonly string[]]>([
  ['nothing', {}, []],
  ['the shell', { shell: KEY }, ['ANTHROPIC_API_KEY']],
  ['settings', { user: KEY }, ['ANTHROPIC_API_KEY']],
  ['a helper', { helper: 'echo made-up' }, ['apiKeyHelper']],
  [
    'a start-up file of another shell',
    { files: { '~/.bashrc': 'export ANTHROPIC_API_KEY=made-up\n' } },
    ['ANTHROPIC_API_KEY'],
  ],
])('Of many names those are set that %s sets.', async (_, given, expected) => {
  const { ports, request } = worldPorts(worldOf(given));
  const facts = await gatherFacts(ports, request);
  expect(namesThatAreSet(facts, ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'apiKeyHelper'])).toEqual(
    expected,
  );
});
