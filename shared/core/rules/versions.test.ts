import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CUSTOM_AUTHORIZATION,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  said,
  saidWhere,
  TOKEN,
  type Given,
} from '../../testing/given.ts';
import {
  CHANGE_IDS,
  CHANGES,
  compareVersions,
  coverageOf,
  eraOf,
  NEWEST_RECORDED,
  OLDEST_RECORDED,
  RECORDED,
  undecidedSpan,
  versionNumbers,
  type Change,
} from './versions.ts';

const changes: readonly (readonly [string, Change])[] = CHANGE_IDS.map((id) => [id, CHANGES[id]]);
const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(400)).map((numbers) => numbers.join('.'));

describe('Comparing versions', () => {
  test.each([
    ['2.1.9', '2.1.10', -1],
    ['2.1.328', '2.1.328', 0],
    ['2.2.0', '2.1.999', 1],
    ['10.0.0', '9.9.9', 1],
    ['2.1.0-beta.1', '2.1.0', 0],
    ['2.1', '2.1.0', null],
    ['v2.1.0', '2.1.0', null],
    ['', '2.1.0', null],
    ['2.1.0\n', '2.1.0', null],
    ['2.1.9999999999', '2.1.0', null],
  ])('%j and %j: %j', (one, other, order) => {
    const compared = compareVersions(one, other);
    expect(compared === null ? null : Math.sign(compared)).toBe(order);
  });

  test('It is an order.', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const sign = (one: string, other: string): number =>
          Math.sign(compareVersions(one, other) ?? Number.NaN);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('Whatever is not a version has no numbers.', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const numbers = versionNumbers(text);
        expect(numbers === null || numbers.length === 3).toBe(true);
      }),
    );
  });
});

describe('The changes', () => {
  test('The recordings are in order.', () => {
    const sorted = [...RECORDED].sort((one, other) => compareVersions(one, other) ?? 0);
    expect([...RECORDED]).toEqual(sorted);
    expect([RECORDED[0], RECORDED.at(-1)]).toEqual([OLDEST_RECORDED, NEWEST_RECORDED]);
  });

  test.each(changes)('%s lies between two recordings.', (_, { after, by, documented, says }) => {
    const recorded: readonly string[] = RECORDED;
    expect(recorded).toContain(after);
    expect(recorded).toContain(by);
    expect(compareVersions(after, by)).toBeLessThan(0);
    if (documented !== undefined) {
      expect(compareVersions(after, documented)).toBeLessThan(0);
      expect(compareVersions(documented, by)).toBeLessThanOrEqual(0);
    }
    expect(says).toMatch(/^[A-Z].*\.$/);
  });

  test('What has happened stays so, and the newer side is never behind the older one.', () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        const [early, late] = (compareVersions(one, other) ?? 0) <= 0 ? [one, other] : [other, one];
        for (const id of CHANGE_IDS) {
          for (const side of ['older', 'newer'] as const)
            if (eraOf(early, side)[id]) expect(eraOf(late, side)[id]).toBe(true);
          if (eraOf(early, 'older')[id]) expect(eraOf(early, 'newer')[id]).toBe(true);
        }
      }),
    );
  });

  test.each(changes)(
    '%s has not happened at its older recording, and has at its newer one.',
    (id, { after, by }) => {
      const key = id as (typeof CHANGE_IDS)[number];
      expect([eraOf(after, 'newer')[key], eraOf(by, 'older')[key]]).toEqual([false, true]);
    },
  );

  test('A documented border is the border, whichever side is assumed.', () => {
    expect(eraOf('2.1.210', 'newer')['root-local-file']).toBe(false);
    expect(eraOf('2.1.211', 'older')['root-local-file']).toBe(true);
    expect(eraOf('2.1.226', 'newer')['unusable-helper-sent-empty']).toBe(false);
    expect(eraOf('2.1.227', 'older')['unusable-helper-sent-empty']).toBe(true);
    expect(eraOf('2.1.202', 'newer')['foundry-token']).toBe(false);
    expect(eraOf('2.1.203', 'older')['foundry-token']).toBe(true);
  });
});

test.each([
  ['2.1.72', { kind: 'older' }],
  ['2.1.73', { kind: 'recorded' }],
  ['2.1.74', { kind: 'between', older: '2.1.73', newer: '2.1.104' }],
  ['2.1.300', { kind: 'between', older: '2.1.281', newer: '2.1.308' }],
  ['2.1.328', { kind: 'recorded' }],
  ['2.1.329', { kind: 'newer' }],
  ['3.0.0', { kind: 'newer' }],
  ['latest', { kind: 'not-a-version' }],
])('The rules reach %s so far: %j', (text, coverage) => {
  expect(coverageOf(text)).toEqual(coverage);
});

test.each([
  ['2.1.73', null],
  ['2.1.80', { older: '2.1.73', newer: '2.1.104' }],
  ['2.1.120', { older: '2.1.104', newer: '2.1.136' }],
  // Recorded, but not all was asked of it.
  ['2.1.221', { older: '2.1.196', newer: '2.1.328' }],
  ['2.1.260', { older: '2.1.248', newer: '2.1.281' }],
  ['2.1.328', null],
  ['2.1.400', null],
  ['2.1.1', null],
])('Of %s it is not certain what changed between: %j', (text, span) => {
  expect(undecidedSpan(text)).toEqual(span);
});

type Answers = readonly (readonly [version: string, answer: string])[];
const SUB_FOLDER: Given = { cwd: '$PROJ/sub', local: KEY, login: true, files: { '$PROJ/.git/HEAD': '' } };
const MANTLE = { CLAUDE_CODE_USE_MANTLE: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' };
const FOUNDRY = { CLAUDE_CODE_USE_FOUNDRY: '1', ANTHROPIC_FOUNDRY_API_KEY: 'f' };
const EMPTY = 'api-key-helper (empty) / api-key-helper (empty)';
const BOTH = 'api-key-helper / api-key-helper';
const BEDROCK_KEYS = {
  CLAUDE_CODE_USE_BEDROCK: '1',
  AWS_ACCESS_KEY_ID: 'AKIAMADEUP',
  AWS_SECRET_ACCESS_KEY: 's',
};
const login = true;

/** The answers of the probes that were repeated on many versions. */
describe('What changed', () => {
  const probes: readonly (readonly [string, Given, Answers])[] = [
    [
      'an OAuth token in project settings',
      { project: OAUTH },
      [
        ['2.1.73', 'refuses not-logged-in'],
        ['2.1.104', 'oauth-token@project / -'],
        ['2.1.196', 'oauth-token@project / -'],
        ['2.1.308', 'oauth-token@project / -'],
        ['2.1.328', 'refuses not-logged-in'],
      ],
    ],
    [
      'the same beside a login and a Console key',
      { project: OAUTH, login, consoleKey: true },
      [
        ['2.1.73', 'claude-login@credentials-file / -'],
        ['2.1.196', 'oauth-token@project / -'],
        ['2.1.328', 'claude-login@credentials-file / -'],
      ],
    ],
    [
      'the same over one in the shell',
      { project: OAUTH, shell: OAUTH },
      [
        ['2.1.73', 'oauth-token@process / -'],
        ['2.1.196', 'oauth-token@project / -'],
        ['2.1.328', 'oauth-token@process / -'],
      ],
    ],
    [
      'the same, empty, over one in the shell',
      { project: { CLAUDE_CODE_OAUTH_TOKEN: '' }, shell: OAUTH },
      [
        ['2.1.73', 'oauth-token@process / -'],
        ['2.1.196', 'refuses not-logged-in'],
        ['2.1.328', 'oauth-token@process / -'],
      ],
    ],
    [
      'the same below managed settings',
      { project: OAUTH, managed: OAUTH },
      [
        ['2.1.196', 'oauth-token@managed / -'],
        ['2.1.328', 'oauth-token@managed / -'],
      ],
    ],
    [
      'an OAuth token in the root’s local settings, from a sub-folder',
      { cwd: '$PROJ/sub', local: OAUTH, files: { '$PROJ/.git/HEAD': '' } },
      [
        ['2.1.196', 'refuses not-logged-in'],
        ['2.1.221', 'oauth-token@local / -'],
      ],
    ],
    [
      'the root’s local settings, from a sub-folder',
      SUB_FOLDER,
      [
        ['2.1.73', 'claude-login@credentials-file / -'],
        ['2.1.210', 'claude-login@credentials-file / -'],
        ['2.1.211', '- / api-key@local'],
        ['2.1.328', '- / api-key@local'],
      ],
    ],
    [
      'the root’s helper, from a sub-folder',
      { cwd: '$PROJ/sub', helper: { local: HELPER }, login, files: { '$PROJ/.git/HEAD': '' } },
      [
        ['2.1.210', 'claude-login@credentials-file / -'],
        ['2.1.211', 'api-key-helper@local / api-key-helper@local'],
      ],
    ],
    [
      'a helper that prints several lines',
      { helper: "printf 'a\\nb'" },
      [
        ['2.1.73', 'refuses helper-unusable'],
        ['2.1.226', 'refuses helper-unusable'],
        ['2.1.227', EMPTY],
      ],
    ],
    [
      'a helper that fails, with output',
      { helper: 'echo a; exit 1' },
      [
        ['2.1.73', BOTH],
        ['2.1.104', EMPTY],
      ],
    ],
    [
      'a helper that fails, without output',
      { helper: 'exit 1' },
      [
        ['2.1.73', EMPTY],
        ['2.1.104', EMPTY],
      ],
    ],
    [
      'a helper that prints two words',
      { helper: 'echo a b' },
      [
        ['2.1.221', BOTH],
        ['2.1.227', EMPTY],
      ],
    ],
    [
      'an empty token',
      { shell: { ANTHROPIC_AUTH_TOKEN: '' } },
      [
        ['2.1.73', 'auth-token (empty) / -'],
        ['2.1.104', 'auth-token (empty) / -'],
        ['2.1.136', 'refuses not-logged-in'],
      ],
    ],
    [
      'an empty token beside a login',
      { shell: { ANTHROPIC_AUTH_TOKEN: '' }, login },
      [
        ['2.1.73', 'claude-login / -'],
        ['2.1.136', 'claude-login / -'],
      ],
    ],
    [
      'an empty token beside a key',
      { shell: { ANTHROPIC_AUTH_TOKEN: '', ...KEY } },
      [
        ['2.1.73', 'auth-token (empty) / api-key'],
        ['2.1.104', '- / api-key'],
      ],
    ],
    [
      'a token of white space',
      { shell: { ANTHROPIC_AUTH_TOKEN: '  ' } },
      [
        ['2.1.73', 'auth-token (empty) / -'],
        ['2.1.196', 'auth-token (empty) / -'],
        ['2.1.328', 'refuses not-logged-in'],
      ],
    ],
    [
      'a named profile',
      { profile: 'named', login },
      [
        ['2.1.104', 'claude-login / -'],
        ['2.1.136', 'profile / -'],
      ],
    ],
    [
      'a named profile beside a login and a Console key',
      { profile: 'named', login, consoleKey: true },
      [
        ['2.1.104', 'claude-login / -'],
        ['2.1.136', '- / console-key'],
      ],
    ],
    [
      'federation beside a login',
      { shell: FEDERATION, login },
      [
        ['2.1.104', 'claude-login / -'],
        ['2.1.136', 'federation / -'],
      ],
    ],
    [
      'an active profile',
      { profile: 'active' },
      [
        ['2.1.104', 'refuses not-logged-in'],
        ['2.1.136', 'profile / -'],
      ],
    ],
    [
      'a bare run',
      { mode: 'bare', shell: KEY },
      [
        ['2.1.73', 'refuses unsupported'],
        ['2.1.104', '- / api-key'],
      ],
    ],
    [
      'Mantle',
      { shell: { ...MANTLE, ...KEY } },
      [
        ['2.1.73', '- / api-key'],
        ['2.1.104', '- / cloud-provider'],
        ['2.1.136', 'cloud-provider / -'],
      ],
    ],
    [
      'the platform on AWS',
      {
        shell: {
          CLAUDE_CODE_USE_ANTHROPIC_AWS: '1',
          ANTHROPIC_AWS_WORKSPACE_ID: 'w',
          ANTHROPIC_AWS_API_KEY: 'a',
          ...KEY,
        },
      },
      [
        ['2.1.73', '- / api-key'],
        ['2.1.104', '- / cloud-provider'],
      ],
    ],
    [
      // Not measured; taken over from the other platform.
      'the platform on Google Cloud',
      { shell: { CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: '1', ...KEY } },
      [
        ['2.1.73', '- / api-key'],
        ['2.1.104', 'unknown cloud-chain'],
      ],
    ],
    [
      'Bedrock beside a key',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b', ...KEY } },
      [
        ['2.1.196', 'cloud-provider / api-key'],
        ['2.1.210', 'cloud-provider / -'],
      ],
    ],
    [
      'Bedrock and a custom Authorization header',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b', ...CUSTOM_AUTHORIZATION } },
      [
        ['2.1.73', 'cloud-provider / -'],
        ['2.1.328', 'cloud-provider / -'],
      ],
    ],
    [
      'AWS keys beside a token, a helper and a custom Authorization header',
      { shell: { ...BEDROCK_KEYS, ...TOKEN, ...CUSTOM_AUTHORIZATION }, helper: HELPER },
      [
        ['2.1.73', 'auth-token / -'],
        ['2.1.196', 'cloud-provider / -'],
      ],
    ],
    [
      'AWS keys beside a custom Authorization header',
      { shell: { ...BEDROCK_KEYS, ...CUSTOM_AUTHORIZATION } },
      [
        ['2.1.73', 'custom-headers / -'],
        ['2.1.196', 'cloud-provider / -'],
      ],
    ],
    [
      'AWS keys beside a helper',
      { shell: BEDROCK_KEYS, helper: HELPER },
      [
        ['2.1.73', 'api-key-helper / -'],
        ['2.1.196', 'cloud-provider / -'],
      ],
    ],
    [
      'a key beside a login in the base URL',
      { shell: { ...KEY, ANTHROPIC_BASE_URL: 'https://u:pw@host.example' } },
      [
        ['2.1.73', 'refuses config-broken'],
        ['2.1.196', '- / api-key'],
        ['2.1.328', 'base-url-login / api-key'],
      ],
    ],
    [
      'a key of white space',
      { shell: { ANTHROPIC_API_KEY: ' ' }, login },
      [
        ['2.1.73', 'refuses not-logged-in'],
        ['2.1.196', 'refuses not-logged-in'],
        ['2.1.328', 'claude-login / -'],
      ],
    ],
    [
      'a key of white space beside a token',
      { shell: { ANTHROPIC_API_KEY: ' ', ...TOKEN } },
      [
        ['2.1.196', 'auth-token / api-key (empty)'],
        ['2.1.328', 'auth-token / -'],
      ],
    ],
    [
      'an OAuth token of white space beside a login',
      { shell: { CLAUDE_CODE_OAUTH_TOKEN: ' ' }, login },
      [
        ['2.1.196', 'oauth-token (empty) / -'],
        ['2.1.328', 'claude-login / -'],
      ],
    ],
    [
      'CLAUDE_CODE_SIMPLE in local settings',
      { local: { CLAUDE_CODE_SIMPLE: '1' }, login },
      [
        ['2.1.73', 'claude-login / -'],
        ['2.1.196', 'refuses not-logged-in'],
        ['2.1.328', 'claude-login / -'],
      ],
    ],
    [
      'CLAUDE_CODE_SIMPLE in the shell, switched off in local settings',
      { shell: { CLAUDE_CODE_SIMPLE: '1' }, local: { CLAUDE_CODE_SIMPLE: '0' }, login },
      [
        ['2.1.73', 'claude-login / -'],
        ['2.1.196', 'claude-login / -'],
        ['2.1.328', 'refuses not-logged-in'],
      ],
    ],
    [
      'a wrong member that came later',
      { files: { '~/.claude/settings.json': { env: KEY, verbose: 'x' } } },
      [
        ['2.1.73', '- / api-key'],
        ['2.1.196', 'refuses not-logged-in'],
      ],
    ],
    [
      'a wrong sandbox in --settings',
      { shell: KEY, args: ['--settings', '{"sandbox":"x"}'] },
      [
        ['2.1.196', '- / api-key'],
        ['2.1.328', 'refuses config-broken'],
      ],
    ],
    [
      'Foundry beside a token',
      { shell: { ...FOUNDRY, ...TOKEN } },
      [
        ['2.1.73', 'auth-token / cloud-provider'],
        ['2.1.248', 'auth-token / cloud-provider'],
        ['2.1.281', '- / cloud-provider'],
      ],
    ],
    [
      'Foundry beside a helper',
      { shell: FOUNDRY, helper: HELPER },
      [
        ['2.1.248', 'api-key-helper / cloud-provider'],
        ['2.1.281', '- / cloud-provider'],
      ],
    ],
    [
      'Foundry beside a token and a helper',
      { shell: { ...FOUNDRY, ...TOKEN }, helper: HELPER },
      [
        ['2.1.196', 'auth-token / cloud-provider'],
        ['2.1.281', '- / cloud-provider'],
      ],
    ],
    [
      // Not measured in between; nothing of Claude’s goes before a provider’s own.
      'Foundry’s own token beside a token',
      { shell: { ...FOUNDRY, ...TOKEN, ANTHROPIC_FOUNDRY_AUTH_TOKEN: 't' } },
      [
        ['2.1.196', 'auth-token / cloud-provider'],
        ['2.1.221', 'cloud-provider / -'],
        ['2.1.281', 'cloud-provider / -'],
      ],
    ],
    [
      'Foundry’s own token',
      { shell: { ...FOUNDRY, ANTHROPIC_FOUNDRY_AUTH_TOKEN: 't' } },
      [
        ['2.1.202', '- / cloud-provider'],
        ['2.1.203', 'cloud-provider / -'],
      ],
    ],
    [
      'Foundry with Azure’s authentication off',
      { shell: { CLAUDE_CODE_USE_FOUNDRY: '1', CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1', ...TOKEN } },
      [
        ['2.1.73', 'refuses unsupported'],
        ['2.1.196', 'refuses unsupported'],
        ['2.1.328', 'auth-token / -'],
      ],
    ],
    [
      'the same with Foundry’s own key',
      { shell: { ...FOUNDRY, CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' } },
      [
        ['2.1.196', '- / cloud-provider'],
        ['2.1.328', '- / cloud-provider'],
      ],
    ],
    [
      'the same with Foundry’s own token',
      {
        shell: {
          CLAUDE_CODE_USE_FOUNDRY: '1',
          CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1',
          ANTHROPIC_FOUNDRY_AUTH_TOKEN: 't',
        },
      },
      [
        ['2.1.202', 'refuses unsupported'],
        ['2.1.210', 'cloud-provider / -'],
      ],
    ],
    [
      'Foundry with a token of Azure’s chain',
      {
        shell: {
          CLAUDE_CODE_USE_FOUNDRY: '1',
          AZURE_CLIENT_ID: 'i',
          AZURE_TENANT_ID: 't',
          AZURE_CLIENT_SECRET: 's',
        },
      },
      [
        ['2.1.73', 'cloud-provider / -'],
        ['2.1.328', 'cloud-provider / -'],
      ],
    ],
    [
      'the gateway switch',
      { shell: { CLAUDE_CODE_USE_GATEWAY: '1', ANTHROPIC_BASE_URL: 'https://g.example', ...TOKEN, ...KEY } },
      [
        ['2.1.163', 'auth-token / api-key'],
        ['2.1.196', 'auth-token / -'],
      ],
    ],
  ];

  describe.each(probes)('%s', (_, given, answers) => {
    test.each(answers)('%s: %s', async (at, answer) => {
      const { verdict } = await inspectGiven({ ...given, version: at });
      expect(answer.includes('@') ? saidWhere(verdict) : said(verdict)).toBe(answer);
    });
  });

  test('A broken managed file stops Claude Code, but not the oldest.', async () => {
    const entries = { '/etc/claude-code/managed-settings.json': '{' };
    const answer = async (at: string): Promise<string> =>
      said((await inspectGiven({ version: at, login }, { entries })).verdict);
    expect(await answer('2.1.73')).toBe('claude-login / -');
    expect(await answer('2.1.196')).toBe('refuses config-broken');
  });
});

test.each<[string, Given, string]>([
  ['token + key', { shell: { ...TOKEN, ...KEY } }, 'auth-token / api-key'],
  ['key + helper', { shell: KEY, helper: HELPER }, 'api-key-helper / api-key'],
  ['token + Console key', { shell: TOKEN, consoleKey: true }, 'auth-token / console-key'],
  ['login + Console key', { login, consoleKey: true }, 'claude-login / -'],
  [
    '.claude.json over the shell',
    { claudeJson: { ANTHROPIC_API_KEY: '' }, shell: KEY, login },
    'claude-login / -',
  ],
  [
    'Vertex + key',
    {
      shell: {
        CLAUDE_CODE_USE_VERTEX: '1',
        CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
        ANTHROPIC_VERTEX_PROJECT_ID: 'p',
        ...KEY,
      },
    },
    '- / api-key',
  ],
  ['null', { user: { ANTHROPIC_AUTH_TOKEN: null } }, 'auth-token / -'],
])('Unchanged in all recordings: %s.', async (_, given, answer) => {
  const answers = await Promise.all(
    [...RECORDED, '2.1.1', '2.1.999'].map(async (at) =>
      said((await inspectGiven({ ...given, version: at })).verdict),
    ),
  );
  expect(new Set(answers)).toEqual(new Set([answer]));
});

test.each<[string, string, unknown, string]>([
  ['A drop-in', 'managed-settings.d/a.json', { env: KEY }, 'refuses not-logged-in'],
  [
    'A managed file with a wrong member',
    'managed-settings.json',
    { env: KEY, permissions: 'x' },
    'refuses not-logged-in',
  ],
  ['A managed file', 'managed-settings.json', { env: KEY }, '- / api-key'],
])('%s of an administrator in 2.1.73, and since 2.1.196.', async (_, name, content, then) => {
  const entries = { [`/etc/claude-code/${name}`]: JSON.stringify(content) };
  const answer = async (version: string): Promise<string> =>
    said((await inspectGiven({ version }, { entries })).verdict);
  expect(await answer('2.1.73')).toBe(then);
  expect(await answer('2.1.196')).toBe('- / api-key');
});
