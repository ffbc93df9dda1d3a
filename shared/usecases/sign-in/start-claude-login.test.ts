import { expect, test } from 'vitest';
import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import {
  accountFile,
  begunLogin,
  CLAUDE_JSON,
  CODE,
  LINK,
  LOGIN_ENDS,
  LOGIN_FILE,
  loginFile,
  loginWorld,
  playedProgram,
  SAID,
  startedLogin,
} from '../../testing/login-world.ts';
import { QUIET } from './start-claude-login.ts';

test.each<[LoginWay, string | null, readonly string[]]>([
  ['claude', null, ['auth', 'login', '--claudeai']],
  ['console', null, ['auth', 'login', '--console']],
  ['sso', 'person@example.com', ['auth', 'login', '--sso', '--email', 'person@example.com']],
])('Starts the program itself, with words and no shell: %s %s.', async (way, email, args) => {
  const world = loginWorld();
  const login = begunLogin(world, { way, email });
  const { request } = await playedProgram(world);
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
  const state = await begunLogin(world, { email }).ended;
  expect(state.step).toEqual({ at: 'failed', why: 'not-started' });
  expect(world.programs.played).toEqual([]);
});

test('A login from its start to its end.', async () => {
  const world = loginWorld();
  const { login, program, states } = await startedLogin(world);
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
  world.disk.write(LOGIN_FILE, loginFile({ endsAt: LOGIN_ENDS }));
  world.disk.write(CLAUDE_JSON, accountFile());
  program.ends(0);
  expect((await login.ended).step).toEqual({
    at: 'done',
    outcome: {
      kept: 'login',
      loginEndsAt: LOGIN_ENDS,
      plan: 'max',
      email: 'person@example.com',
      organisation: 'Example Org',
    },
  });
  expect(login.address()).toBeNull();
  expect(await login.openAgain()).toBe('failed');
  expect([...new Set(states.map(({ step }) => step.at))]).toEqual(['waiting', 'checking', 'done']);
  expect(world.scheduler.pending).toBe(0);
});

test('No state that anybody sees holds the code or any piece of it, also when it is echoed and refused.', async () => {
  const world = loginWorld();
  const { login, program, states } = await startedLogin(world);
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
  const { login, program } = await startedLogin(world);
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
  const { login, program } = await startedLogin(world);
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
