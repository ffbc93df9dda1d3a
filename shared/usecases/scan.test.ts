import { expect, test } from 'vitest';
import type { FileStore } from '../ports/file-store.ts';
import type { FileTree } from '../testing/file-tree.ts';
import { WORLD_HOME, worldPorts, type WorldOptions, type WorldPorts } from '../testing/worlds.ts';
import type { World } from '../testing/recorded-world.ts';
import { gatherFacts } from './gather/gather-facts.ts';
import { inspect } from './inspect.ts';
import { scan, type FoundFolder, type ScanEvent } from './scan.ts';

const ROOT = `${WORLD_HOME}/src`;

const env = (variables: Readonly<Record<string, string>>): string =>
  JSON.stringify({ env: variables }, undefined, 2);
const KEY = env({ ANTHROPIC_API_KEY: 'made-up-KEY' });
const PLAIN = env({ EDITOR: 'vi' });

/** Below the root, beside what a world has. */
function lay(tree: FileTree, world: World = {}, options: WorldOptions = {}): WorldPorts {
  const entries = Object.fromEntries(Object.entries(tree).map(([path, entry]) => [`${ROOT}/${path}`, entry]));
  return worldPorts(world, {
    ...options,
    entries: { [ROOT]: { kind: 'folder' }, ...entries, ...options.entries },
  });
}

async function eventsOf(
  { ports, request, context }: WorldPorts,
  roots: readonly string[] = [ROOT],
): Promise<ScanEvent[]> {
  const events: ScanEvent[] = [];
  for await (const event of scan(ports, { roots, context, question: request })) events.push(event);
  return events;
}

const foundIn = (events: readonly ScanEvent[]): readonly FoundFolder[] =>
  events.flatMap((event) => (event.kind === 'found' ? [event.found] : []));
const shortened = (path: string): string => (path === ROOT ? '.' : path.replace(`${ROOT}/`, ''));
const foldersIn = (events: readonly ScanEvent[]): readonly string[] =>
  foundIn(events).map(({ facts }) => shortened(facts.place.folder));
const skippedIn = (events: readonly ScanEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.kind === 'skipped'
      ? [`${shortened(event.skipped.path ?? event.skipped.folder)} ${event.skipped.reason}`]
      : [],
  );

test('Every folder whose settings name a credential is found, the given one as well, in the order of names.', async () => {
  const events = await eventsOf(
    lay({
      '.claude/settings.json': KEY,
      'b/.claude/settings.local.json': KEY,
      'a/deep/down/.claude/settings.json': KEY,
      'plain/.claude/settings.json': PLAIN,
      'none/README.md': '',
    }),
  );
  expect(foldersIn(events)).toEqual(['.', 'a/deep/down', 'b']);
  expect(skippedIn(events)).toEqual([]);
});

test('One folder is one entry, with both of its files and what each names.', async () => {
  const [found] = foundIn(
    await eventsOf(
      lay({
        'a/.claude/settings.json': '{\n "apiKeyHelper": "./key.sh"\n}',
        'a/.claude/settings.local.json': env({
          ANTHROPIC_API_KEY: 'x',
          ANTHROPIC_BASE_URL: 'https://g.example',
        }),
      }),
    ),
  );
  expect(found?.files).toEqual([
    {
      path: `${ROOT}/a/.claude/settings.json`,
      scope: 'project',
      state: 'used',
      reason: null,
      names: [{ name: 'apiKeyHelper', line: 2 }],
    },
    {
      path: `${ROOT}/a/.claude/settings.local.json`,
      scope: 'local',
      state: 'used',
      reason: null,
      names: [
        { name: 'ANTHROPIC_API_KEY', line: 3 },
        { name: 'ANTHROPIC_BASE_URL', line: 4 },
      ],
    },
  ]);
});

test('Only these two files in `.claude` count, and only there.', async () => {
  const events = await eventsOf(
    lay({
      'a/settings.json': KEY,
      'b/.claude/settings.json.bak': KEY,
      'c/.claude/more/settings.json': KEY,
      'd/x.claude/settings.json': KEY,
      'e/.claude': KEY,
    }),
  );
  expect(events).toEqual([]);
});

test('What git and npm keep is not entered; a work tree below the settings folder is.', async () => {
  const events = await eventsOf(
    lay({
      '.git/x/.claude/settings.json': KEY,
      'a/node_modules/x/.claude/settings.json': KEY,
      'a/.claude/worktrees/x/.claude/settings.json': KEY,
    }),
  );
  expect(foldersIn(events)).toEqual(['a/.claude/worktrees/x']);
});

test('Links to folders are not followed, but the files behind a linked settings folder are what Claude Code reads.', async () => {
  const events = await eventsOf(
    lay({
      'real/.claude/settings.json': KEY,
      again: { kind: 'link', to: 'real' },
      'real/up': { kind: 'link', to: '..' },
      'linked/.claude': { kind: 'link', to: '../real/.claude' },
      'file/.claude/settings.json': { kind: 'link', to: '../../real/.claude/settings.json' },
      'dangling/.claude/settings.json': { kind: 'link', to: 'nowhere' },
    }),
  );
  expect(foldersIn(events)).toEqual(['file', 'linked', 'real']);
  expect(skippedIn(events)).toEqual([]);
});

test('A broken settings file that mentions a credential is told, with the conflict; any other broken one is not.', async () => {
  const events = await eventsOf(
    lay({
      'a/.claude/settings.json': '{ "env": { "ANTHROPIC_API_KEY": "x", } }',
      'b/.claude/settings.json': '{ "env": { "EDITOR": "vi", } }',
    }),
  );
  const [found, ...more] = foundIn(events);
  expect(more).toEqual([]);
  expect(found?.files).toMatchObject([
    { state: 'dropped', reason: 'not-json', names: [{ name: 'ANTHROPIC_API_KEY' }] },
  ]);
  expect(found?.conflicts.map(({ code }) => code)).toContain('settings-file-dropped');
});

test('What could not be read is told, each thing once, and the rest goes on.', async () => {
  const events = await eventsOf(
    lay({
      'a/.claude/settings.json': { kind: 'fifo' },
      'b/.claude/settings.json': { kind: 'file', content: KEY, denied: true },
      'c/.claude/settings.json': KEY,
      'c/.claude': { kind: 'folder', denied: true },
      'd/.claude/settings.json': KEY,
      d: { kind: 'folder', denied: true },
      'e/.claude/settings.json': { kind: 'link', to: 'settings.json' },
      'f/.claude/settings.json/x': '',
      'g/.claude/settings.json': ' '.repeat(2 * 1024 * 1024 + 1),
      'z/.claude/settings.json': KEY,
    }),
  );
  expect(skippedIn(events)).toEqual([
    'a/.claude/settings.json not-a-file',
    'b/.claude/settings.json denied',
    'c/.claude denied',
    'd denied',
    'e/.claude/settings.json link-loop',
    'f/.claude/settings.json not-a-file',
    'g/.claude/settings.json too-large',
  ]);
  expect(foldersIn(events)).toEqual(['z']);
});

test.each([
  ['not there', 'none', 'absent'],
  ['a file', 'file', 'not-a-folder'],
  ['not to be read', 'denied', 'denied'],
])('When one of the given folders is %s nothing else is told.', async (_, name, reason) => {
  const world = lay({
    'a/.claude/settings.json': KEY,
    file: '',
    denied: { kind: 'folder', denied: true },
  });
  expect(await eventsOf(world, [`${ROOT}/a`, `${ROOT}/${name}`])).toEqual([
    { kind: 'root-unreadable', root: `${ROOT}/${name}`, reason },
  ]);
});

test('Folders that are given twice, in each other or by another name are told once.', async () => {
  const world = lay({
    'a/.claude/settings.json': KEY,
    'a/denied': { kind: 'folder', denied: true },
    again: { kind: 'link', to: 'a' },
  });
  const events = await eventsOf(world, [ROOT, `${ROOT}/a`, `${ROOT}/again`]);
  expect(foldersIn(events)).toEqual(['a']);
  expect(skippedIn(events)).toEqual(['a/denied denied']);
});

/** A user with something of everything. */
const BUSY: World = {
  env: {
    ANTHROPIC_AUTH_TOKEN: 'made-up-TOKEN',
    AWS_PROFILE: 'work',
    XDG_CONFIG_HOME: '/home/p/.config',
  },
  files: {
    '~/.claude/settings.json': { env: { ANTHROPIC_API_KEY: 'made-up-USER' }, apiKeyHelper: 'user-helper' },
    '~/.claude.json': {
      projects: { [`${ROOT}/b`]: { hasTrustDialogAccepted: true } },
      customApiKeyResponses: { approved: ['made-up-KEY'], rejected: [] },
      oauthAccount: { emailAddress: 'p@example.com' },
    },
    '~/.claude/.credentials.json': {
      claudeAiOauth: {
        accessToken: 'made-up-LOGIN',
        refreshToken: 'made-up-R',
        expiresAt: '"$NOW_MS+1"',
        scopes: ['user:inference'],
      },
    },
    '~/.aws/credentials': '[work]\naws_access_key_id = made-up\naws_secret_access_key = made-up',
    '~/.config/anthropic/active_config': 'mine',
    '~/.config/anthropic/configs/mine.json': { type: 'user_oauth', client_id: 'made-up' },
  },
  managed: { 'managed-settings.json': { env: { ANTHROPIC_BASE_URL: 'https://managed.example' } } },
};

const MANY: FileTree = {
  'a/.claude/settings.json': KEY,
  'b/.claude/settings.local.json': env({ CLAUDE_CODE_USE_BEDROCK: '1', AWS_PROFILE: 'none' }),
  'b/sub/.claude/settings.json': '{ "apiKeyHelper": "project-helper" }',
  'b/.git/HEAD': '',
  'c/.claude/settings.json': env({ ANTHROPIC_API_KEY: '', ANTHROPIC_AUTH_TOKEN: '' }),
  'd/.claude/settings.json': '{ "env": { "ANTHROPIC_API_KEY": "x" } ',
  'd/.claude/settings.local.json': env({ ANTHROPIC_PROFILE: 'mine', CLAUDE_CODE_OAUTH_TOKEN: 'made-up' }),
  'e/.claude/settings.json': env({ CLAUDE_CONFIG_DIR: 'own', ANTHROPIC_API_KEY: 'made-up' }),
};

test.each(['print', 'interactive', 'bare'] as const)(
  'In %s mode each answer is the one that is given for the folder alone.',
  async (mode) => {
    const world = lay(MANY, { ...BUSY, mode });
    const found = foundIn(await eventsOf(world));
    expect(found).toHaveLength(6);
    for (const { facts, verdict, pays, conflicts } of found) {
      const request = { ...world.request, folder: facts.place.folder, brief: true, runHelper: false };
      const alone = inspect(await gatherFacts(world.ports, request), world.context);
      expect({ facts, verdict, pays, conflicts }).toEqual({
        facts: alone.facts,
        verdict: alone.verdict,
        pays: alone.pays,
        conflicts: alone.conflicts,
      });
    }
  },
);

test('What belongs to the user is read once, and what belongs to a folder as well.', async () => {
  const plain = lay(MANY, BUSY);
  const reads: string[] = [];
  const files: FileStore = {
    ...plain.ports.files,
    read: (path, maxBytes, encoding) => {
      reads.push(path);
      return plain.ports.files.read(path, maxBytes, encoding);
    },
  };
  await eventsOf({ ...plain, ports: { ...plain.ports, files } });
  const theUsers = reads.filter((path) => !path.startsWith(`${ROOT}/`));
  expect(theUsers).toContain(`${WORLD_HOME}/.claude.json`);
  expect(theUsers).toEqual([...new Set(theUsers)]);
  expect(reads.filter((path) => path === `${ROOT}/a/.claude/settings.json`)).toHaveLength(1);
});

test('What is asked of other programs is asked once, and no helper is run.', async () => {
  const asked = { managed: 0, session: 0 };
  const plain = lay(MANY, BUSY);
  const world: WorldPorts = {
    ...plain,
    ports: {
      ...plain.ports,
      managed: {
        read: () => {
          asked.managed++;
          return Promise.resolve([]);
        },
      },
      session: {
        read: () => {
          asked.session++;
          return Promise.resolve([]);
        },
      },
    },
  };
  await eventsOf({ ...world, request: { ...world.request, surface: 'desktop' } });
  expect(asked.managed).toBe(1);
  expect(asked.session).toBeLessThanOrEqual(1);
  expect(plain.processes.requests).toEqual([]);
});

test('Settings that are left out are told as not read.', async () => {
  const world = lay({ 'a/.claude/settings.json': KEY });
  const request = { ...world.request, settingSources: ['user' as const] };
  const [found] = foundIn(await eventsOf({ ...world, request }));
  expect(found?.files).toMatchObject([{ state: 'not-read', names: [{ name: 'ANTHROPIC_API_KEY' }] }]);
  expect(found?.verdict.xApiKey ?? null).toBeNull();
});

test('Whoever stops early is not made to go on.', async () => {
  const world = lay(MANY);
  let seen = 0;
  for await (const event of scan(world.ports, {
    roots: [ROOT],
    context: world.context,
    question: world.request,
  })) {
    seen++;
    if (event.kind === 'found') break;
  }
  expect(seen).toBe(1);
});
