import { describe, expect, test } from 'vitest';
import {
  CUSTOM_AUTHORIZATION,
  CUSTOM_BOTH,
  CUSTOM_KEY,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  said,
  saidWhere,
  TOKEN,
  type Given,
} from '../../testing/given.ts';

type Row = readonly [title: string, given: Given, answer: string];

function agrees(rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, given, answer) => {
    expect(said((await inspectGiven(given)).verdict)).toBe(answer);
  });
}

const helper = HELPER;
const EVERYTHING = { ...KEY, ...TOKEN, ...OAUTH };
const STORES = { login: true, consoleKey: true, profile: 'named' } as const;

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1' };
const MANTLE = { CLAUDE_CODE_USE_MANTLE: '1' };
const PLATFORM = { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', ANTHROPIC_AWS_WORKSPACE_ID: 'w' };
const FOUNDRY = { CLAUDE_CODE_USE_FOUNDRY: '1' };
const VERTEX = { CLAUDE_CODE_USE_VERTEX: '1' };
const GOOGLE = { CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD: '1' };
const BEARER = { AWS_BEARER_TOKEN_BEDROCK: 'bedrock-BEARER' };
const AWS_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAMADEUPMADEUP', AWS_SECRET_ACCESS_KEY: 'made-up' };
const PLATFORM_KEY = { ANTHROPIC_AWS_API_KEY: 'platform-KEY' };
const FOUNDRY_KEY = { ANTHROPIC_FOUNDRY_API_KEY: 'foundry-KEY' };
const AZURE_CHAIN = { AZURE_CLIENT_ID: 'i', AZURE_TENANT_ID: 't', AZURE_CLIENT_SECRET: 's' };
const GOOGLE_CHAIN = { '~/.config/gcloud/application_default_credentials.json': { type: 'authorized_user' } };
const FOUNDRY_TOKEN = { ANTHROPIC_FOUNDRY_AUTH_TOKEN: 'foundry-TOKEN' };

describe('A provider’s own credential is sent, and nothing of Claude’s', () => {
  agrees([
    [
      'Bedrock, bearer',
      { shell: { ...BEDROCK, ...BEARER, ...EVERYTHING }, ...STORES, helper },
      'cloud-provider / -',
    ],
    ['Bedrock, signature', { shell: { ...BEDROCK, ...AWS_KEYS, ...EVERYTHING } }, 'cloud-provider / -'],
    ['Mantle, bearer', { shell: { ...MANTLE, ...BEARER, ...EVERYTHING }, ...STORES }, 'cloud-provider / -'],
    ['Mantle, signature', { shell: { ...MANTLE, ...AWS_KEYS } }, 'cloud-provider / -'],
    [
      'the platform on AWS, key',
      { shell: { ...PLATFORM, ...PLATFORM_KEY, ...EVERYTHING } },
      '- / cloud-provider',
    ],
    [
      'the platform on AWS, signature',
      { shell: { ...PLATFORM, ...AWS_KEYS, ...EVERYTHING } },
      'cloud-provider / -',
    ],
    [
      'the platform on AWS, key and signature',
      { shell: { ...PLATFORM, ...PLATFORM_KEY, ...AWS_KEYS } },
      '- / cloud-provider',
    ],
    [
      'the platform on AWS, key without a workspace',
      { shell: { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', ...PLATFORM_KEY, ...EVERYTHING } },
      'refuses unsupported',
    ],
    [
      'the platform on AWS, signature without a workspace',
      { shell: { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', ...AWS_KEYS } },
      'refuses unsupported',
    ],
    [
      'the platform on AWS, signing off without a workspace',
      { shell: { CLAUDE_CODE_USE_ANTHROPIC_AWS: '1', CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: '1', ...TOKEN } },
      'refuses unsupported',
    ],
    [
      'Vertex, signing off without a project',
      { shell: { ...VERTEX, CLAUDE_CODE_SKIP_VERTEX_AUTH: '1', ...TOKEN } },
      'refuses unsupported',
    ],
    ['Bedrock’s bearer is not the platform’s', { shell: { ...PLATFORM, ...BEARER } }, 'unknown cloud-chain'],
    ['Foundry, key', { shell: { ...FOUNDRY, ...FOUNDRY_KEY, ...EVERYTHING }, helper }, '- / cloud-provider'],
    ['Foundry, token', { shell: { ...FOUNDRY, ...FOUNDRY_TOKEN, ...EVERYTHING } }, 'cloud-provider / -'],
    [
      'Foundry, token and key',
      { shell: { ...FOUNDRY, ...FOUNDRY_TOKEN, ...FOUNDRY_KEY } },
      'cloud-provider / -',
    ],
    [
      'Foundry, blank token and key',
      { shell: { ...FOUNDRY, ...FOUNDRY_KEY, ANTHROPIC_FOUNDRY_AUTH_TOKEN: ' ' } },
      '- / cloud-provider',
    ],
    [
      'Foundry, Azure’s chain',
      {
        shell: {
          ...FOUNDRY,
          AZURE_CLIENT_ID: 'i',
          AZURE_TENANT_ID: 't',
          AZURE_CLIENT_SECRET: 's',
          ...EVERYTHING,
        },
      },
      'cloud-provider / -',
    ],
    [
      'Vertex, Google’s chain',
      {
        shell: { ...VERTEX, ...EVERYTHING },
        files: { '~/.config/gcloud/application_default_credentials.json': { type: 'authorized_user' } },
      },
      'cloud-provider / -',
    ],
    [
      'Google Cloud, Google’s chain',
      {
        shell: { ...GOOGLE, ...EVERYTHING },
        files: { '~/.config/gcloud/application_default_credentials.json': { type: 'authorized_user' } },
      },
      'cloud-provider / -',
    ],
    [
      'Foundry, key and Azure’s chain',
      { shell: { ...FOUNDRY, ...FOUNDRY_KEY, ...AZURE_CHAIN } },
      '- / cloud-provider',
    ],
    ['Bedrock, bearer and AWS keys', { shell: { ...BEDROCK, ...BEARER, ...AWS_KEYS } }, 'cloud-provider / -'],
    [
      'Mantle of old, bearer and AWS keys',
      { version: '2.1.104', shell: { ...MANTLE, ...BEARER, ...AWS_KEYS } },
      '- / cloud-provider',
    ],
  ]);
});

describe('A command that gives AWS credentials', () => {
  const command = { awsCredentialExport: 'echo made-up' };
  const user = { '~/.claude/settings.json': command };
  test.each<[string, Given, string]>([
    ['signs', { shell: BEDROCK, files: user }, 'cloud-provider@user / -'],
    ['signs for Mantle', { shell: MANTLE, files: user }, 'cloud-provider@user / -'],
    ['signs for the platform', { shell: PLATFORM, files: user }, 'cloud-provider@user / -'],
    ['signs in a bare run', { mode: 'bare', shell: BEDROCK, files: user }, 'cloud-provider@user / -'],
    [
      'comes before keys of the environment',
      { shell: { ...BEDROCK, ...AWS_KEYS }, files: user },
      'cloud-provider@user / -',
    ],
    [
      'is taken from the folder too',
      { shell: BEDROCK, files: { '$PROJ/.claude/settings.json': command } },
      'cloud-provider@project / -',
    ],
    ['is none without a provider', { files: user }, 'refuses not-logged-in'],
    [
      'is none when it is empty',
      { shell: BEDROCK, files: { '~/.claude/settings.json': { awsCredentialExport: '' } } },
      'unknown cloud-chain',
    ],
    [
      'stands below Bedrock’s own key',
      { shell: { ...BEDROCK, ...BEARER }, files: user },
      'cloud-provider@process / -',
    ],
  ])('%s', async (_, given, answer) => {
    expect(saidWhere((await inspectGiven(given)).verdict)).toBe(answer);
  });
});

describe('A provider with nothing behind it is not answered for by a login', () => {
  agrees(
    [BEDROCK, MANTLE, PLATFORM, FOUNDRY, VERTEX, GOOGLE].map((on): Row => [
      Object.keys(on).join(),
      { shell: { ...on, ...EVERYTHING }, ...STORES, helper },
      'unknown cloud-chain',
    ]),
  );
  agrees([['half of a pair', { shell: { ...BEDROCK, AWS_ACCESS_KEY_ID: 'AKIA' } }, 'unknown cloud-chain']]);
});

test.each([
  ['Bedrock', { ...BEDROCK, ...FOUNDRY, ...PLATFORM, ...GOOGLE, ...MANTLE, ...VERTEX }, 'bedrock'],
  ['Foundry', { ...FOUNDRY, ...PLATFORM, ...GOOGLE, ...MANTLE, ...VERTEX }, 'foundry'],
  ['the platform on AWS', { ...PLATFORM, ...GOOGLE, ...MANTLE, ...VERTEX }, 'anthropicAws'],
  ['the platform on Google Cloud', { ...GOOGLE, ...MANTLE, ...VERTEX }, 'anthropicGoogleCloud'],
  ['Mantle', { ...MANTLE, ...VERTEX }, 'mantle'],
  ['Vertex', VERTEX, 'vertex'],
  ['none', {}, 'firstParty'],
])('Of several switches one wins: %s.', async (_, shell, provider) => {
  expect((await inspectGiven({ shell })).verdict.provider).toBe(provider);
});

test.each(['1', 'true', 'YES', ' On\t'])('A switch is on: %j.', async (text) => {
  expect((await inspectGiven({ shell: { CLAUDE_CODE_USE_BEDROCK: text } })).verdict.provider).toBe('bedrock');
});

test.each(['0', '', 'false', 'off', 'y', '2', 'enabled', 'tru'])('A switch is off: %j.', async (text) => {
  expect((await inspectGiven({ shell: { CLAUDE_CODE_USE_BEDROCK: text } })).verdict.provider).toBe(
    'firstParty',
  );
});

test('A switch in a settings file counts, and a higher file can turn it off.', async () => {
  const user = BEDROCK;
  expect((await inspectGiven({ user })).verdict.provider).toBe('bedrock');
  const local = { CLAUDE_CODE_USE_BEDROCK: '0' };
  expect((await inspectGiven({ user, local })).verdict.provider).toBe('firstParty');
});

describe('With the provider’s signing off', () => {
  const bedrock = { ...BEDROCK, CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' };
  const mantle = { ...MANTLE, CLAUDE_CODE_SKIP_MANTLE_AUTH: '1' };
  const platform = { ...PLATFORM, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: '1' };
  const foundry = { ...FOUNDRY, CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' };
  const googleUnset = { ...GOOGLE, CLAUDE_CODE_SKIP_ANTHROPIC_GOOGLE_CLOUD_AUTH: '1' };
  const google = { ...googleUnset, ANTHROPIC_GOOGLE_CLOUD_BASE_URL: 'https://google.example' };
  const googleProject = { ANTHROPIC_GOOGLE_CLOUD_PROJECT: 'p' };
  const googleWorkspace = { ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: 'w' };
  const vertex = { ...VERTEX, CLAUDE_CODE_SKIP_VERTEX_AUTH: '1', ANTHROPIC_VERTEX_PROJECT_ID: 'p' };
  const own = { ...BEARER, ...AWS_KEYS, ...PLATFORM_KEY, ...FOUNDRY_KEY };
  const both = 'auth-token / auth-token';
  const helperTwice = 'api-key-helper / api-key-helper';
  const custom = 'custom-headers / custom-headers';

  /** What is there → the answer of each provider. */
  const table: readonly (readonly [
    string,
    Omit<Given, 'shell'>,
    Record<string, string>,
    readonly string[],
  ])[] = [
    //                                  bedrock mantle platform foundry google vertex
    ['nothing', {}, {}, ['- / -', '- / -', '- / -', '- / -', '- / -', '- / -']],
    ['login and Console key', { login: true, consoleKey: true }, {}, Array<string>(6).fill('- / -')],
    ['key', {}, KEY, ['- / -', '- / -', '- / -', '- / -', '- / -', '- / api-key']],
    [
      'token',
      {},
      TOKEN,
      ['auth-token / -', 'auth-token / -', both, 'auth-token / -', 'auth-token / -', 'auth-token / -'],
    ],
    [
      'token and key',
      {},
      { ...TOKEN, ...KEY },
      [
        'auth-token / api-key',
        'auth-token / -',
        both,
        'auth-token / -',
        'auth-token / -',
        'auth-token / api-key',
      ],
    ],
    [
      'helper',
      { helper },
      {},
      [
        'api-key-helper / -',
        'api-key-helper / -',
        helperTwice,
        'api-key-helper / -',
        'api-key-helper / -',
        'api-key-helper / -',
      ],
    ],
    [
      'helper, interactive',
      { helper, mode: 'interactive' },
      {},
      ['- / -', '- / -', helperTwice, 'api-key-helper / -', '- / -', '- / -'],
    ],
    [
      'token and helper',
      { helper },
      TOKEN,
      ['auth-token / -', 'auth-token / -', both, 'auth-token / -', 'auth-token / -', 'auth-token / -'],
    ],
    ['custom headers', {}, CUSTOM_BOTH, Array<string>(6).fill(custom)],
    [
      'custom headers and token',
      {},
      { ...CUSTOM_BOTH, ...TOKEN },
      Array<string>(6).fill('auth-token / custom-headers'),
    ],
    [
      'its own credentials',
      {},
      own,
      ['cloud-provider / -', 'cloud-provider / -', '- / -', '- / cloud-provider', '- / -', '- / -'],
    ],
    [
      'its own credentials and token',
      {},
      { ...own, ...TOKEN },
      [
        'cloud-provider / -',
        'auth-token / -',
        both,
        '- / cloud-provider',
        'auth-token / -',
        'auth-token / -',
      ],
    ],
  ];
  const providers = { bedrock, mantle, platform, foundry, google, vertex };
  for (const [title, given, shell, answers] of table) {
    agrees(
      Object.entries(providers).map(([name, on], at): Row => [
        `${name}: ${title}`,
        { ...given, shell: { ...shell, ...on } },
        answers[at] ?? '',
      ]),
    );
  }
  agrees([
    ['bedrock: AWS keys alone', { shell: { ...bedrock, ...AWS_KEYS } }, '- / -'],
    ['mantle: AWS keys alone', { shell: { ...mantle, ...AWS_KEYS } }, '- / -'],
    ['platform: AWS keys alone', { shell: { ...platform, ...AWS_KEYS } }, '- / -'],
    ['vertex: Google’s chain', { shell: vertex, files: GOOGLE_CHAIN }, '- / -'],
    ['google: Google’s chain', { shell: google, files: GOOGLE_CHAIN }, '- / -'],
    ['foundry: Azure’s chain', { shell: { ...foundry, ...AZURE_CHAIN } }, '- / -'],
    [
      'foundry: its own key and helper',
      { shell: { ...foundry, ...FOUNDRY_KEY }, helper },
      '- / cloud-provider',
    ],
    ['bedrock: helper and key', { shell: { ...bedrock, ...KEY }, helper }, 'api-key-helper / api-key'],
    [
      'bedrock: bearer, token and key',
      { shell: { ...bedrock, ...BEARER, ...TOKEN, ...KEY } },
      'cloud-provider / api-key',
    ],
    ['foundry: its own token', { shell: { ...foundry, ...FOUNDRY_TOKEN, ...TOKEN } }, 'cloud-provider / -'],
    [
      'foundry: its own key and custom headers',
      { shell: { ...foundry, ...FOUNDRY_KEY, ...CUSTOM_AUTHORIZATION } },
      '- / cloud-provider',
    ],
    ['google cloud: no project', { shell: { ...googleUnset, ...TOKEN } }, 'refuses unsupported'],
    [
      'google cloud: a project alone',
      { shell: { ...googleUnset, ...googleProject, ...TOKEN } },
      'refuses unsupported',
    ],
    [
      'google cloud: a workspace alone',
      { shell: { ...googleUnset, ...googleWorkspace, ...TOKEN } },
      'refuses unsupported',
    ],
    [
      'google cloud: project and workspace',
      { shell: { ...googleUnset, ...googleProject, ...googleWorkspace, ...TOKEN } },
      'auth-token / -',
    ],
    [
      'a text that does not switch',
      { shell: { ...BEDROCK, ...BEARER, CLAUDE_CODE_SKIP_BEDROCK_AUTH: 'abc' } },
      'cloud-provider / -',
    ],
    [
      'another provider’s signing',
      { shell: { ...BEDROCK, ...AWS_KEYS, CLAUDE_CODE_SKIP_VERTEX_AUTH: '1' } },
      'cloud-provider / -',
    ],
    [
      'bedrock: an unanswered key is not asked about',
      { shell: { ...bedrock, ...TOKEN, ...KEY }, mode: 'interactive' },
      'auth-token / api-key',
    ],
    [
      'vertex: a declined key is sent',
      { shell: { ...vertex, ...KEY }, mode: 'interactive', answered: 'rejected' },
      '- / api-key',
    ],
  ]);
});

/** Nobody has watched these; they are taken over from what is alike. */
describe('With the provider’s signing off, not measured', () => {
  const bedrock = { ...BEDROCK, CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' };
  const mantle = { ...MANTLE, CLAUDE_CODE_SKIP_MANTLE_AUTH: '1' };
  const vertex = { ...VERTEX, CLAUDE_CODE_SKIP_VERTEX_AUTH: '1', ANTHROPIC_VERTEX_PROJECT_ID: 'p' };
  const platform = { ...PLATFORM, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: '1' };
  const foundry = { ...FOUNDRY, CLAUDE_CODE_SKIP_FOUNDRY_AUTH: '1' };
  agrees([
    [
      'bedrock: key and helper, interactive',
      { shell: { ...bedrock, ...KEY }, helper, mode: 'interactive' },
      '- / -',
    ],
    [
      'bedrock: helper and custom header',
      { shell: { ...bedrock, ...CUSTOM_AUTHORIZATION }, helper },
      'api-key-helper / -',
    ],
    [
      'vertex: helper and custom header',
      { shell: { ...vertex, ...CUSTOM_AUTHORIZATION }, helper },
      'api-key-helper / -',
    ],
    [
      'foundry: helper and custom header',
      { shell: { ...foundry, ...CUSTOM_AUTHORIZATION }, helper },
      'api-key-helper / -',
    ],
    [
      'platform: helper and custom header',
      { shell: { ...platform, ...CUSTOM_AUTHORIZATION }, helper },
      'api-key-helper / api-key-helper',
    ],
    ['mantle: bearer and helper', { shell: { ...mantle, ...BEARER }, helper }, 'api-key-helper / -'],
    [
      'mantle: bearer and custom header',
      { shell: { ...mantle, ...BEARER, ...CUSTOM_AUTHORIZATION } },
      'cloud-provider / -',
    ],
    [
      'bedrock: bearer and custom header',
      { shell: { ...bedrock, ...BEARER, ...CUSTOM_AUTHORIZATION } },
      'cloud-provider / -',
    ],
  ]);
});

describe('Custom headers with a provider', () => {
  agrees([
    [
      'Bedrock keeps its Authorization',
      { shell: { ...BEDROCK, ...BEARER, ...CUSTOM_BOTH } },
      'cloud-provider / custom-headers',
    ],
    [
      'a signature keeps it',
      { shell: { ...BEDROCK, ...AWS_KEYS, ...CUSTOM_AUTHORIZATION } },
      'cloud-provider / -',
    ],
    [
      'Mantle’s signature keeps it',
      { shell: { ...MANTLE, ...AWS_KEYS, ...CUSTOM_AUTHORIZATION } },
      'cloud-provider / -',
    ],
    [
      'Azure’s chain keeps it',
      { shell: { ...FOUNDRY, ...AZURE_CHAIN, ...CUSTOM_AUTHORIZATION } },
      'cloud-provider / -',
    ],
    [
      'Mantle keeps it',
      { shell: { ...MANTLE, ...BEARER, ...CUSTOM_BOTH } },
      'cloud-provider / custom-headers',
    ],
    [
      'Foundry’s token keeps it',
      { shell: { ...FOUNDRY, ...FOUNDRY_TOKEN, ...CUSTOM_BOTH } },
      'cloud-provider / custom-headers',
    ],
    [
      'Foundry with a key drops it',
      { shell: { ...FOUNDRY, ...FOUNDRY_KEY, ...CUSTOM_AUTHORIZATION } },
      '- / cloud-provider',
    ],
    [
      'x-api-key takes Foundry’s header',
      { shell: { ...FOUNDRY, ...FOUNDRY_KEY, ...CUSTOM_KEY } },
      '- / custom-headers',
    ],
    [
      'x-api-key takes the platform’s header',
      { shell: { ...PLATFORM, ...PLATFORM_KEY, ...CUSTOM_BOTH } },
      '- / custom-headers',
    ],
    ['nothing behind Vertex', { shell: { ...VERTEX, ...CUSTOM_AUTHORIZATION } }, 'unknown cloud-chain'],
  ]);
});

describe('A gateway', () => {
  const SWITCH = { CLAUDE_CODE_USE_GATEWAY: '1' };
  const gateway = { ...SWITCH, ANTHROPIC_BASE_URL: 'https://gateway.example' };
  agrees([
    [
      'gets the token and nothing else',
      { shell: { ...gateway, ...EVERYTHING }, ...STORES, helper },
      'auth-token / -',
    ],
    [
      'gets a custom x-api-key',
      { shell: { ...gateway, ...TOKEN, ...CUSTOM_BOTH } },
      'auth-token / custom-headers',
    ],
    [
      'does not ask about a key',
      { shell: { ...gateway, ...TOKEN, ...KEY }, mode: 'interactive' },
      'auth-token / -',
    ],
    [
      'is switched on by the folder’s own files',
      { shell: { ...gateway, CLAUDE_CODE_USE_GATEWAY: '', ...TOKEN, ...KEY }, local: SWITCH },
      'auth-token / -',
    ],
    [
      'and switched off',
      {
        shell: { ...gateway, ...TOKEN, ...KEY },
        project: { CLAUDE_CODE_USE_GATEWAY: '0' },
      },
      'auth-token / api-key',
    ],
    [
      'with the folder’s own address is none',
      { shell: { ...SWITCH, ...TOKEN, ...KEY }, project: gateway },
      'auth-token / api-key',
    ],
    [
      'gets no token of the folder’s own files',
      { shell: { ...gateway, ...TOKEN, ...KEY }, project: { ANTHROPIC_AUTH_TOKEN: '' } },
      'auth-token / -',
    ],
    ['without a token is none', { shell: { ...gateway, ...KEY } }, '- / api-key'],
    [
      'without a token is none, and asks',
      { shell: { ...gateway, ...KEY }, mode: 'interactive' },
      'asks api-key-approval',
    ],
    [
      'without an address is none',
      { shell: { CLAUDE_CODE_USE_GATEWAY: '1', ...TOKEN, ...KEY } },
      'auth-token / api-key',
    ],
  ]);

  test('It is told as a provider of its own.', async () => {
    expect((await inspectGiven({ shell: { ...gateway, ...TOKEN } })).verdict.provider).toBe('gateway');
  });
});
