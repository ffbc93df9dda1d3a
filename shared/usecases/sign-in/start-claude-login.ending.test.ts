import { expect, test } from 'vitest';
import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import {
  accountFile,
  begunLogin,
  CLAUDE_JSON,
  CODE,
  inStore,
  LOGGED_IN,
  LOGIN_ENDS,
  LOGIN_FILE,
  loginFile,
  loginWorld,
  playedProgram,
  REFRESHED,
  SAID,
  startedLogin,
  type LoginWorld,
} from '../../testing/login-world.ts';
import { scriptedPrograms } from '../../testing/scripted-programs.ts';

const MANAGED = '/etc/claude-code/managed-settings.json';
const ORGANISATION = { [MANAGED]: JSON.stringify({ forceLoginOrgUUID: ['org-2'] }) };
const PROFILE = {
  '/home/p/.config/anthropic/configs/default.json': JSON.stringify({
    version: '1.0',
    authentication: { type: 'user_oauth' },
  }),
  '/home/p/.config/anthropic/credentials/default.json': JSON.stringify({
    type: 'oauth_token',
    access_token: 'sk-ant-oat01-made-up-profile',
    account_email: 'profile@example.com',
  }),
};

interface Ending {
  readonly way?: LoginWay;
  readonly files?: Readonly<Record<string, string>>;
  readonly says?: readonly (readonly [string, 'output' | 'error'])[];
  readonly code?: boolean;
  readonly saves?: (world: LoginWorld) => void;
  readonly exitCode?: number | null;
  readonly readOnly?: boolean;
  readonly becomes: object;
}

const failed = (why: string): object => ({ at: 'failed', why });
const done = (outcome: object): object => ({ at: 'done', outcome });

test.each<[title: string, ending: Ending]>([
  [
    'a login is in the store',
    { saves: inStore({ [LOGIN_FILE]: loginFile() }), becomes: done({ kept: 'login' }) },
  ],
  [
    'another login took the place of one',
    {
      files: LOGGED_IN,
      saves: inStore({ [LOGIN_FILE]: loginFile({ token: 'new', endsAt: LOGIN_ENDS + 1 }) }),
      becomes: done({ kept: 'login' }),
    },
  ],
  [
    'it was saved, though it ended badly',
    { saves: inStore({ [LOGIN_FILE]: loginFile() }), exitCode: 1, becomes: done({ kept: 'login' }) },
  ],
  [
    'the Console’s key',
    {
      way: 'console',
      saves: inStore({ [CLAUDE_JSON]: accountFile({ more: { primaryApiKey: 'sk-ant-api03-made-up' } }) }),
      becomes: done({ kept: 'key', plan: null, email: 'person@example.com' }),
    },
  ],
  [
    'a profile in place of the key',
    {
      way: 'console',
      saves: inStore(PROFILE),
      becomes: done({ kept: 'profile', email: 'profile@example.com' }),
    },
  ],
  [
    'a Claude login although the Console was asked for',
    { way: 'console', saves: inStore({ [LOGIN_FILE]: loginFile() }), becomes: done({ kept: 'login' }) },
  ],
  ['nothing was saved', { becomes: failed('nothing-saved') }],
  ['nothing was saved over an old login', { files: LOGGED_IN, becomes: failed('nothing-saved') }],
  [
    'remains of a login only',
    {
      saves: inStore({ [LOGIN_FILE]: '{"claudeAiOauth":{"accessToken":"","refreshToken":""}}' }),
      becomes: failed('nothing-saved'),
    },
  ],
  ['nothing could be saved', { readOnly: true, becomes: failed('store-read-only') }],
  [
    'nothing could be saved, and it says so by its exit code',
    {
      readOnly: true,
      code: true,
      exitCode: 1,
      says: [['EACCES: permission\n', 'error']],
      becomes: failed('store-read-only'),
    },
  ],
  [
    'another organisation',
    {
      files: ORGANISATION,
      saves: inStore({ [LOGIN_FILE]: loginFile(), [CLAUDE_JSON]: accountFile() }),
      becomes: failed('wrong-organisation'),
    },
  ],
  [
    'the organisation that is demanded',
    {
      files: { [MANAGED]: JSON.stringify({ forceLoginOrgUUID: ['org-1'] }) },
      saves: inStore({ [LOGIN_FILE]: loginFile(), [CLAUDE_JSON]: accountFile() }),
      becomes: done({ kept: 'login' }),
    },
  ],
  [
    'recorded: no connection',
    {
      code: true,
      exitCode: 1,
      says: [["Couldn't log in: connect ECONNREFUSED 127.0.0.1:9\n", 'error']],
      becomes: failed('no-connection'),
    },
  ],
  [
    'the code was refused',
    {
      code: true,
      exitCode: 1,
      says: [["Couldn't log in: Invalid code\n", 'error']],
      becomes: failed('code-refused'),
    },
  ],
  [
    'some other reason',
    { code: true, exitCode: 1, says: [['Nein.\n', 'error']], becomes: failed('refused') },
  ],
  [
    'a reason before any code',
    { exitCode: 1, says: [['Callback with a wrong state\n', 'error']], becomes: failed('refused') },
  ],
  [
    'a session refreshed its token meanwhile, and the login failed',
    { files: LOGGED_IN, saves: inStore(REFRESHED), exitCode: 1, becomes: failed('refused') },
  ],
  ['somebody killed it', { exitCode: null, becomes: failed('interrupted') }],
  ['somebody ended it', { exitCode: 143, becomes: failed('interrupted') }],
])('Once it has ended, the store tells: %s.', async (_, ending) => {
  const {
    way = 'claude',
    files = {},
    says = [],
    code = false,
    saves,
    exitCode = 0,
    readOnly = false,
    becomes,
  } = ending;
  const world = loginWorld({ files, writer: { refuse: () => (readOnly ? 'read-only-file-system' : null) } });
  if (readOnly) world.disk.write(CLAUDE_JSON, '{}');
  const { login, program } = await startedLogin(world, { way });
  program.says(SAID);
  if (code) login.paste(CODE);
  for (const [text, from] of says) program.says(text, from);
  saves?.(world);
  program.ends(exitCode);
  expect((await login.ended).step).toMatchObject(becomes);
});

test.each<[title: string, says: readonly [string, 'output' | 'error'][], exitCode: number]>([
  ['recorded: both flags', [["Error: --console and --claudeai can't be used together.\n", 'error']], 1],
  ['no such command', [["error: unknown command 'auth'\n", 'error']], 1],
  ['no word at all', [], 127],
  ['a shell that cannot run it', [['sh: 1: exec: /opt/claude: Permission denied\n', 'error']], 126],
  [
    'a shell that cannot run it, and a network in its name',
    [['exec: /opt/network-ECONNREFUSED/claude: not found\n', 'error']],
    127,
  ],
])('A program that ends at once was another one than is known: %s.', async (_, says, exitCode) => {
  const world = loginWorld();
  const { login, program } = await startedLogin(world);
  for (const [text, from] of says) program.says(text, from);
  program.ends(exitCode);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A program that could not be run says nothing about the store, which cannot be written either.', async () => {
  const world = loginWorld({ writer: { refuse: () => 'read-only-file-system' } });
  world.disk.write(CLAUDE_JSON, '{}');
  const { login, program } = await startedLogin(world);
  program.ends(126);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A program that cannot be started is told.', async () => {
  const login = begunLogin(loginWorld({}, scriptedPrograms(false)));
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A keychain that is locked is why nothing was saved.', async () => {
  const world = loginWorld();
  const login = begunLogin(world, {
    ports: { keychain: { find: () => Promise.resolve({ state: 'locked' }) } },
  });
  (await playedProgram(world)).ends(0);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'keychain-locked' });
});

test.each([
  [1000, 2000, { at: 'done', outcome: { kept: 'login', loginEndsAt: null } }],
  [1000, 1000, { at: 'failed', why: 'nothing-saved' }],
])('An item of the keychain that was changed at %i and then at %i.', async (before, after, becomes) => {
  const world = loginWorld();
  let changedAt = before;
  const keychain = {
    find: (service: string) =>
      Promise.resolve(
        service.includes('credentials')
          ? ({ state: 'found', changedAt } as const)
          : ({ state: 'absent' } as const),
      ),
  };
  const login = begunLogin(world, { ports: { keychain } });
  const program = await playedProgram(world);
  changedAt = after;
  program.ends(0);
  expect((await login.ended).step).toMatchObject(becomes);
});

test('Whatever goes wrong in looking afterwards, it ends, and tells no more than a code.', async () => {
  const world = loginWorld();
  let broken = false;
  const files: typeof world.ports.files = {
    ...world.ports.files,
    read: (...asked) => {
      if (broken) throw new Error('made-up trouble with sk-ant-made-up');
      return world.ports.files.read(...asked);
    },
  };
  const login = begunLogin(world, { ports: { files } });
  const program = await playedProgram(world);
  broken = true;
  program.ends(0);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'interrupted' });
});
