import { describe, expect, test } from 'vitest';
import {
  CUSTOM_AUTHORIZATION,
  CUSTOM_KEY,
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  said,
  TOKEN,
  type Given,
} from '../../testing/given.ts';
import { decide } from './decide.ts';

type Row = readonly [title: string, given: Given, answer: string];

function agrees(rows: readonly Row[], common: Given = {}): void {
  test.each(rows)('%s', async (_, given, answer) => {
    expect(said((await inspectGiven({ ...common, ...given })).verdict)).toBe(answer);
  });
}

const helper = HELPER;
const NOT_LOGGED_IN = 'refuses not-logged-in';

describe('An interactive session asks about a key', () => {
  const asks = 'asks api-key-approval';
  const bedrock = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' };
  agrees(
    [
      ['from the shell', { shell: KEY }, asks],
      ['from .claude.json', { claudeJson: KEY }, asks],
      ['from user settings', { user: KEY }, asks],
      ['from project settings', { project: KEY }, asks],
      ['from local settings', { local: KEY }, asks],
      ['from --settings', { flag: KEY }, asks],
      ['from managed settings', { managed: KEY }, asks],
      ['beside a login', { shell: KEY, login: true }, asks],
      ['beside a token', { shell: { ...KEY, ...TOKEN } }, asks],
      ['beside a helper', { shell: KEY, helper }, asks],
      ['beside an OAuth token', { shell: { ...KEY, ...OAUTH } }, asks],
      ['beside a Console key', { shell: KEY, consoleKey: true }, asks],
      ['beside a profile', { shell: KEY, profile: 'named' }, asks],
      ['beside custom headers', { shell: { ...KEY, ...CUSTOM_KEY } }, asks],
      ['under an embedding program', { shell: { ...KEY, CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' } }, asks],
      ['in a bare session', { shell: { ...KEY, CLAUDE_CODE_SIMPLE: '1' } }, asks],
      [
        'which counts, not which is overwritten',
        { shell: KEY, user: { ANTHROPIC_API_KEY: '' }, login: true },
        'claude-login / -',
      ],
      ['not with a provider', { shell: { ...KEY, ...bedrock } }, 'cloud-provider / -'],
      ['once: approved', { shell: KEY, answered: 'approved' }, '- / api-key'],
      ['once: approved and rejected', { shell: KEY, answered: 'both' }, '- / api-key'],
      ['once: rejected', { shell: KEY, answered: 'rejected' }, NOT_LOGGED_IN],
      ['rejected + login', { shell: KEY, answered: 'rejected', login: true }, 'claude-login / -'],
      ['rejected + token', { shell: { ...KEY, ...TOKEN }, answered: 'rejected' }, 'auth-token / -'],
      ['rejected + helper', { shell: KEY, answered: 'rejected', helper }, 'api-key-helper / api-key-helper'],
      ['rejected + Console key', { shell: KEY, answered: 'rejected', consoleKey: true }, '- / console-key'],
      ['rejected + profile', { shell: KEY, answered: 'rejected', profile: 'named' }, 'profile / -'],
      [
        'rejected + token + Console key',
        { shell: { ...KEY, ...TOKEN }, answered: 'rejected', consoleKey: true },
        'auth-token / console-key',
      ],
      [
        'rejected, in a bare session: sent',
        { shell: { ...KEY, CLAUDE_CODE_SIMPLE: '1' }, answered: 'rejected' },
        '- / api-key',
      ],
      ['of white space: none', { shell: { ANTHROPIC_API_KEY: ' ' }, login: true }, 'claude-login / -'],
    ],
    { mode: 'interactive' },
  );
  agrees([
    ['print does not ask', { shell: KEY }, '- / api-key'],
    ['print takes a rejected key', { shell: KEY, answered: 'rejected' }, '- / api-key'],
    ['a bare run does not ask', { shell: KEY, mode: 'bare' }, '- / api-key'],
  ]);

  test.each<[string, Given, string, string]>([
    ['login', { login: true }, '- / api-key', 'claude-login / -'],
    ['token', { user: TOKEN }, 'auth-token / api-key', 'auth-token / -'],
    ['helper', { helper }, 'api-key-helper / api-key', 'api-key-helper / api-key-helper'],
    ['nothing', {}, '- / api-key', NOT_LOGGED_IN],
    [
      'token and Console key',
      { user: TOKEN, consoleKey: true },
      'auth-token / api-key',
      'auth-token / console-key',
    ],
    ['bare session', { user: { CLAUDE_CODE_SIMPLE: '1' } }, '- / api-key', NOT_LOGGED_IN],
  ])('What follows a yes and a no is told: %s.', async (_, given, yes, no) => {
    const { verdict } = await inspectGiven({ ...given, mode: 'interactive', shell: KEY });
    expect(verdict).toMatchObject({ authorization: null, xApiKey: null });
    expect([verdict.after?.yes, verdict.after?.no].map((after) => after && said(after))).toEqual([yes, no]);
  });

  test('The last 20 characters are remembered, of a shorter key all of it; the whole of a long one does not count.', async () => {
    const answer = async (key: string, remembered: string): Promise<string> => {
      const files = { '~/.claude.json': { customApiKeyResponses: { approved: [remembered] } } };
      return said(
        (await inspectGiven({ mode: 'interactive', shell: { ANTHROPIC_API_KEY: key }, files })).verdict,
      );
    };
    const key = `sk-ant-${'0123456789'.repeat(4)}`;
    expect(await answer(key, key.slice(-20))).toBe('- / api-key');
    expect(await answer(` ${key} `, key.slice(-20))).toBe('- / api-key');
    expect(await answer(key, key)).toBe('asks api-key-approval');
    expect(await answer(key, key.slice(-19))).toBe('asks api-key-approval');
    expect(await answer('short', 'short')).toBe('- / api-key');
  });

  test.each([[[]], ['x'], [null], [{ approved: 'aaaaaaaaaaaaaaaa-END' }]])(
    'Answers of a wrong type are none: %j.',
    async (customApiKeyResponses) => {
      const files = { '~/.claude.json': { customApiKeyResponses } };
      const { verdict } = await inspectGiven({ mode: 'interactive', shell: KEY, files });
      expect(said(verdict)).toBe('asks api-key-approval');
    },
  );
});

describe('An interactive session in a folder that is not trusted', () => {
  const untrusted: Given = { mode: 'interactive', trusted: false };
  agrees(
    [
      ['asks first', { login: true }, 'asks folder-trust'],
      ['asks about the folder before the key', { shell: KEY }, 'asks folder-trust'],
      ['asks with a provider, too', { shell: { CLAUDE_CODE_USE_BEDROCK: '1' } }, 'asks folder-trust'],
      ['asks in a bare session, too', { shell: { CLAUDE_CODE_SIMPLE: '1', ...TOKEN } }, 'asks folder-trust'],
      ['stops when .claude.json is broken', { files: { '~/.claude.json': '{' } }, 'refuses config-broken'],
    ],
    untrusted,
  );
  agrees([
    ['print does not ask', { login: true, trusted: false }, 'claude-login / -'],
    ['nor does a bare run', { shell: TOKEN, trusted: false, mode: 'bare' }, 'auth-token / -'],
  ]);

  test('A no ends the session; after a yes the key is asked about.', async () => {
    const { verdict } = await inspectGiven({ ...untrusted, shell: KEY, login: true });
    const { yes, no } = verdict.after ?? {};
    expect(no && said(no)).toBe('refuses folder-not-trusted');
    expect(yes && said(yes)).toBe('asks api-key-approval');
    expect(yes?.after && said(yes.after.yes)).toBe('- / api-key');
    expect(yes?.after && said(yes.after.no)).toBe('claude-login / -');
  });

  const project = (path: string): Given => ({
    mode: 'interactive',
    trusted: false,
    login: true,
    cwd: '$PROJ/a/b',
    files: { '~/.claude.json': { projects: { [path]: { hasTrustDialogAccepted: true } } } },
  });
  agrees([
    ['its own entry', project('/home/p/app/a/b'), 'claude-login / -'],
    ['that of a folder above', project('/home/p/app'), 'claude-login / -'],
    ['that of the home', project('/home/p'), 'claude-login / -'],
    ['that of a sibling', project('/home/p/app/a/c'), 'asks folder-trust'],
    ['that of a folder of which the name begins so', project('/home/p/ap'), 'asks folder-trust'],
    ['that of a sub-folder', project('/home/p/app/a/b/c'), 'asks folder-trust'],
  ]);
});

/** `--bare`, and the variable from a place where it counts. */
describe.each<[string, (given: Given) => Given]>([
  ['--bare', (given) => ({ ...given, mode: 'bare' })],
  ['the variable', ({ shell, ...given }) => ({ ...given, shell: { ...shell, CLAUDE_CODE_SIMPLE: 'true' } })],
])('A bare run: %s', (_, bare) => {
  const rows: readonly Row[] = [
    ['uses a key', { shell: KEY }, '- / api-key'],
    ['uses a token', { shell: TOKEN }, 'auth-token / -'],
    ['uses variables of every file', { managed: KEY, project: TOKEN }, 'auth-token / api-key'],
    ['uses custom headers', { shell: { ...CUSTOM_AUTHORIZATION } }, 'custom-headers / -'],
    ['uses a helper of --settings', { helper: { flag: HELPER } }, 'api-key-helper / api-key-helper'],
    ['uses it below a key', { helper: { flag: HELPER }, shell: KEY }, 'api-key-helper / api-key'],
    ['passes over an empty helper of --settings', { helper: { flag: '', user: HELPER } }, NOT_LOGGED_IN],
    ['passes over a helper of files', { helper: { user: HELPER, managed: HELPER } }, NOT_LOGGED_IN],
    ['is not kept from a key by such a helper', { helper, shell: KEY }, '- / api-key'],
    ['passes over an OAuth token', { shell: OAUTH, managed: OAUTH }, NOT_LOGGED_IN],
    ['passes over a login', { login: true }, NOT_LOGGED_IN],
    ['passes over a Console key', { consoleKey: true }, NOT_LOGGED_IN],
    ['passes over a Console key beside a token', { consoleKey: true, shell: TOKEN }, 'auth-token / -'],
    ['passes over profiles', { profile: 'named' }, NOT_LOGGED_IN],
    ['passes over a profile that has ended', { profile: 'ended' }, NOT_LOGGED_IN],
    ['passes over federation', { shell: FEDERATION }, NOT_LOGGED_IN],
    [
      'uses a provider',
      { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      'cloud-provider / -',
    ],
  ];
  agrees(rows.map(([title, given, answer]): Row => [title, bare(given), answer]));
});

describe('Where the variable for bare runs counts', () => {
  const on = { CLAUDE_CODE_SIMPLE: '1' };
  agrees(
    [
      ['user', { user: on }, NOT_LOGGED_IN],
      ['.claude.json', { claudeJson: on }, NOT_LOGGED_IN],
      ['--settings', { flag: on }, NOT_LOGGED_IN],
      ['managed', { managed: on }, NOT_LOGGED_IN],
      ['project: not', { project: on }, 'claude-login / -'],
      ['local: not', { local: on }, 'claude-login / -'],
      [
        'user settings turn off what the shell turned on',
        { shell: on, user: { CLAUDE_CODE_SIMPLE: '0' } },
        'claude-login / -',
      ],
      ['but not --bare', { mode: 'bare', user: { CLAUDE_CODE_SIMPLE: '0' } }, NOT_LOGGED_IN],
    ],
    { login: true },
  );
});

describe('An embedding program that manages the provider', () => {
  const host = { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' };
  const bedrock = { CLAUDE_CODE_USE_BEDROCK: '1' };
  agrees([
    ['leaves the launch environment: key', { shell: { ...host, ...KEY } }, '- / api-key'],
    ['leaves it: token', { shell: { ...host, ...TOKEN } }, 'auth-token / -'],
    ['leaves it: OAuth token', { shell: { ...host, ...OAUTH } }, 'oauth-token / -'],
    ['leaves it: custom headers', { shell: { ...host, ...CUSTOM_KEY } }, '- / custom-headers'],
    [
      'leaves it: provider',
      { shell: { ...host, ...bedrock, AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      'cloud-provider / -',
    ],
    [
      'takes no variable of files',
      { shell: host, user: KEY, managed: TOKEN, flag: OAUTH, claudeJson: KEY },
      NOT_LOGGED_IN,
    ],
    ['nor an empty one', { shell: { ...host, ...KEY }, managed: { ANTHROPIC_API_KEY: '' } }, '- / api-key'],
    ['takes no switch of files', { shell: { ...host, ...KEY }, user: bedrock }, '- / api-key'],
    [
      'takes no cloud credential of .claude.json',
      {
        shell: { ...host, ...bedrock },
        claudeJson: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' },
      },
      'unknown cloud-chain',
    ],
    [
      'takes a cloud credential of the launch environment',
      { shell: { ...host, ...bedrock, AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' } },
      'cloud-provider / -',
    ],
    [
      'takes no cloud credential of files',
      { shell: { ...host, ...bedrock }, user: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' } },
      'unknown cloud-chain',
    ],
    ['takes no helper', { shell: host, helper }, NOT_LOGGED_IN],
    [
      'takes no helper, which still keeps the OAuth token back',
      { shell: { ...host, ...OAUTH }, helper },
      NOT_LOGGED_IN,
    ],
    ['takes no login', { shell: host, login: true }, NOT_LOGGED_IN],
    ['takes no Console key', { shell: host, consoleKey: true }, NOT_LOGGED_IN],
    ['takes no profile', { shell: host, profile: 'named' }, NOT_LOGGED_IN],
    [
      'takes no Console key beside a token',
      { shell: { ...host, ...TOKEN }, consoleKey: true },
      'auth-token / -',
    ],
    [
      'in a bare run takes a helper of --settings',
      { shell: host, mode: 'bare', helper: { flag: HELPER } },
      'api-key-helper / api-key-helper',
    ],
    ['can only be told by the launch environment', { user: { ...host, ...KEY }, login: true }, '- / api-key'],
    [
      'cannot be denied by a file',
      { shell: host, managed: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '0' }, login: true },
      NOT_LOGGED_IN,
    ],
    [
      '2.1.196: takes login and Console key, but no variable',
      { version: '2.1.196', shell: host, user: KEY, login: true },
      'claude-login / -',
    ],
    ['2.1.73: is not known', { version: '2.1.73', shell: host, user: KEY, login: true }, '- / api-key'],
  ]);
});

/** A login, and an entry of an unknown kind. */
const GATEWAY_STORE = {
  claudeAiOauth: { accessToken: 'sk-ant-oat01-STORED', scopes: ['user:inference'] },
  unknownOauth: {},
};

describe('Managed settings that force a way of logging in', () => {
  const force = (policy: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => ({
    '/etc/claude-code/managed-settings.json': JSON.stringify(policy),
  });
  const claude = force({ forceLoginMethod: 'claudeai' });
  const consoleOnly = force({ forceLoginMethod: 'console' });
  const organisation = force({ forceLoginOrgUUID: ['org-1'] });
  const gateway = force({ forceLoginMethod: 'gateway' });
  const vertex = {
    CLAUDE_CODE_USE_VERTEX: '1',
    CLAUDE_CODE_SKIP_VERTEX_AUTH: '1',
    ANTHROPIC_VERTEX_PROJECT_ID: 'p',
  };
  const toGateway = { CLAUDE_CODE_USE_GATEWAY: '1', ANTHROPIC_BASE_URL: 'https://gateway.example', ...TOKEN };
  const bedrock = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' };
  const foundry = { CLAUDE_CODE_USE_FOUNDRY: '1', ANTHROPIC_FOUNDRY_API_KEY: 'f' };
  const platform = {
    CLAUDE_CODE_USE_ANTHROPIC_AWS: '1',
    ANTHROPIC_AWS_API_KEY: 'p',
    ANTHROPIC_AWS_WORKSPACE_ID: 'w',
  };
  const address = { ANTHROPIC_BASE_URL: 'https://proxy.example' };
  const no = 'refuses policy';

  test.each<[string, Given, Readonly<Record<string, string>>, string]>([
    ['key', { shell: KEY }, claude, no],
    ['token', { shell: TOKEN }, claude, no],
    ['helper', { helper }, claude, no],
    ['key and login', { shell: KEY, login: true }, claude, no],
    ['key, Console', { shell: KEY }, consoleOnly, no],
    ['key, organisation', { shell: KEY }, organisation, no],
    ['key, bare', { shell: KEY, mode: 'bare' }, claude, no],
    ['key sent to Vertex', { shell: { ...vertex, ...KEY } }, claude, no],
    ['token sent to a gateway', { shell: toGateway }, claude, no],
    ['a key beside a custom x-api-key', { shell: { ...KEY, ...CUSTOM_KEY } }, claude, no],
    ['a key that the platform on AWS does not take', { shell: { ...platform, ...KEY } }, claude, no],
    ['a token that Foundry does not take', { shell: { ...foundry, ...TOKEN } }, claude, no],
    ['a helper that Foundry does not take', { shell: foundry, helper }, claude, no],
    ['the platform on AWS alone', { shell: platform }, claude, '- / cloud-provider'],
    ['a key beside Bedrock’s own', { shell: { ...bedrock, ...KEY } }, claude, 'cloud-provider / -'],
    [
      'a key beside Bedrock’s own, 2.1.196',
      { shell: { ...bedrock, ...KEY }, version: '2.1.196' },
      claude,
      'cloud-provider / api-key',
    ],
    ['a key in the project’s settings', { project: KEY, login: true }, claude, no],
    ['OAuth token', { shell: OAUTH }, claude, 'oauth-token / -'],
    ['login', { login: true }, claude, 'claude-login / -'],
    ['login, where a Console login is forced', { login: true }, consoleOnly, 'claude-login / -'],
    ['Console key', { consoleKey: true }, claude, '- / console-key'],
    ['profile', { profile: 'named' }, organisation, 'profile / -'],
    ['login, organisation', { login: true }, organisation, 'unknown organisation-not-verified'],
    ['OAuth token, organisation', { shell: OAUTH }, organisation, 'unknown organisation-not-verified'],
    ['Console key, organisation', { consoleKey: true }, organisation, '- / console-key'],
    [
      'login, method and organisation',
      { login: true },
      force({ forceLoginMethod: 'claudeai', forceLoginOrgUUID: 'a' }),
      'unknown organisation-not-verified',
    ],
    ['login, no organisation', { login: true }, force({ forceLoginOrgUUID: [] }), no],
    ['Console key, no organisation', { consoleKey: true }, force({ forceLoginOrgUUID: 5 }), no],
    ['profile, no organisation', { profile: 'named' }, force({ forceLoginOrgUUID: [] }), 'profile / -'],
    ['custom header', { shell: CUSTOM_KEY }, claude, '- / custom-headers'],
    ['provider', { shell: bedrock }, claude, 'cloud-provider / -'],
    ['nothing', {}, claude, NOT_LOGGED_IN],
    [
      'under an embedding program',
      { shell: { ...KEY, CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' } },
      claude,
      '- / api-key',
    ],
    ['2.1.73 does not know it', { shell: KEY, version: '2.1.73' }, claude, '- / api-key'],
    ['2.1.196 does', { shell: KEY, version: '2.1.196' }, claude, no],
    ['the key is asked about first', { shell: KEY, mode: 'interactive' }, claude, 'asks api-key-approval'],
    ['a method that is none', { shell: KEY }, force({ forceLoginMethod: 'bad' }), '- / api-key'],
    ['an organisation of a wrong type', { shell: KEY }, force({ forceLoginOrgUUID: 5 }), no],
    ['gateway: key', { shell: KEY }, gateway, no],
    ['gateway: login', { login: true }, gateway, no],
    ['gateway: Console key', { consoleKey: true }, gateway, no],
    ['gateway: custom header', { shell: CUSTOM_KEY }, gateway, no],
    ['gateway: nothing', {}, gateway, no],
    [
      'gateway: what may be a session of it',
      { login: true, files: { '~/.claude/.credentials.json': GATEWAY_STORE } },
      gateway,
      'claude-login / -',
    ],
    ['gateway: token', { shell: toGateway }, gateway, no],
    ['gateway: provider', { shell: bedrock }, gateway, 'cloud-provider / -'],
  ])('%s', async (_, given, entries, answer) => {
    expect(said((await inspectGiven(given, { entries })).verdict)).toBe(answer);
  });

  test.each<[string, Given, object, string]>([
    ['the URL of a gateway: key', { shell: KEY }, { forceLoginGatewayUrl: 'https://g.example' }, no],
    ['the URL of a gateway: login, bare', { login: true, mode: 'bare' }, { forceLoginGatewayUrl: 'x' }, no],
    ['no URL of a gateway', { shell: KEY }, { forceLoginGatewayUrl: '' }, '- / api-key'],
    ['a number for a URL', { shell: KEY }, { forceLoginGatewayUrl: 5 }, '- / api-key'],
    [
      'the URL of a gateway: Bedrock',
      { shell: bedrock },
      { forceLoginGatewayUrl: 'x' },
      'cloud-provider / -',
    ],
    ['a newer version', { login: true }, { requiredMinimumVersion: 'v99.0.0' }, no],
    ['a newer version: Bedrock', { shell: bedrock }, { requiredMinimumVersion: ' 99.0.0 ' }, no],
    ['this version', { login: true }, { requiredMinimumVersion: '2.1.328' }, 'claude-login / -'],
    ['no version', { login: true }, { requiredMinimumVersion: 'abc' }, 'claude-login / -'],
    ['an older version', { login: true }, { requiredMaximumVersion: '2.1.300' }, no],
    [
      'a version, before versions could be demanded',
      { login: true, version: '2.1.136' },
      { requiredMinimumVersion: '99.0.0' },
      'claude-login / -',
    ],
    ['providers without this one', { login: true }, { allowedProviders: ['bedrock'] }, no],
    ['providers with this one', { login: true }, { allowedProviders: ['anthropic', 5] }, 'claude-login / -'],
    ['Bedrock alone: Bedrock', { shell: bedrock }, { allowedProviders: ['bedrock'] }, 'cloud-provider / -'],
    ['no provider at all', { shell: bedrock }, { allowedProviders: [] }, no],
    ['providers of another type', { shell: KEY }, { allowedProviders: 'anthropic' }, no],
    [
      'providers: an address of one’s own',
      { shell: { ...KEY, ...address } },
      { allowedProviders: ['anthropic'] },
      no,
    ],
    [
      'providers: an address that nobody pinned',
      { shell: { ...KEY, ...address } },
      { allowedProviders: ['customEndpoint'] },
      no,
    ],
    [
      'providers: an address that managed settings pin',
      { shell: KEY },
      { allowedProviders: ['customEndpoint'], env: address },
      '- / api-key',
    ],
    [
      'providers: Anthropic’s own address',
      { shell: { ...KEY, ANTHROPIC_BASE_URL: 'https://api.anthropic.com' } },
      { allowedProviders: ['anthropic'] },
      '- / api-key',
    ],
    [
      'providers: a gateway’s session',
      { shell: toGateway },
      { allowedProviders: ['customEndpoint', 'gateway'] },
      no,
    ],
    [
      'providers: Mantle, whatever the list',
      { shell: { CLAUDE_CODE_USE_MANTLE: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } },
      { allowedProviders: [] },
      'cloud-provider / -',
    ],
    [
      'providers, before they could be listed',
      { login: true, version: '2.1.281' },
      { allowedProviders: [] },
      'claude-login / -',
    ],
  ])('What else they demand: %s', async (_, given, settings, answer) => {
    expect(said((await inspectGiven(given, { entries: force({ ...settings }) })).verdict)).toBe(answer);
  });

  test('Drop-ins join their lists of providers.', async () => {
    const entries = {
      '/etc/claude-code/managed-settings.d/a.json': '{"allowedProviders":["anthropic"]}',
      '/etc/claude-code/managed-settings.d/b.json': '{"allowedProviders":["bedrock"]}',
    };
    expect(said((await inspectGiven({ login: true }, { entries })).verdict)).toBe('claude-login / -');
    expect(said((await inspectGiven({ shell: bedrock }, { entries })).verdict)).toBe('cloud-provider / -');
  });

  test.each(['allowedProviders', 'requiredMinimumVersion', 'forceLoginGatewayUrl'])(
    'In user settings %s demands nothing.',
    async (key) => {
      const value = key === 'allowedProviders' ? [] : '99.0.0';
      const files = { '~/.claude/settings.json': { [key]: value } };
      expect(said((await inspectGiven({ shell: KEY, files })).verdict)).toBe('- / api-key');
    },
  );

  test.each<[string, unknown, string]>([
    ['a program', { path: '/opt/policies' }, 'unknown policy-helper'],
    ['one that is not there', { path: '/gone' }, no],
    ['one that is not executable', { path: '/opt/text' }, no],
    ['one by a relative path', { path: 'opt/policies' }, no],
    ['one without a path', {}, '- / api-key'],
    ['one of a wrong type', '/opt/policies', '- / api-key'],
  ])('What a program gives is not known: %s', async (_, policyHelper, answer) => {
    const entries = {
      ...force({ policyHelper }),
      '/opt/policies': { kind: 'file', content: '', mode: 0o755 },
      '/opt/text': { kind: 'file', content: '', mode: 0o644 },
    } as const;
    expect(said((await inspectGiven({ shell: KEY }, { entries })).verdict)).toBe(answer);
  });

  test('In user settings they force nothing.', async () => {
    const files = { '~/.claude/settings.json': { forceLoginMethod: 'claudeai' } };
    expect(said((await inspectGiven({ shell: KEY, files })).verdict)).toBe('- / api-key');
  });
});

test('What a container holds is not asked from outside.', async () => {
  const { facts, context } = await inspectGiven({ shell: KEY });
  const place = { ...facts.place, surface: 'container' } as const;
  expect(said(decide({ ...facts, place }, context))).toBe('unknown other-surface');
  expect(said(decide({ ...facts, place: { ...place, insideContainer: true } }, context))).toBe('- / api-key');
});
