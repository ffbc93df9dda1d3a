import { expect, test } from 'vitest';
import {
  begunLogin,
  CLAUDE_JSON,
  inStore,
  LOGGED_IN,
  LOGIN_FILE,
  loginFile,
  loginWorld,
  REFRESHED,
  SAID,
  startedLogin,
} from '../../testing/login-world.ts';
import { scriptedPrograms } from '../../testing/scripted-programs.ts';
import { LONGEST_WAIT } from './start-claude-login.ts';

test('Cancelling stops the program and leaves everything as it was.', async () => {
  const world = loginWorld({ files: LOGGED_IN });
  const { login, program, states } = await startedLogin(world);
  program.says(SAID);
  const before = [LOGIN_FILE, CLAUDE_JSON].map((path) => world.disk.entryAt(path));
  await Promise.all([login.cancel(), login.cancel()]);
  expect(program.stopped).toBe(true);
  expect(login.state()).toMatchObject({ step: { at: 'cancelled' }, link: null, asksCode: false });
  expect(states.map(({ step }) => step.at)).toContain('stopping');
  await login.cancel();
  expect([LOGIN_FILE, CLAUDE_JSON].map((path) => world.disk.entryAt(path))).toEqual(before);
  expect(before).not.toContain(null);
  expect(world.scheduler.pending).toBe(0);
});

test('Cancelled before it began, nothing is started.', async () => {
  const world = loginWorld();
  const login = begunLogin(world);
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
  const { login } = await startedLogin(world);
  await login.cancel();
  expect(login.state().step).toMatchObject({ at: 'done' });
});

test('An interrupt that ends it with 0 is not taken for a login, even where a session refreshes its token.', async () => {
  const world = loginWorld(
    { files: LOGGED_IN },
    scriptedPrograms(true, (program) => {
      inStore(REFRESHED)(world);
      program.ends(0, 'interrupt');
    }),
  );
  const { login } = await startedLogin(world);
  await login.cancel();
  expect(login.state().step).toEqual({ at: 'cancelled' });
});

test('It waits for an hour and no longer.', async () => {
  const world = loginWorld();
  const { login, program } = await startedLogin(world);
  program.says(SAID);
  world.scheduler.pass(LONGEST_WAIT - 1);
  expect([login.state().step.at, program.stopped]).toEqual(['waiting', false]);
  world.scheduler.pass(1);
  expect(program.stopped).toBe(true);
  expect((await login.ended).step).toEqual({ at: 'failed', why: 'timed-out' });
});
