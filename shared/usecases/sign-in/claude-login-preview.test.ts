import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOGIN_WAYS, type LoginWay } from '../../core/sign-in/claude-login.ts';
import { MODES } from '../../core/context.ts';
import { said } from '../../testing/given.ts';
import { accountFile, CLAUDE_JSON, LOGIN_FILE, loginFile, loginWorld } from '../../testing/login-world.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import { inspect } from '../inspect.ts';
import { claudeLoginPreview, type ClaudeLoginPreview } from './claude-login-preview.ts';

const CLAUDE_CODE = { version: '2.1.328', from: 'flag' } as const;
const SETTINGS = '/home/p/.claude/settings.json';
const MANAGED = '/etc/claude-code/managed-settings.json';
const KEY = 'sk-ant-api03-made-up-0123456789-0123456789';

interface Scene {
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

async function previewOf({ variables = {}, files = {} }: Scene, way: LoginWay): Promise<ClaudeLoginPreview> {
  const { ports, look } = loginWorld({ files: { ...startupFile(variables), ...files } });
  return claudeLoginPreview(await gatherFacts(ports, look), way, CLAUDE_CODE);
}

/** For the next terminal, which has what the start-up files export. */
const startupFile = (variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  '/home/p/.zshrc': Object.entries(variables)
    .map(([name, value]) => `export ${name}=${value}\n`)
    .join(''),
});

const settings = (content: object): Scene => ({ files: { [SETTINGS]: JSON.stringify(content) } });

test.each<
  [title: string, scene: Scene, way: LoginWay, inTheWay: readonly string[], clears: readonly string[] | null]
>([
  ['nothing', {}, 'claude', [], null],
  ['nothing', {}, 'console', [], null],
  [
    'a key of the shell',
    { variables: { ANTHROPIC_API_KEY: KEY } },
    'claude',
    ['api-key'],
    ['ANTHROPIC_API_KEY'],
  ],
  [
    'a token and a key',
    { variables: { ANTHROPIC_AUTH_TOKEN: 'made-up' }, ...settings({ env: { ANTHROPIC_API_KEY: KEY } }) },
    'sso',
    ['auth-token', 'api-key'],
    ['ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'],
  ],
  ['a helper', settings({ apiKeyHelper: 'echo made-up' }), 'claude', ['api-key-helper'], ['apiKeyHelper']],
  [
    'a cloud',
    { variables: { CLAUDE_CODE_USE_BEDROCK: '1' } },
    'claude',
    ['cloud-provider'],
    ['CLAUDE_CODE_USE_BEDROCK'],
  ],
  [
    'a login, for a key of the Console',
    { files: { [LOGIN_FILE]: loginFile() } },
    'console',
    ['claude-login'],
    null,
  ],
  [
    'a key that a policy forbids',
    {
      variables: { ANTHROPIC_API_KEY: KEY },
      files: { [MANAGED]: JSON.stringify({ forceLoginMethod: 'claudeai' }) },
    },
    'claude',
    ['api-key'],
    ['ANTHROPIC_API_KEY'],
  ],
  [
    'a key that the administrator sets',
    { files: { [MANAGED]: JSON.stringify({ env: { ANTHROPIC_AUTH_TOKEN: 'made-up' } }) } },
    'claude',
    ['auth-token'],
    null,
  ],
])('What wins all the same: %s.', async (_, scene, way, inTheWay, clears) => {
  const preview = await previewOf(scene, way);
  expect(preview.inTheWay.map(({ source }) => source)).toEqual(inTheWay);
  expect(preview.clear).toEqual(clears === null ? null : { kind: 'clear', names: clears });
  for (const one of preview.inTheWay) expect(one.readings.length).toBeGreaterThan(0);
});

test('Says where it comes from, with its line.', async () => {
  const { inTheWay } = await previewOf({ variables: { EDITOR: 'vi', ANTHROPIC_API_KEY: KEY } }, 'claude');
  expect(inTheWay[0]?.readings[0]?.origin).toMatchObject({
    kind: 'login-shell',
    path: '/home/p/.zshrc',
    line: 2,
  });
});

test.each<[file: string, content: object, way: LoginWay, goes: string, isForced: boolean]>([
  [SETTINGS, {}, 'claude', 'claudeai', false],
  [SETTINGS, {}, 'sso', 'claudeai', false],
  [SETTINGS, {}, 'console', 'console', false],
  [SETTINGS, { forceLoginMethod: 'console' }, 'claude', 'console', true],
  [SETTINGS, { forceLoginMethod: 'console' }, 'console', 'console', false],
  [SETTINGS, { forceLoginMethod: 'made-up' }, 'claude', 'claudeai', false],
  [MANAGED, { forceLoginMethod: 'claudeai' }, 'console', 'claudeai', true],
  [MANAGED, { forceLoginMethod: 'gateway' }, 'claude', 'gateway', true],
])('Settings may force the way: %s %j, asked for %s.', async (file, content, way, goes, isForced) => {
  const preview = await previewOf({ files: { [file]: JSON.stringify(content) } }, way);
  expect(preview.goes).toBe(goes);
  expect(preview.forcedBy?.path ?? null).toBe(isForced ? file : null);
  if (goes !== 'gateway') expect(preview.source).toBe(goes === 'console' ? 'console-key' : 'claude-login');
});

test('The organisation that the administrator demands is told, with its file.', async () => {
  const files = { [MANAGED]: JSON.stringify({ forceLoginOrgUUID: ['org-2', 'org-3'] }) };
  expect((await previewOf({ files }, 'claude')).organisations).toMatchObject({
    ids: ['org-2', 'org-3'],
    origin: { path: MANAGED, line: 1 },
  });
});

test('Whoever is logged in already is told: a new login takes the place.', async () => {
  const files = { [LOGIN_FILE]: loginFile(), [CLAUDE_JSON]: accountFile() };
  const account = { email: 'person@example.com', organisation: 'Example Org' };
  expect((await previewOf({ files }, 'claude')).replaces).toEqual({ ...account, plan: 'max' });
  expect((await previewOf({ files }, 'console')).replaces).toBeNull();
  const key = { [CLAUDE_JSON]: accountFile({ more: { primaryApiKey: KEY } }) };
  expect((await previewOf({ files: key }, 'console')).replaces).toEqual({ ...account, plan: null });
});

const value = fc.constantFrom('sk-ant-api03-made-up-one-0123456789', 'made-up-two-0123456789', '');
const variables = fc.dictionary(
  fc.constantFrom(
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'CLAUDE_CODE_USE_BEDROCK',
    'ANTHROPIC_BASE_URL',
  ),
  value,
  { maxKeys: 2 },
);
const scenes = fc.record({
  shell: variables,
  user: fc.option(
    fc.record({ env: variables, apiKeyHelper: fc.constantFrom('', 'echo made-up') }, { requiredKeys: [] }),
  ),
  managed: fc.option(
    fc.record(
      {
        forceLoginMethod: fc.constantFrom('claudeai', 'console', 'gateway'),
        forceLoginOrgUUID: fc.constant(['org-1']),
      },
      { requiredKeys: [] },
    ),
  ),
  login: fc.constantFrom(
    null,
    loginFile(),
    '{}',
    '{"claudeAiOauth":{"refreshToken":""}}',
    '{"mcpOAuth":{"one":{}}}',
    '{"other":{}}',
  ),
  claudeJson: fc.constantFrom<object>(
    {},
    { primaryApiKey: 'sk-ant-api03-made-up-console' },
    { projects: { '/home/p': { hasTrustDialogAccepted: true } } },
    { customApiKeyResponses: { approved: ['ade-up-one-0123456789'.slice(-20)], rejected: [] } },
  ),
  way: fc.constantFrom(...LOGIN_WAYS),
});

test('What the preview says is what the same look finds once such a login is in the store.', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(scenes, async ({ shell, user, managed, login, claudeJson, way }) => {
      const world = loginWorld({
        files: {
          ...startupFile(shell),
          ...(user === null ? {} : { [SETTINGS]: JSON.stringify(user) }),
          ...(managed === null ? {} : { [MANAGED]: JSON.stringify(managed) }),
          ...(login === null ? {} : { [LOGIN_FILE]: login }),
          [CLAUDE_JSON]: JSON.stringify(claudeJson),
        },
      });
      const before = await gatherFacts(world.ports, world.look);
      const preview = claudeLoginPreview(before, way, CLAUDE_CODE);
      if (preview.source === 'claude-login') {
        const kept = login === null ? {} : (JSON.parse(login) as Record<string, unknown>);
        const made = JSON.parse(loginFile({ token: 'new' })) as Record<string, unknown>;
        world.disk.write(LOGIN_FILE, JSON.stringify({ ...kept, ...made }));
      } else {
        world.disk.write(
          CLAUDE_JSON,
          JSON.stringify({ ...claudeJson, primaryApiKey: 'sk-ant-api03-made-up-new' }),
        );
      }
      const after = await gatherFacts(world.ports, world.look);
      const found = MODES.map((mode) => said(inspect(after, { mode, claudeCode: CLAUDE_CODE }).verdict));
      expect(preview.then.map(({ verdict }) => said(verdict))).toEqual(found);
      if (preview.now.some(({ verdict }, at) => said(verdict) !== found[at])) changed++;
      // Nothing is said to be in the way of a login that is used, and something where it is not.
      const everyday = preview.then.filter(({ context }) => context.mode !== 'bare');
      const uses = everyday.every(({ verdict }) => said(verdict).includes(preview.source));
      if (!uses && everyday.every(({ verdict }) => verdict.outcome === 'sends'))
        expect(preview.inTheWay.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
  expect(changed).toBeGreaterThan(30);
});
