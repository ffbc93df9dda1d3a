import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import {
  FEDERATION,
  HELPER,
  inspectGiven,
  KEY,
  OAUTH,
  saidWhere,
  TOKEN,
  type Given,
} from '../../testing/given.ts';

type Row = readonly [title: string, given: Given, answer: string];

/** `source@place / source@place` */
function agrees(rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, given, answer) => {
    expect(saidWhere((await inspectGiven(given)).verdict)).toBe(answer);
  });
}

const key = (text: string): { readonly ANTHROPIC_API_KEY: string } => ({ ANTHROPIC_API_KEY: text });
const LAYERS = ['shell', 'claudeJson', 'user', 'project', 'local', 'flag', 'managed'] as const;
const PLACES = ['process', 'claude-json', 'user', 'project', 'local', 'flag', 'managed'] as const;

describe('Each place overwrites those below it, per variable', () => {
  agrees(
    LAYERS.map((_, top): Row => [
      `up to ${PLACES[top] ?? ''}`,
      Object.fromEntries(LAYERS.slice(0, top + 1).map((layer) => [layer, key(layer)])),
      `- / api-key@${PLACES[top] ?? ''}`,
    ]),
  );
  agrees(
    LAYERS.slice(1).map((layer, below): Row => [
      `an empty text in ${layer} cancels ${LAYERS[below] ?? ''}`,
      { [LAYERS[below] ?? '']: key('a'), [layer]: key(''), login: true },
      'claude-login@credentials-file / -',
    ]),
  );
  agrees([
    [
      'two variables from two places',
      { user: TOKEN, local: key('a'), shell: { ANTHROPIC_AUTH_TOKEN: 'other' } },
      'auth-token@user / api-key@local',
    ],
    [
      'white space in a higher file counts, and is none',
      { user: key('a'), local: key('  '), login: true },
      'claude-login@credentials-file / -',
    ],
  ]);
});

describe('Helpers: the highest file that sets one', () => {
  const all = { user: HELPER, project: HELPER, local: HELPER, flag: HELPER, managed: HELPER };
  const from = (place: string): string => `api-key-helper@${place} / api-key-helper@${place}`;
  agrees([
    ['managed', { helper: all }, from('managed')],
    ['--settings', { helper: { user: HELPER, project: HELPER, local: HELPER, flag: HELPER } }, from('flag')],
    ['local', { helper: { user: HELPER, project: HELPER, local: HELPER } }, from('local')],
    ['project', { helper: { user: HELPER, project: HELPER } }, from('project')],
    ['user', { helper: { user: HELPER } }, from('user')],
    [
      'an empty one above',
      { helper: { user: HELPER, project: '' }, login: true },
      'claude-login@credentials-file / -',
    ],
    ['an empty managed one', { helper: { ...all, managed: '' }, shell: OAUTH }, 'oauth-token@process / -'],
    [
      'one in .claude.json is none',
      { files: { '~/.claude.json': { apiKeyHelper: HELPER } } },
      'refuses not-logged-in',
    ],
  ]);
});

describe('What a folder’s own files cannot bring', () => {
  const nothing = 'refuses not-logged-in';
  agrees([
    ['an OAuth token, project', { project: OAUTH }, nothing],
    ['an OAuth token, local', { local: OAUTH }, nothing],
    ['an OAuth token over another', { project: OAUTH, user: OAUTH }, 'oauth-token@user / -'],
    [
      'an empty one does not cancel',
      { local: { CLAUDE_CODE_OAUTH_TOKEN: '' }, shell: OAUTH },
      'oauth-token@process / -',
    ],
    ['federation', { local: FEDERATION }, nothing],
    ['federation in user settings counts', { user: FEDERATION }, 'federation@user / -'],
    ['bare mode', { project: { CLAUDE_CODE_SIMPLE: '1' }, login: true }, 'claude-login@credentials-file / -'],
    [
      'another configuration folder',
      { local: { CLAUDE_CONFIG_DIR: '/home/p/alt' }, login: true },
      'claude-login@credentials-file / -',
    ],
    [
      'the rest is taken, trusted or not',
      { project: key('a'), local: TOKEN },
      'auth-token@local / api-key@project',
    ],
  ]);
});

describe('A settings file with one flaw is dropped whole', () => {
  const text = (more: string): Given => ({
    files: { '~/.claude/settings.json': `{"env":{"ANTHROPIC_API_KEY":"k"},${more}}` },
    login: true,
  });
  const dropped = 'claude-login@credentials-file / -';
  agrees([
    ['as it should be', text('"x":1'), '- / api-key@user'],
    ['a comment', text('"x":1 // why'), dropped],
    ['a trailing comma', text('"x":1,'), dropped],
    [
      'cut off',
      { files: { '~/.claude/settings.json': '{"env":{"ANTHROPIC_API_KEY":"k"}' }, login: true },
      dropped,
    ],
    ['a list', { files: { '~/.claude/settings.json': '[]' }, login: true }, dropped],
    ['the helper is a list', text('"apiKeyHelper":["x"]'), dropped],
    ['permissions are a text', text('"permissions":"x"'), dropped],
    ['the model is a number', text('"model":5'), dropped],
    ['a theme of whatever type', text('"theme":5'), '- / api-key@user'],
    [
      'a byte order mark',
      { files: { '~/.claude/settings.json': '\ufeff{"env":{"ANTHROPIC_API_KEY":"k"}}' } },
      '- / api-key@user',
    ],
    [
      'CRLF',
      { files: { '~/.claude/settings.json': '{\r\n"env":{\r\n"ANTHROPIC_API_KEY":"k"}}' } },
      '- / api-key@user',
    ],
    [
      'the last of duplicate names',
      {
        files: {
          '~/.claude/settings.json': '{"env":{"ANTHROPIC_API_KEY":""},"env":{"ANTHROPIC_API_KEY":"k"}}',
        },
      },
      '- / api-key@user',
    ],
    [
      'one bad file leaves the others alone',
      {
        ...text('"x":1'),
        project: TOKEN,
        files: { ...text('"x":1').files, '$PROJ/.claude/settings.local.json': '{' },
      },
      'auth-token@project / api-key@user',
    ],
  ]);
});

describe('Managed settings', () => {
  agrees([
    ['beat all', { managed: key('m'), flag: key('f'), shell: KEY }, '- / api-key@managed'],
    ['cancel', { managed: key(''), local: key('l'), login: true }, 'claude-login@credentials-file / -'],
  ]);

  test.each([
    ['{', 'refuses config-broken'],
    ['[]', 'refuses config-broken'],
    ['null', 'refuses config-broken'],
    ['', '- / api-key@process'],
    ['{"permissions":"x","env":{"ANTHROPIC_API_KEY":"m"}}', '- / api-key@managed'],
    ['{"env":"x"}', '- / api-key@process'],
    ['{"apiKeyHelper":5,"env":{"ANTHROPIC_API_KEY":"m"}}', '- / api-key@managed'],
  ])('A file with a flaw: %s', async (text, answer) => {
    const entries = { '/etc/claude-code/managed-settings.d/10.json': text };
    const { verdict } = await inspectGiven({ shell: KEY }, { entries });
    expect(saidWhere(verdict)).toBe(answer);
  });

  test('A file that is too large stops everything, too.', async () => {
    const entries = { '/etc/claude-code/managed-settings.json': ' '.repeat(2 * 1024 * 1024 + 1) };
    expect(saidWhere((await inspectGiven({ shell: KEY }, { entries })).verdict)).toBe(
      'refuses config-broken',
    );
  });

  test('Later drop-ins overwrite, by code unit; hidden files and others are passed over.', async () => {
    const dropIn = (name: string): [string, string] => [
      `/etc/claude-code/managed-settings.d/${name}`,
      JSON.stringify({ env: { ANTHROPIC_API_KEY: name } }),
    ];
    const entries = Object.fromEntries(['10.json', '9.json', '.z.json', 'z.txt'].map(dropIn));
    const { verdict } = await inspectGiven({ managed: key('base') }, { entries });
    expect(verdict.xApiKey?.reading.origin.path).toBe('/etc/claude-code/managed-settings.d/9.json');
  });
});

describe('--settings and --setting-sources', () => {
  const settings = (value: string): Given => ({ args: ['--settings', value], login: true });
  const login = 'claude-login@credentials-file / -';
  agrees([
    ['JSON', settings('{"env":{"ANTHROPIC_API_KEY":"k"}}'), '- / api-key@flag'],
    ['JSON with a comment', settings('{"env":{}/**/}'), 'refuses config-broken'],
    ['JSON with a wrong type is passed over', settings('{"env":[]}'), login],
    ['a path to nothing', settings('gone.json'), 'refuses config-broken'],
    ['a path to a folder', settings('/home/p'), 'refuses config-broken'],
    [
      'a path, from the start folder',
      { ...settings('s.json'), files: { '$PROJ/s.json': { env: KEY } } },
      '- / api-key@flag',
    ],
    [
      'a file that is cut off is passed over',
      { ...settings('s.json'), files: { '$PROJ/s.json': '{' } },
      login,
    ],
    [
      'the tilde is no home',
      { ...settings('~/s.json'), files: { '~/s.json': { env: KEY } } },
      'refuses config-broken',
    ],
    [
      'sources that are left out',
      { user: KEY, project: TOKEN, args: ['--setting-sources', 'project'] },
      'auth-token@project / -',
    ],
    [
      'managed settings cannot be left out',
      { managed: KEY, user: TOKEN, args: ['--setting-sources', 'local'] },
      '- / api-key@managed',
    ],
  ]);
});

describe('A restricted session', () => {
  const on = { CLAUDE_CODE_RESTRICTED: '1' };
  agrees([
    ['takes nothing from user settings', { shell: on, user: KEY }, 'refuses not-logged-in'],
    ['is asked for by an option as well', { args: ['--restricted'], user: KEY }, 'refuses not-logged-in'],
    ['nor a helper', { shell: on, helper: 'echo x', login: true }, 'claude-login@credentials-file / -'],
    ['nor anything from the folder', { shell: on, project: KEY, local: TOKEN }, 'refuses not-logged-in'],
    [
      'which cancel nothing either',
      { shell: { ...on, ...KEY }, user: { ANTHROPIC_API_KEY: '' } },
      '- / api-key@process',
    ],
    ['takes what --settings gives', { shell: on, flag: KEY }, '- / api-key@flag'],
    ['and managed settings', { shell: on, managed: KEY }, '- / api-key@managed'],
    ['and .claude.json', { shell: on, claudeJson: KEY }, '- / api-key@claude-json'],
    [
      'brings no source back',
      { shell: on, user: KEY, args: ['--setting-sources', 'user'] },
      'refuses not-logged-in',
    ],
    [
      'is one in any writing of on',
      { shell: { CLAUDE_CODE_RESTRICTED: ' Yes ' }, user: KEY },
      'refuses not-logged-in',
    ],
    [
      'cannot be switched on by a file',
      { managed: on, claudeJson: on, user: { ...on, ...KEY } },
      '- / api-key@user',
    ],
    ['is not known to older versions', { shell: on, user: KEY, version: '2.1.221' }, '- / api-key@user'],
  ]);
});

describe('Folders', () => {
  const alt = { '~/alt/settings.json': { env: TOKEN }, '~/alt/.claude.json': { primaryApiKey: 'k' } };
  const usual: Given = { user: KEY, consoleKey: 'usual', login: true };
  agrees([
    [
      'CLAUDE_CONFIG_DIR moves settings, login and .claude.json',
      { ...usual, shell: { CLAUDE_CONFIG_DIR: '$HOME_DIR/alt' }, files: alt },
      'auth-token@user / console-key@claude-json',
    ],
    [
      'relative to the start folder',
      {
        shell: { CLAUDE_CONFIG_DIR: 'alt' },
        files: { '$PROJ/alt/settings.json': { env: TOKEN } },
      },
      'auth-token@user / -',
    ],
    [
      'in user settings it moves login and settings, and the old variables stay',
      {
        user: { ...KEY, CLAUDE_CONFIG_DIR: '$HOME_DIR/alt' },
        login: true,
        files: { '~/alt/settings.json': { env: TOKEN } },
      },
      'auth-token@user / api-key@user',
    ],
    [
      'CLAUDE_SECURESTORAGE_CONFIG_DIR moves the login alone',
      { login: true, user: KEY, shell: { CLAUDE_SECURESTORAGE_CONFIG_DIR: '$HOME_DIR/other' } },
      '- / api-key@user',
    ],
    [
      'and without it there is no login',
      { login: true, shell: { CLAUDE_SECURESTORAGE_CONFIG_DIR: '$HOME_DIR/other' } },
      'refuses not-logged-in',
    ],
    [
      '.config.json takes the place of .claude.json',
      { consoleKey: 'a', files: { '~/.claude/.config.json': {} } },
      'refuses not-logged-in',
    ],
    [
      'sub-folder: the project file of the start folder only',
      {
        cwd: '$PROJ/sub',
        project: KEY,
        files: { '$PROJ/.git/HEAD': '', '$PROJ/sub/.claude/settings.json': { env: TOKEN } },
      },
      'auth-token@project / -',
    ],
    [
      'sub-folder: the local file of the root wins, per variable',
      {
        cwd: '$PROJ/sub',
        local: KEY,
        files: {
          '$PROJ/.git/HEAD': '',
          '$PROJ/sub/.claude/settings.local.json': { env: { ...TOKEN, ...key('sub') } },
        },
      },
      'auth-token@local / api-key@local',
    ],
    [
      'sub-folder: without a repository nothing of the folder above',
      { cwd: '$PROJ/sub', local: KEY },
      'refuses not-logged-in',
    ],
  ]);

  test('Of two local files the root’s value is sent.', async () => {
    const { verdict } = await inspectGiven({
      cwd: '$PROJ/sub',
      local: KEY,
      files: { '$PROJ/.git/HEAD': '', '$PROJ/sub/.claude/settings.local.json': { env: key('sub') } },
    });
    expect(verdict.xApiKey?.reading.origin.path).toBe('/home/p/app/.claude/settings.local.json');
  });
});

describe('.claude.json', () => {
  const file = (content: unknown): Given => ({ shell: KEY, files: { '~/.claude.json': content } });
  agrees([
    ['that is not JSON stops everything', file('{'), 'refuses config-broken'],
    [
      'in its former place, empty, does not count',
      { files: { '~/.claude/.config.json': '', '~/.claude.json': { env: KEY } } },
      '- / api-key@claude-json',
    ],
    [
      'in its former place counts, were it white space',
      { files: { '~/.claude/.config.json': ' \n', '~/.claude.json': { env: KEY } } },
      'refuses not-logged-in',
    ],
    ['with a comment stops everything', file('{} // x'), 'refuses config-broken'],
    ['that is empty', file(''), '- / api-key@process'],
    ['that is a list', file('[]'), '- / api-key@process'],
    ['a number in its env', { claudeJson: { ANTHROPIC_AUTH_TOKEN: 12 } }, 'auth-token@claude-json / -'],
    ['null in its env is none', { claudeJson: { ANTHROPIC_AUTH_TOKEN: null } }, 'refuses not-logged-in'],
    ['an object in its env is none', { claudeJson: { ANTHROPIC_AUTH_TOKEN: {} } }, 'refuses not-logged-in'],
    ['a Console key with white space around it', { consoleKey: ' pk ' }, '- / console-key@claude-json'],
    ['a Console key that is a number is none', { consoleKey: 12 }, 'refuses not-logged-in'],
    ['a Console key of white space is none', { consoleKey: '  ' }, 'refuses not-logged-in'],
    ['a Console key with a line end is none', { consoleKey: 'a\nb' }, 'refuses not-logged-in'],
  ]);

  test('One that cannot be read leaves nobody the wiser.', async () => {
    const denied = { kind: 'file', content: '{}', denied: true } as const;
    const { verdict } = await inspectGiven({ shell: KEY }, { entries: { '~/.claude.json': denied } });
    expect(saidWhere(verdict)).toBe('unknown claude-json-not-readable');
  });

  test.each<[string, FileTree]>([
    ['that is a link to itself', { '~/.claude.json': { kind: 'link', to: '.claude.json' } }],
    ['in its former place, a folder', { '~/.claude/.config.json': { kind: 'folder' } }],
    [
      'in its former place, a link to itself',
      { '~/.claude/.config.json': { kind: 'link', to: '.config.json' } },
    ],
  ])('One %s does not count.', async (_, entries) => {
    expect(saidWhere((await inspectGiven({ shell: KEY }, { entries })).verdict)).toBe('- / api-key@process');
  });

  test('Nor can it then be said whether the folder is trusted.', async () => {
    const entries = { '~/.claude.json': { kind: 'fifo' } } as const;
    const { verdict } = await inspectGiven({ mode: 'interactive', trusted: false, login: true }, { entries });
    expect(saidWhere(verdict)).toBe('unknown claude-json-not-readable');
  });
});

test('A store that is not JSON holds no login.', async () => {
  const files = { '~/.claude/.credentials.json': '{' };
  expect(saidWhere((await inspectGiven({ files })).verdict)).toBe('refuses not-logged-in');
  expect(saidWhere((await inspectGiven({ files, consoleKey: true })).verdict)).toBe(
    '- / console-key@claude-json',
  );
});

test.each<[string, FileTree]>([
  ['a folder', { '~/.claude/.credentials.json': { kind: 'folder' } }],
  ['a link to a folder', { '~/.claude/.credentials.json': { kind: 'link', to: '.' } }],
  ['a link to itself', { '~/.claude/.credentials.json': { kind: 'link', to: '.credentials.json' } }],
])('A store that is %s holds no login.', async (_, entries) => {
  expect(saidWhere((await inspectGiven({}, { entries })).verdict)).toBe('refuses not-logged-in');
  expect(saidWhere((await inspectGiven({ consoleKey: true }, { entries })).verdict)).toBe(
    '- / console-key@claude-json',
  );
});

test.each<[string, Given]>([
  ['nothing', {}],
  ['a key', { shell: KEY }],
  ['a key in a bare run', { shell: KEY, mode: 'bare' }],
  ['an OAuth token', { shell: OAUTH }],
  ['Bedrock', { shell: { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'b' } }],
])('A store that is a FIFO leaves nobody the wiser, beside %s.', async (_, given) => {
  const entries = { '~/.claude/.credentials.json': { kind: 'fifo' } } as const;
  expect(saidWhere((await inspectGiven(given, { entries })).verdict)).toBe('unknown store-not-readable');
});

describe('A store that cannot be read', () => {
  const denied = { '~/.claude/.credentials.json': { kind: 'file', content: '{}', denied: true } } as const;
  test.each<[string, Given, string]>([
    ['decides when nothing above it is there', {}, 'unknown store-not-readable'],
    ['decides over a Console key', { consoleKey: true }, 'unknown store-not-readable'],
    ['decides over an active profile', { profile: 'active' }, 'unknown store-not-readable'],
    ['does not matter below an OAuth token', { shell: OAUTH }, 'oauth-token@process / -'],
    ['does not matter below a key', { shell: KEY }, '- / api-key@process'],
    ['does not matter in a bare run', { mode: 'bare' }, 'refuses not-logged-in'],
    [
      'does not matter to an embedding program',
      { shell: { CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST: '1' } },
      'refuses not-logged-in',
    ],
    ['does not matter to a provider', { shell: { CLAUDE_CODE_USE_BEDROCK: '1' } }, 'unknown cloud-chain'],
  ])('It %s.', async (_, given, answer) => {
    expect(saidWhere((await inspectGiven(given, { entries: denied })).verdict)).toBe(answer);
  });
});
