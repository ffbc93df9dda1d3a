import { describe, expect, test } from 'vitest';
import {
  CUSTOM_AUTHORIZATION,
  CUSTOM_KEY,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  TOKEN,
  type Given,
} from '../../testing/given.ts';
import { SOURCE_IDS } from '../source-id.ts';
import { CANDIDATES, CANDIDATE_IDS, CIRCUMSTANCES, type Condition } from './candidates.ts';
import { decide } from './decide.ts';
import { displacements } from './displacements.ts';
import { GATES } from './gates.ts';
import type { Rule } from './rule.ts';
import { RULES } from './table.ts';
import { CHANGE_IDS, type ChangeId } from './versions.ts';

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1' };
const MANTLE = { CLAUDE_CODE_USE_MANTLE: '1' };
const PLATFORM = { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', ANTHROPIC_AWS_WORKSPACE_ID: 'w' };
const FOUNDRY = { CLAUDE_CODE_USE_FOUNDRY: '1' };
const VERTEX = { CLAUDE_CODE_USE_VERTEX: '1' };
const BEARER = { AWS_BEARER_TOKEN_BEDROCK: 'b' };
const AWS_KEYS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
const PLATFORM_KEY = { ANTHROPIC_AWS_API_KEY: 'p' };
const FOUNDRY_KEY = { ANTHROPIC_FOUNDRY_API_KEY: 'f' };
const bedrockUnsigned = { ...BEDROCK, CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' };
const mantleUnsigned = { ...MANTLE, CLAUDE_CODE_SKIP_MANTLE_AUTH: '1' };
const platformUnsigned = { ...PLATFORM, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: '1' };
const foundryUnsigned = { ...FOUNDRY, CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' };
const vertexUnsigned = { ...VERTEX, CLAUDE_CODE_SKIP_VERTEX_AUTH: '1', ANTHROPIC_VERTEX_PROJECT_ID: 'p' };
const helper = HELPER;

const BLANK_AUTHORIZATION = { ANTHROPIC_CUSTOM_HEADERS: 'Authorization:' };
const BLANK_KEY = { ANTHROPIC_CUSTOM_HEADERS: 'x-api-key:' };
const RESPELLED = { ANTHROPIC_CUSTOM_HEADERS: 'Authorization: A\nauthorization: B' };

/** For each row a world in which it fills its header. */
const WORLDS: Readonly<Record<string, Given>> = {
  'authorization/respelled-custom-header': { shell: { ...RESPELLED, ...TOKEN } },
  'authorization/respelled-custom-header-over-helper': { shell: RESPELLED, helper },
  'authorization/base-url-login': { shell: { ANTHROPIC_BASE_URL: 'https://u:pw@host.example', ...KEY } },
  'authorization/auth-token': { shell: TOKEN },
  'authorization/helper': { helper },
  'authorization/upper-profile': { profile: 'named' },
  'authorization/federation': { shell: FEDERATION },
  'authorization/lower-profile': { profile: 'active' },
  'authorization/blank-custom-header': { shell: { ...BLANK_AUTHORIZATION, ...KEY } },
  'authorization/custom-header': { shell: CUSTOM_AUTHORIZATION },
  'authorization/oauth-token': { shell: OAUTH },
  'authorization/claude-login': { login: true },
  'authorization/empty-token': { version: '2.1.73', shell: { ANTHROPIC_AUTH_TOKEN: '' } },
  'authorization/empty-token-beside-key': {
    version: '2.1.73',
    shell: { ANTHROPIC_AUTH_TOKEN: '', ...KEY },
  },
  'x-api-key/blank-custom-header': { shell: BLANK_KEY, login: true },
  'x-api-key/custom-header': { shell: CUSTOM_KEY },
  'x-api-key/api-key': { shell: KEY },
  'x-api-key/helper': { helper },
  'x-api-key/console-key-beside-token': { shell: TOKEN, consoleKey: true },
  'x-api-key/console-key-over-profile': { profile: 'named', consoleKey: true, login: true },
  'x-api-key/console-key-over-federation': { shell: FEDERATION, consoleKey: true, login: true },
  'x-api-key/console-key': { consoleKey: true },
  'bedrock/bearer': { shell: { ...BEDROCK, ...BEARER } },
  'bedrock/auth-token-unsigned': { shell: { ...bedrockUnsigned, ...TOKEN } },
  'bedrock/helper-unsigned': { shell: bedrockUnsigned, helper },
  'bedrock/custom-header-unsigned': { shell: { ...bedrockUnsigned, ...CUSTOM_AUTHORIZATION } },
  'bedrock/auth-token-over-signature': {
    version: '2.1.73',
    shell: { ...BEDROCK, ...AWS_KEYS, ...TOKEN, ...CUSTOM_AUTHORIZATION },
  },
  'bedrock/helper-over-signature': { version: '2.1.73', shell: { ...BEDROCK, ...AWS_KEYS }, helper },
  'bedrock/custom-header-over-signature': {
    version: '2.1.73',
    shell: { ...BEDROCK, ...AWS_KEYS, ...CUSTOM_AUTHORIZATION },
  },
  'bedrock/api-key-beside-token': { shell: { ...bedrockUnsigned, ...TOKEN, ...KEY } },
  'bedrock/api-key-beside-helper': { shell: { ...bedrockUnsigned, ...KEY }, helper },
  'bedrock/api-key-beside': { version: '2.1.196', shell: { ...BEDROCK, ...BEARER, ...KEY } },
  'mantle/auth-token-unsigned': { shell: { ...mantleUnsigned, ...TOKEN } },
  'mantle/helper-unsigned': { shell: mantleUnsigned, helper },
  'mantle/bearer': { shell: { ...MANTLE, ...BEARER } },
  'mantle/custom-header-unsigned': { shell: { ...mantleUnsigned, ...CUSTOM_AUTHORIZATION } },
  'mantle/bearer-as-key': { version: '2.1.104', shell: { ...MANTLE, ...BEARER } },
  'aws/signature': { shell: { ...BEDROCK, ...AWS_KEYS } },
  'foundry/token': { shell: { ...FOUNDRY, ANTHROPIC_FOUNDRY_AUTH_TOKEN: 't' } },
  'foundry/auth-token-beside': { version: '2.1.196', shell: { ...FOUNDRY, ...FOUNDRY_KEY, ...TOKEN } },
  'foundry/helper-beside': { version: '2.1.196', shell: { ...FOUNDRY, ...FOUNDRY_KEY }, helper },
  'foundry/auth-token-unsigned': { shell: { ...foundryUnsigned, ...TOKEN } },
  'foundry/helper-unsigned': { shell: foundryUnsigned, helper },
  'foundry/custom-header-unsigned': { shell: { ...foundryUnsigned, ...CUSTOM_AUTHORIZATION } },
  'foundry/key': { shell: { ...FOUNDRY, ...FOUNDRY_KEY } },
  'foundry/chain': {
    shell: { ...FOUNDRY, AZURE_CLIENT_ID: 'i', AZURE_TENANT_ID: 't', AZURE_CLIENT_SECRET: 's' },
  },
  'anthropic-aws/auth-token-unsigned': { shell: { ...platformUnsigned, ...TOKEN } },
  'anthropic-aws/helper-unsigned': { shell: platformUnsigned, helper },
  'anthropic-aws/custom-header-unsigned': { shell: { ...platformUnsigned, ...CUSTOM_AUTHORIZATION } },
  'anthropic-aws/auth-token-as-key': { shell: { ...platformUnsigned, ...TOKEN } },
  'anthropic-aws/helper-as-key': { shell: platformUnsigned, helper },
  'anthropic-aws/key': { shell: { ...PLATFORM, ...PLATFORM_KEY } },
  'anthropic-aws/signature': { shell: { ...PLATFORM, ...AWS_KEYS } },
  'vertex/respelled-custom-header': { shell: { ...vertexUnsigned, ...RESPELLED, ...TOKEN } },
  'vertex/auth-token': { shell: { ...vertexUnsigned, ...TOKEN } },
  'vertex/helper': { shell: vertexUnsigned, helper },
  'vertex/custom-header': { shell: { ...vertexUnsigned, ...CUSTOM_AUTHORIZATION } },
  'vertex/key': { shell: { ...vertexUnsigned, ...KEY } },
  'google/chain': {
    shell: VERTEX,
    files: { '~/.config/gcloud/application_default_credentials.json': { type: 'authorized_user' } },
  },
};

describe('Each row', () => {
  test('has an id of its own, and so has each gate.', () => {
    const ids = [...RULES, ...GATES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))(
    'says what it does, and how that is known: %s',
    (_, rule) => {
      expect(rule.evidence).not.toBe('');
      expect(rule.says).toMatch(/^[A-Z].*\.$/);
      expect(rule.providers.length).toBeGreaterThan(0);
      expect(new Set(rule.providers).size).toBe(rule.providers.length);
      for (const change of [rule.since, rule.until])
        if (change !== undefined) expect(CHANGE_IDS).toContain(change);
      const known: readonly string[] = [...CANDIDATE_IDS, ...Object.keys(CIRCUMSTANCES)];
      const conditions: readonly Condition[] = [...(rule.when ?? []), ...(rule.unless ?? [])];
      for (const condition of conditions) expect(known).toContain(condition);
      expect(conditions).not.toContain(rule.sends);
      expect(rule.unless?.some((condition) => rule.when?.includes(condition) === true) ?? false).toBe(false);
      for (const source of rule.displaces ?? []) expect(SOURCE_IDS).toContain(source);
    },
  );

  test.each(GATES.map((gate) => [gate.id, gate] as const))('so does each gate: %s', (_, gate) => {
    expect(gate.evidence).not.toBe('');
    expect(gate.says).toMatch(/^[A-Z.].*\.$/);
  });

  test('can be reached: there is a world for each.', () => {
    expect(RULES.map(({ id }) => id).filter((id) => !(id in WORLDS))).toEqual([]);
    expect(Object.keys(WORLDS)).toHaveLength(RULES.length);
  });

  test.each(Object.entries(WORLDS))('fires in its world: %s', async (id, given) => {
    const { verdict } = await inspectGiven(given);
    expect(verdict.outcome).toBe('sends');
    expect([verdict.authorization?.rule, verdict.xApiKey?.rule]).toContain(id);
  });

  test.each(RULES.filter(({ broken }) => broken === true).map(({ id }) => id))(
    'that is broken sends nothing: %s',
    async (id) => {
      const { verdict } = await inspectGiven(WORLDS[id] ?? {});
      const slot = [verdict.authorization, verdict.xApiKey].find((one) => one?.rule === id);
      expect(slot?.broken).toBe(true);
    },
  );
});

test('Every change is used: by a row, or by code that asks about the version.', () => {
  const byRules = new Set(RULES.flatMap(({ since, until }) => [since, until]));
  const unused = CHANGE_IDS.filter((id) => !byRules.has(id) && !IN_CODE.includes(id));
  expect(unused).toEqual([]);
});

/** What the code around the table asks about; each is covered by a probe in versions.test.ts. */
const IN_CODE: readonly ChangeId[] = [
  'allowed-providers',
  'aws-platform-and-mantle',
  'bare',
  'blank-value-absent',
  'empty-token-absent',
  'failed-helper-output-dropped',
  'foundry-unsigned',
  'gateway',
  'host-managed-stores',
  'host-managed-variables',
  'login-in-address',
  'login-policy',
  'managed-drop-ins',
  'managed-must-parse',
  'policy-helper',
  'project-oauth-ignored',
  'project-oauth-used',
  'required-version',
  'restricted',
  'root-local-file',
  'sandbox-must-load',
  'settings-forms',
  'settings-members',
  'simple-not-from-project',
  'unusable-helper-sent-empty',
];

describe('Every candidate', () => {
  const used = (pick: (rule: Rule) => readonly string[]): ReadonlySet<string> => new Set(RULES.flatMap(pick));

  test('is sent by some row.', () => {
    const sent = used(({ sends }) => [sends]);
    expect(CANDIDATE_IDS.filter((id) => !sent.has(id))).toEqual([]);
  });

  test('and every circumstance is asked about.', () => {
    const asked = used(({ when = [], unless = [] }) => [...when, ...unless]);
    expect(Object.keys(CIRCUMSTANCES).filter((id) => !asked.has(id))).toEqual([]);
  });

  test('belongs to a source.', () => {
    for (const id of CANDIDATE_IDS) expect(SOURCE_IDS).toContain(CANDIDATES[id]);
  });
});

describe('A source that takes a header from one above it', () => {
  /** For each pair what is there before, and what is added. */
  const EXAMPLES: Readonly<Record<string, readonly [before: Given, added: Given]>> = {
    'auth-token > custom-headers': [{ shell: CUSTOM_AUTHORIZATION }, { user: TOKEN }],
    'auth-token > cloud-provider': [{ shell: { ...mantleUnsigned, ...BEARER } }, { user: TOKEN }],
    'api-key-helper > custom-headers': [{ shell: CUSTOM_AUTHORIZATION }, { helper }],
    'api-key-helper > cloud-provider': [{ shell: { ...mantleUnsigned, ...BEARER } }, { helper }],
    'profile > custom-headers': [{ shell: CUSTOM_AUTHORIZATION }, { profile: 'active' }],
    'federation > custom-headers': [{ shell: CUSTOM_AUTHORIZATION }, { user: FEDERATION }],
    'federation > profile': [{ profile: 'federated' }, { user: FEDERATION }],
    'custom-headers > cloud-provider': [{ shell: { ...FOUNDRY, ...FOUNDRY_KEY } }, { user: CUSTOM_KEY }],
    'console-key > profile': [{ profile: 'named' }, { consoleKey: true }],
    'console-key > federation': [{ shell: FEDERATION }, { consoleKey: true }],
  };
  const named = displacements(RULES).map(({ lower, higher }) => `${lower} > ${higher}`);

  test('is named by a row, and each pair has its example.', () => {
    expect([...named].sort()).toEqual(Object.keys(EXAMPLES).sort());
  });

  test.each(Object.entries(EXAMPLES))('really does: %s', async (pair, [before, added]) => {
    const higher = pair.split(' > ')[1];
    const old = (await inspectGiven(before)).verdict;
    const { verdict } = await inspectGiven({ ...before, ...added });
    const slot = (['authorization', 'xApiKey'] as const).find((name) => old[name]?.source === higher);
    expect(slot).toBeDefined();
    expect(slot && verdict[slot]?.source).not.toBe(higher);
  });
});

test('Every gate stops some world.', async () => {
  const broken = { '/etc/claude-code/managed-settings.json': '{' };
  const forced = { '/etc/claude-code/managed-settings.json': '{"forceLoginMethod":"claudeai"}' };
  const gateway = { '/etc/claude-code/managed-settings.json': '{"forceLoginMethod":"gateway"}' };
  const managed = (settings: object): Record<string, string> => ({
    '/etc/claude-code/managed-settings.json': JSON.stringify(settings),
  });
  const denied = { kind: 'file', content: '', denied: true } as const;
  const worlds: readonly (readonly [Given, Parameters<typeof inspectGiven>[1]?])[] = [
    [{ version: '2.1.73', mode: 'bare' }],
    [{ files: { '~/.claude.json': '{' } }],
    [{}, { entries: broken }],
    [{ args: ['--settings', 'gone.json'] }],
    [{ args: ['--settings', '{"sandbox":"x"}'] }],
    [{ version: '2.1.196', shell: { ANTHROPIC_API_KEY: ' ' } }],
    [{ shell: { CLAUDE_CODE_USE_VERTEX: '1', CLAUDE_CODE_SKIP_VERTEX_AUTH: '1' } }],
    [
      {
        shell: {
          CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: '1',
          CLAUDE_CODE_SKIP_ANTHROPIC_GOOGLE_CLOUD_AUTH: '1',
        },
      },
    ],
    [{}, { entries: { '~/.claude.json': denied } }],
    [{ mode: 'interactive', trusted: false }],
    [{ shell: KEY }, { entries: forced }],
    [{ login: true }, { entries: gateway }],
    [{ login: true }, { entries: managed({ forceLoginOrgUUID: 'org-1' }) }],
    [{ login: true }, { entries: managed({ forceLoginOrgUUID: [] }) }],
    [{ shell: KEY }, { entries: managed({ policyHelper: { path: '/gone' } }) }],
    [
      { shell: KEY },
      {
        entries: {
          ...managed({ policyHelper: { path: '/opt/policies' } }),
          '/opt/policies': { kind: 'file', content: '', mode: 0o755 },
        },
      },
    ],
    [{}, { entries: managed({ requiredMinimumVersion: '99.0.0' }) }],
    [{}, { entries: managed({ requiredMaximumVersion: '2.0.0' }) }],
    [{ login: true }, { entries: managed({ allowedProviders: ['bedrock'] }) }],
    [{ shell: { ...KEY, ANTHROPIC_CUSTOM_HEADERS: 'a b: v' } }],
    [{ shell: { ...KEY, ANTHROPIC_BASE_URL: 'nonsense' } }],
    [{ shell: { ANTHROPIC_API_KEY: 'a\nb' } }],
    [{ mode: 'interactive', shell: KEY }],
    [{ version: '2.1.196', helper: "printf 'a\\nb'" }],
    [{ version: '2.1.196', shell: foundryUnsigned }],
    [{ shell: { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', ...PLATFORM_KEY } }],
    [{ shell: { ...FEDERATION, ANTHROPIC_IDENTITY_TOKEN: '' } }],
    [{ profile: 'ended' }],
    [{ profile: 'active' }, { entries: { '~/.config/anthropic/credentials/default.json': '{}' } }],
    [{ login: { scopes: 5 } }],
    [{ shell: KEY }, { entries: { '~/.claude/.credentials.json': { kind: 'fifo' } } }],
    [{}, { entries: { '~/.claude/.credentials.json': denied } }],
    [{ shell: BEDROCK }],
    [{}],
  ];
  const stopped = await Promise.all(
    worlds.map(async ([given, options]) => (await inspectGiven(given, options)).verdict.gate),
  );
  const { facts, context } = await inspectGiven({});
  const container = decide({ ...facts, place: { ...facts.place, surface: 'container' } }, context).gate;
  expect(new Set([...stopped, container])).toEqual(new Set(GATES.map(({ id }) => id)));
});
