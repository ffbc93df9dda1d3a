import { expect, test, vi } from 'vitest';
import type { ClaudeLoginState, LoginWay } from '../../core/sign-in/claude-login.ts';
import {
  accountFile,
  CLAUDE_JSON,
  LOGIN_FILE,
  loginFile,
  loginWorld,
  type LoginWorld,
} from '../../testing/login-world.ts';
import { scriptedPrograms, type PlayedProgram } from '../../testing/scripted-programs.ts';
import type { RunningClaudeLogin } from './running-sign-in.ts';
import { LONGEST_WAIT, QUIET, startClaudeLogin } from './start-claude-login.ts';

const LINK = 'https://claude.com/cai/oauth/authorize?code=true&code_challenge=CHALLENGE&state=STATE';
const SAID = `Opening browser to sign in…\nIf the browser didn't open, visit: ${LINK}\nPaste code here if prompted > `;
const CODE = 'made-up-CODE-0123456789#STATE';
const IN_A_MONTH = 1_797_700_000_000;

interface Started {
  readonly login: RunningClaudeLogin;
  readonly program: PlayedProgram;
  readonly states: ClaudeLoginState[];
}

function begun(world: LoginWorld, way: LoginWay = 'claude', email: string | null = null): RunningClaudeLogin {
  const { ports, look, program } = world;
  return startClaudeLogin(ports, { way, email, program, look });
}

/** A login whose program runs. */
async function started(world: LoginWorld, way: LoginWay = 'claude'): Promise<Started> {
  const login = begun(world, way);
  const states: ClaudeLoginState[] = [];
  login.onChange(() => states.push(login.state()));
  return { login, states, program: await played(world) };
}

async function played({ programs }: LoginWorld): Promise<PlayedProgram> {
  return vi.waitUntil(() => programs.played[0], { interval: 1 });
}

test.each<[LoginWay, string | null, readonly string[]]>([
  ['claude', null, ['auth', 'login', '--claudeai']],
  ['console', null, ['auth', 'login', '--console']],
  ['sso', 'person@example.com', ['auth', 'login', '--sso', '--email', 'person@example.com']],
])('Starts the program itself, with words and no shell: %s %s.', async (way, email, args) => {
  const world = loginWorld();
  const login = begun(world, way, email);
  const { request } = await played(world);
  expect(request).toMatchObject({
    file: '/opt/claude/claude',
    args,
    folder: '/home/p',
    variables: { HOME: '/home/p' },
  });
  await login.cancel();
});

test.each([
  '--help',
  '-x@y',
  'a b@example.com',
  'a@b\n',
  'a;b@example.com',
  '$(id)@example.com',
  'nobody',
  '',
  '@',
  'a@-b',
  `${'a'.repeat(250)}@example.com`,
])('Starts nothing for %j, which is no address.', async (email) => {
  const world = loginWorld();
  const state = await begun(world, 'claude', email).ended;
  expect(state.step).toEqual({ at: 'failed', why: 'not-started' });
  expect(world.programs.played).toEqual([]);
});

test('A login from its start to its end.', async () => {
  const world = loginWorld();
  const { login, program, states } = await started(world);
  expect(login.state()).toMatchObject({
    step: { at: 'starting' },
    link: null,
    browserAt: null,
    asksCode: false,
  });
  world.clock.advance(1000);
  for (const piece of SAID.match(/[^]{1,7}/g) ?? []) program.says(piece);
  expect(login.state()).toEqual({
    way: 'claude',
    step: { at: 'waiting' },
    startedAt: world.clock.now() - 1000,
    browserAt: world.clock.now(),
    link: { url: LINK, host: 'claude.com' },
    asksCode: true,
    code: 'none',
  });
  expect(login.address()).toBe(LINK);
  expect(await login.openAgain()).toBe('opened');
  expect(world.browser.opened).toEqual([LINK]);
  login.paste(`  ${CODE}\n`);
  expect(program.received).toEqual([`${CODE}\n`]);
  expect(login.state().code).toBe('sent');
  program.says(`${CODE}\nLogin successful.\n`);
  world.disk.write(LOGIN_FILE, loginFile({ endsAt: IN_A_MONTH }));
  world.disk.write(CLAUDE_JSON, accountFile());
  program.ends(0);
  expect((await login.ended).step).toEqual({
    at: 'done',
    outcome: {
      kept: 'login',
      loginEndsAt: IN_A_MONTH,
      plan: 'max',
      email: 'person@example.com',
      organisation: 'Example Org',
    },
  });
  expect(login.address()).toBeNull();
  expect(await login.openAgain()).toBe('failed');
  expect(states.map(({ step }) => step.at)).toEqual(
    expect.arrayContaining(['waiting', 'checking', 'done']) as unknown,
  );
  expect(world.scheduler.pending).toBe(0);
});

test('No state that anybody sees holds the code or any piece of it, also when it is echoed and refused.', async () => {
  const world = loginWorld();
  const { login, program, states } = await started(world);
  program.says(SAID);
  login.paste(CODE);
  program.says(`> ${CODE}\n`);
  program.says(
    `Couldn't log in: the code ${CODE} is invalid, see https://claude.com/?state=${CODE}\n`,
    'error',
  );
  world.scheduler.pass(QUIET);
  program.ends(1);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'code-refused' });
  expect(JSON.stringify(states)).not.toContain('made-up-CODE');
  expect(states.length).toBeGreaterThan(2);
});

test('What is not a whole code is not sent, nor one of another attempt; a whole one is, even after these.', async () => {
  const world = loginWorld();
  const { login, program } = await started(world);
  program.says(SAID);
  login.paste('made-up-CODE');
  expect(login.state().code).toBe('incomplete');
  login.paste('made-up-CODE#ANOTHER');
  expect(login.state().code).toBe('other-attempt');
  expect(program.received).toEqual([]);
  login.paste(`https://platform.claude.com/oauth/code/callback?code=made-up-CODE&state=STATE`);
  expect(program.received).toEqual(['made-up-CODE#STATE\n']);
  program.says(
    "That doesn't look like the full code. Copy all of it, including the # in the middle.\n",
    'error',
  );
  world.scheduler.pass(QUIET);
  expect(login.state()).toMatchObject({
    step: { at: 'waiting' },
    code: 'incomplete',
    asksCode: true,
    link: { url: LINK },
  });
  await login.cancel();
  login.paste(CODE);
  expect(program.received).toHaveLength(1);
});

test('A program with other words, without a prompt and without a known link is waited for all the same.', async () => {
  const world = loginWorld();
  const { login, program } = await started(world);
  program.says('Bitte im Browser anmelden: https://evil.example/?state=1\n');
  expect(login.state()).toMatchObject({ step: { at: 'waiting' }, link: null, asksCode: false });
  program.says('Code');
  world.scheduler.pass(QUIET);
  expect(login.state()).toMatchObject({ link: null, asksCode: true });
  expect(login.address()).toBeNull();
  expect(await login.openAgain()).toBe('failed');
  expect(world.browser.opened).toEqual([]);
  world.disk.write(LOGIN_FILE, loginFile());
  program.ends(0);
  expect((await login.ended).step).toMatchObject({
    at: 'done',
    outcome: { kept: 'login', loginEndsAt: null },
  });
});

const inStore = (files: Readonly<Record<string, string>>) => (world: LoginWorld) => {
  for (const [path, text] of Object.entries(files)) world.disk.write(path, text);
};
const MANAGED = '/etc/claude-code/managed-settings.json';
const ORGANISATION = { [MANAGED]: JSON.stringify({ forceLoginOrgUUID: ['org-2'] }) };
const OLD = { [LOGIN_FILE]: loginFile({ token: 'old', endsAt: IN_A_MONTH }), [CLAUDE_JSON]: accountFile() };
const REFRESHED = { [LOGIN_FILE]: loginFile({ token: 'refreshed', endsAt: IN_A_MONTH }) };
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
      files: OLD,
      saves: inStore({ [LOGIN_FILE]: loginFile({ token: 'new', endsAt: IN_A_MONTH + 1 }) }),
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
  ['nothing was saved over an old login', { files: OLD, becomes: failed('nothing-saved') }],
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
    { files: OLD, saves: inStore(REFRESHED), exitCode: 1, becomes: failed('refused') },
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
  const { login, program } = await started(world, way);
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
  const { login, program } = await started(world);
  for (const [text, from] of says) program.says(text, from);
  program.ends(exitCode);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A program that could not be run says nothing about the store, which cannot be written either.', async () => {
  const world = loginWorld({ writer: { refuse: () => 'read-only-file-system' } });
  world.disk.write(CLAUDE_JSON, '{}');
  const { login, program } = await started(world);
  program.ends(126);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A program that cannot be started is told.', async () => {
  const login = begun(loginWorld({}, scriptedPrograms(false)));
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'not-started' });
});

test('A keychain that is locked is why nothing was saved.', async () => {
  const world = loginWorld();
  const login = startClaudeLogin(
    { ...world.ports, keychain: { find: () => Promise.resolve({ state: 'locked' }) } },
    { way: 'claude', email: null, program: world.program, look: world.look },
  );
  (await played(world)).ends(0);
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
  const login = startClaudeLogin(
    { ...world.ports, keychain },
    { way: 'claude', email: null, program: world.program, look: world.look },
  );
  const program = await played(world);
  changedAt = after;
  program.ends(0);
  expect((await login.ended).step).toMatchObject(becomes);
});

test('Cancelling stops the program and leaves everything as it was.', async () => {
  const world = loginWorld({ files: OLD });
  const { login, program, states } = await started(world);
  program.says(SAID);
  await Promise.all([login.cancel(), login.cancel()]);
  expect(program.stopped).toBe(true);
  expect(login.state()).toMatchObject({ step: { at: 'cancelled' }, link: null, asksCode: false });
  expect(states.map(({ step }) => step.at)).toContain('stopping');
  await login.cancel();
  expect(world.scheduler.pending).toBe(0);
});

test('Cancelled before it began, nothing is started.', async () => {
  const world = loginWorld();
  const login = begun(world);
  await login.cancel();
  expect(login.state().step).toEqual({ at: 'cancelled' });
  expect(world.programs.played).toEqual([]);
});

test('A login that ended well while it was being cancelled is told as what it is.', async () => {
  const world = loginWorld(
    {},
    scriptedPrograms(true, (program) => {
      world.disk.write(LOGIN_FILE, loginFile());
      program.ends(0, 'itself');
    }),
  );
  const { login } = await started(world);
  await login.cancel();
  expect(login.state().step).toMatchObject({ at: 'done' });
});

test('An interrupt that ends it with 0 is not taken for a login, even where a session refreshes its token.', async () => {
  const world = loginWorld(
    { files: OLD },
    scriptedPrograms(true, (program) => {
      inStore(REFRESHED)(world);
      program.ends(0, 'interrupt');
    }),
  );
  const { login } = await started(world);
  await login.cancel();
  expect(login.state().step).toEqual({ at: 'cancelled' });
});

test('It waits for an hour and no longer.', async () => {
  const world = loginWorld();
  const { login, program } = await started(world);
  program.says(SAID);
  world.scheduler.pass(LONGEST_WAIT - 1);
  expect([login.state().step.at, program.stopped]).toEqual(['waiting', false]);
  world.scheduler.pass(1);
  expect(program.stopped).toBe(true);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'timed-out' });
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
  const login = startClaudeLogin(
    { ...world.ports, files },
    { way: 'claude', email: null, program: world.program, look: world.look },
  );
  const program = await played(world);
  broken = true;
  program.ends(0);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'interrupted' });
});
