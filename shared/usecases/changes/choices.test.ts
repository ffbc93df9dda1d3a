import { describe, expect, test } from 'vitest';
import type { SourceId } from '../../core/source-id.ts';
import { KEY, OAUTH, TOKEN, worldOf, type Given } from '../../testing/given.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { choices } from './choices.ts';
import { sourcesInTheWay } from './sources-in-the-way.ts';

async function asked(given: Given) {
  const { ports, request, context } = worldPorts(worldOf(given));
  const facts = await gatherFacts(ports, request);
  return {
    choices: choices(facts, context.claudeCode),
    inTheWay: (source: SourceId) => sourcesInTheWay(facts, context.claudeCode, source),
  };
}

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'made-up-bedrock' };
const login = true as const;

test.each<[string, Given, readonly SourceId[]]>([
  ['nothing', {}, []],
  ['a login', { login }, ['claude-login']],
  ['a key', { shell: KEY }, ['api-key']],
  ['a key and a login', { shell: KEY, login }, ['api-key', 'claude-login']],
  ['a key that was rejected and a login', { shell: KEY, login, answered: 'rejected' }, ['claude-login']],
  ['an empty key and a login', { shell: { ANTHROPIC_API_KEY: '' }, login }, ['claude-login']],
  [
    'a token, a key and a login',
    { shell: { ...TOKEN, ...KEY }, login },
    ['auth-token', 'api-key', 'claude-login'],
  ],
  ['a helper and a login', { helper: 'echo made-up', login }, ['api-key-helper', 'claude-login']],
  ['a key in two places', { shell: KEY, user: KEY }, ['api-key']],
])('With %s there is to choose between these.', async (_, given, expected) => {
  expect((await asked(given)).choices).toEqual(expected);
});

describe('In the way', () => {
  test.each<[string, Given, SourceId, readonly SourceId[] | null]>([
    ['of a login that is used stands nothing', { login }, 'claude-login', []],
    ['of a login stands a key', { shell: KEY, login }, 'claude-login', ['api-key']],
    [
      'of a login stands everything that is stronger, the strongest first',
      { shell: { ...TOKEN, ...KEY, ...OAUTH }, helper: 'echo made-up', login },
      'claude-login',
      ['auth-token', 'api-key', 'api-key-helper', 'oauth-token'],
    ],
    [
      'of a login stands a provider',
      { shell: { ...BEDROCK, ...KEY }, login },
      'claude-login',
      ['cloud-provider', 'api-key'],
    ],
    ['of a key stands no login', { shell: KEY, login }, 'api-key', []],
    [
      'of what is not there stands the rest, and it would not be used',
      { shell: KEY, login },
      'oauth-token',
      null,
    ],
    ['of nothing at all it would not be used', {}, 'claude-login', null],
  ])('%s.', async (_, given, source, expected) => {
    const { inTheWay } = await asked(given);
    const found = inTheWay(source);
    expect(found === null ? null : [...found].sort()).toEqual(
      expected === null ? null : [...expected].sort(),
    );
  });

  test('what is chosen is never in its own way, and nothing is named twice.', async () => {
    const { choices: made, inTheWay } = await asked({
      shell: { ...TOKEN, ...KEY, ...OAUTH, ...BEDROCK },
      user: KEY,
      helper: 'echo made-up',
      login,
      consoleKey: true,
    });
    expect(made.length).toBeGreaterThan(3);
    for (const source of made) {
      const found = inTheWay(source) ?? [];
      expect(found).not.toContain(source);
      expect(new Set(found).size).toBe(found.length);
    }
  });
});
