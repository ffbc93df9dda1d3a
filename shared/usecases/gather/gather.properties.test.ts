import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MODES, SURFACES } from '../../core/context.ts';
import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import { WATCHED } from '../../core/sources/index.ts';
import type { Ports } from '../../ports/ports.ts';
import { statusJson } from '../../presentation/status-json.ts';
import { statusLine, statusText } from '../../presentation/status-text.ts';
import type { FileTree, FileTreeEntry } from '../../testing/file-tree.ts';
import { worldPorts } from '../../testing/worlds.ts';
import { inspect, type Inspection } from '../inspect.ts';
import { gatherFacts } from './gather-facts.ts';
import type { GatherRequest } from './gather-request.ts';

/** What every made-up secret holds, and nothing else does. */
const MARK = 'zq7secret';
const secret = (name: string): string => `sk-ant-${MARK}-${name}-0123456789`;
const json = (value: unknown): string => JSON.stringify(value, undefined, 1);

/** Longer than what a mutation moves: no secret may become a part of an address, where it could be seen rightly. */
const PADDING = '-'.repeat(60);
const ENV = {
  ANTHROPIC_API_KEY: secret('key'),
  ANTHROPIC_AUTH_TOKEN: secret('token'),
  BEFORE: PADDING,
  ANTHROPIC_BASE_URL: 'https://gateway.example',
  BEHIND: PADDING,
  CLAUDE_CODE_OAUTH_TOKEN: secret('oauth'),
  ANTHROPIC_CUSTOM_HEADERS: `x-api-key: ${secret('header')}`,
};
const SETTINGS = json({ env: ENV, apiKeyHelper: `helper ${secret('helper')}`, forceLoginMethod: 'claudeai' });
const EXPORTS = `export ANTHROPIC_API_KEY=${secret('export')}\nif x; then export ANTHROPIC_AUTH_TOKEN=${secret('if')}; fi\n`;
const LOGIN = json({
  claudeAiOauth: {
    accessToken: secret('access'),
    refreshToken: secret('refresh'),
    expiresAt: 1_900_000_000_000,
    scopes: ['user:inference'],
    subscriptionType: 'max',
  },
});
const CLAUDE_JSON = json({
  env: ENV,
  primaryApiKey: secret('console'),
  customApiKeyResponses: { approved: [secret('key').slice(-20)], rejected: ['x'] },
  projects: { '/home/p/app': { hasTrustDialogAccepted: true } },
  oauthAccount: { emailAddress: 'p@example.com', organizationName: 'Example' },
});

/** Every file that is read, with what it may hold when all is well. */
const FILES: Readonly<Record<string, string>> = {
  '~/.claude/settings.json': SETTINGS,
  '$PROJ/.claude/settings.json': SETTINGS,
  '$PROJ/.claude/settings.local.json': SETTINGS,
  '$PROJ/sub/.claude/settings.json': SETTINGS,
  '$PROJ/sub/.claude/settings.local.json': SETTINGS,
  '/etc/claude-code/managed-settings.json': SETTINGS,
  '/etc/claude-code/managed-settings.d/10.json': SETTINGS,
  '/flag.json': SETTINGS,
  '~/.claude.json': CLAUDE_JSON,
  '~/.claude/.config.json': CLAUDE_JSON,
  '~/.claude/.credentials.json': LOGIN,
  '~/.config/anthropic/active_config': 'work',
  '~/.config/anthropic/configs/work.json': json({ authentication: { type: 'user_oauth' } }),
  '~/.config/anthropic/configs/default.json': json({ authentication: { type: 'oidc_federation' } }),
  '~/.config/anthropic/credentials/work.json': json({
    access_token: secret('profile'),
    expires_at: 1_900_000_000,
  }),
  '~/.aws/credentials': `[default]\naws_access_key_id = x\naws_secret_access_key = ${secret('aws')}\n`,
  '~/.aws/config': '[profile work]\nsso_session = x\n',
  '~/.aws/sso/cache/a.json': json({ accessToken: secret('sso'), expiresAt: '2030-01-01T00:00:00Z' }),
  '~/.config/gcloud/application_default_credentials.json': json({
    type: 'x',
    refresh_token: secret('google'),
  }),
  '~/.azure/azureProfile.json': json({ subscriptions: [{ id: 'x' }] }),
  '~/.zshenv': EXPORTS,
  '~/.zshrc': `. ~/.secrets\n${EXPORTS}`,
  '~/.secrets': EXPORTS,
  '~/.bashrc': EXPORTS,
  '~/.bash_profile': EXPORTS,
  '~/.profile': EXPORTS,
  '~/.config/fish/config.fish': `set -gx ANTHROPIC_API_KEY ${secret('fish')}\n`,
  '~/.config/fish/conf.d/a.fish': `set -gx ANTHROPIC_API_KEY ${secret('fish-conf')}\n`,
  '~/.config/fish/fish_variables': `SETUVAR --export ANTHROPIC_API_KEY:${secret('fish-variables')}\n`,
  '~/.config/powershell/profile.ps1': `$env:ANTHROPIC_API_KEY = "${secret('powershell')}"\n`,
  '~/.pam_environment': `ANTHROPIC_API_KEY DEFAULT=${secret('pam')}\n`,
  '/etc/environment': `ANTHROPIC_API_KEY=${secret('etc')}\n`,
  '/etc/pam.d/login': 'session required pam_env.so user_readenv=1\n',
  '~/.config/environment.d/a.conf': `ANTHROPIC_API_KEY=${secret('systemd')}\n`,
  '~/.config/Code/User/settings.json': `// x\n${json({ 'claudeCode.environmentVariables': [{ name: 'ANTHROPIC_API_KEY', value: secret('code') }] })}`,
  '$PROJ/.env': `ANTHROPIC_API_KEY=${secret('dotenv')}\n`,
  '$PROJ/.envrc': EXPORTS,
  '$PROJ/mise.toml': `[env]\nANTHROPIC_API_KEY = "${secret('mise')}"\n`,
  '$PROJ/.git': 'gitdir: ../git',
  '~/git/index': 'DIRC\0\0\0\x02\0\0\0\0',
};
const PATHS = Object.keys(FILES);

/** Pieces that mean something to one reader or another. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('{}[]":,\\\'`$()<>|&;#=~*?! \n\r\t\0\ufeff\ufffd')),
      fc.constantFrom(
        '${',
        '$(',
        '<<E\n',
        '@"',
        '"""',
        '"env":',
        '__proto__',
        'constructor',
        'export ',
        'case ',
        'end',
      ),
      fc.constantFrom(
        ...Object.keys(ENV),
        'apiKeyHelper',
        'claudeAiOauth',
        'null',
        '1e999',
        '\u001b[31m',
        '\u202e',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** Something cut out, something put in, or part of it twice. */
const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .record({ at: fc.nat(text.length), length: fc.nat(40), put: hostile, twice: fc.boolean() })
    .map(({ at, length, put, twice }) =>
      twice ? text.slice(0, at + length) + text.slice(at) : text.slice(0, at) + put + text.slice(at + length),
    );

const content = (valid: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(valid) },
    { weight: 3, arbitrary: mutated(valid) },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: mutated(valid).chain(mutated) },
  );

const entry = (valid: string): fc.Arbitrary<FileTreeEntry> =>
  fc.oneof(
    { weight: 12, arbitrary: content(valid) },
    { weight: 1, arbitrary: fc.constant({ kind: 'file', content: valid, denied: true } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'file', content: valid, mode: 0o644 } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'folder' } as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'fifo' } as const) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('.', 'gone', '/home/p/.claude.json', '../settings.json')
        .map((to) => ({ kind: 'link', to }) as const),
    },
  );

const tree: fc.Arbitrary<FileTree> = fc
  .subarray(PATHS)
  .chain((paths) => fc.record(Object.fromEntries(paths.map((path) => [path, entry(FILES[path] ?? '')]))));

/** Paths and texts may be shown, so they hold no secret. */
const environment = fc
  .dictionary(
    fc.constantFrom(...WATCHED.keys()),
    fc.oneof(fc.constantFrom('', ' ', '1', 'true', '0', '/home/p/other', 'default', 'work'), hostile),
    { maxKeys: 6 },
  )
  .chain((variables) =>
    fc
      .subarray(Object.entries(ENV))
      .map((secrets): Readonly<Record<string, string>> => ({ ...variables, ...Object.fromEntries(secrets) })),
  );

const question = fc.record({
  mode: fc.constantFrom(...MODES),
  surface: fc.constantFrom(...SURFACES),
  version: fc.constantFrom('2.1.73', '2.1.196', '2.1.250', '2.1.328', '9.9.9'),
  sub: fc.boolean(),
  settingsFlag: fc.constantFrom(null, '/flag.json', SETTINGS, '{', '\0'),
  runHelper: fc.boolean(),
  output: fc.oneof(fc.constant(secret('output')), hostile, fc.constant(`${secret('a')}\n${secret('b')}`)),
  shell: fc.constantFrom('/bin/bash', '/bin/zsh', '/usr/bin/fish', 'x'),
});

type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

async function answer(
  entries: FileTree,
  variables: Readonly<Record<string, string>>,
  asked: Question,
): Promise<Inspection> {
  const { ports, request, context } = worldPorts(
    { env: { SHELL: asked.shell, ...variables }, mode: asked.mode, version: asked.version },
    { entries: { '$PROJ/sub': { kind: 'folder' }, ...entries }, script: () => ({ prints: asked.output }) },
  );
  const full: GatherRequest = {
    ...request,
    folder: asked.sub ? `${request.folder}/sub` : request.folder,
    surface: asked.surface,
    settingsFlag: asked.settingsFlag,
    runHelper: asked.runHelper,
  };
  return inspect(await gatherFacts(quick(ports), full), context);
}

/** The made-up fingerprints count with large numbers, which takes longer than everything else here. */
function quick(ports: Ports): Ports {
  const known = new Map<string, ReturnType<Ports['fingerprints']['of']>>();
  const of = (text: string): ReturnType<Ports['fingerprints']['of']> => {
    const print = known.get(text) ?? ports.fingerprints.of(text.length > 200 ? text.slice(0, 200) : text);
    known.set(text, print);
    return print;
  };
  return { ...ports, fingerprints: { of, forget: () => undefined, key: 'installation' } };
}

test('Whatever lies in a home there is an answer, in JSON and in words, and no secret in it.', async () => {
  await fc.assert(
    fc.asyncProperty(tree, environment, question, async (entries, variables, asked) => {
      const inspection = await answer(entries, variables, asked);
      const text = JSON.stringify(statusJson(inspection));
      expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1 });
      const words = statusText(inspection, { colour: false, columns: 80 }) + statusLine(inspection);
      expect((text + words).toLowerCase()).not.toContain(MARK);
      expect(words.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('Everything that a layer holds stands in the ladder, once.', async () => {
  await fc.assert(
    fc.asyncProperty(tree, environment, question, async (entries, variables, asked) => {
      const { facts, ladder } = await answer(entries, variables, asked);
      const shown = ladder.flatMap(({ readings }) => readings.map(({ reading }) => reading.origin));
      for (const origin of layered(facts)) {
        expect(shown.filter((other) => other === origin)).toHaveLength(1);
      }
      for (const { readings } of ladder) {
        for (const { state, reason } of readings) expect([state, reason.code]).not.toContain('');
      }
    }),
  );
});

/** Where credentials stand in the environment or in a file that makes one. */
function layered(facts: Facts): readonly Origin[] {
  return facts.layers.flatMap(({ entries }) =>
    Object.values(entries)
      .filter(({ name, headers }) => {
        const variable = WATCHED.get(name);
        const bare = headers !== null && headers.authorization === null && headers.xApiKey === null;
        return variable?.role === 'credential' && variable.source !== 'federation' && !bare;
      })
      .map(({ origin }) => origin),
  );
}

/** Nobody reads these. */
const UNRELATED: FileTree = {
  '~/notes.txt': EXPORTS,
  '~/.claude/other.json': SETTINGS,
  '~/.claude/settings.json.bak': SETTINGS,
  '~/.config/environment.d/readme': EXPORTS,
  '~/.config/fish/conf.d/a.txt': EXPORTS,
  '~/.aws/sso/cache/readme': EXPORTS,
  '~/.config/anthropic/configs/readme': EXPORTS,
  '$PROJ/src/.env': EXPORTS,
  '$PROJ/src/.claude/settings.json': SETTINGS,
  '/etc/claude-code/managed-settings.d/readme': SETTINGS,
  '/etc/claude-code/managed-settings.d/.hidden.json': SETTINGS,
  '/home/other/.claude.json': CLAUDE_JSON,
};

test('A file that nobody reads changes nothing.', async () => {
  await fc.assert(
    fc.asyncProperty(tree, environment, question, async (entries, variables, asked) => {
      const before = statusJson(await answer(entries, variables, asked));
      expect(statusJson(await answer({ ...UNRELATED, ...entries }, variables, asked))).toEqual(before);
    }),
  );
});

test('The same home gives the same answer.', async () => {
  await fc.assert(
    fc.asyncProperty(tree, environment, question, async (entries, variables, asked) => {
      const [one, other] = [await answer(entries, variables, asked), await answer(entries, variables, asked)];
      expect(statusJson(one)).toEqual(statusJson(other));
    }),
    { numRuns: 20 },
  );
});
