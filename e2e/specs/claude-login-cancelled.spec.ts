/** A login that somebody gives up: the program is gone, and everything is as before. */
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  CLAUDE_JSON,
  claudeHome,
  loggedIn,
  STORE,
  WAITS,
  waitingLogin,
  type ClaudeHome,
} from '../fake-claude/claude-home.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

const homes = madeUpHomes();
const FILES = loggedIn();
const lay = (): ClaudeHome => claudeHome(homes, { files: FILES });

function expectAsBefore(home: ClaudeHome): void {
  expect(home.isRunning()).toBe(false);
  expect([home.text(STORE), home.text(CLAUDE_JSON)]).toEqual([FILES[STORE], FILES[CLAUDE_JSON]]);
}

describe.runIf(onLinux)('A login is cancelled', () => {
  test.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('by %s: the program is gone, and everything is as before.', async (name, exitCode) => {
    const home = lay();
    const login = home.start(['login', 'claude']);
    await waitingLogin(login);
    expect(home.isRunning()).toBe(true);
    login.signal(name);
    expect(await login.ended).toMatchObject({ exitCode });
    expect(flat(login.stderr())).toContain('The login was cancelled. Nothing was changed.');
    expectAsBefore(home);
  });

  test('by Ctrl+C in a terminal.', async () => {
    const home = lay();
    const login = home.start(['login', 'claude', '--yes'], { terminal: true });
    await login.answers(WAITS, '\u0003');
    expect(await login.ended).toMatchObject({ exitCode: 130 });
    expectAsBefore(home);
  });

  test('by a terminal that is closed, and nothing ends in an abort.', async () => {
    const home = lay();
    // The shell outlives its terminal, and notes how the command ended.
    const line = `trap '' HUP; node '${homes.credence().file}' login claude --yes; echo $? >'${home.path}/end'`;
    const child = spawn('script', ['--quiet', '--command', line, '/dev/null'], {
      cwd: home.folder,
      env: { TERM: 'xterm', ...home.variables },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (WAITS.test(flat(shown))) child.kill('SIGKILL');
    });
    await expect.poll(() => home.text('end'), { timeout: 40_000 }).toBe('129\n');
    expectAsBefore(home);
  });
});

test.runIf(onLinux)('A no to the question before it starts nothing.', async () => {
  const home = lay();
  const login = home.start(['login', 'claude'], { terminal: true });
  await login.answers(/\[y\/N\]/, '\r');
  expect(await login.ended).toMatchObject({ exitCode: 4 });
  expect(home.runs()).toEqual([]);
  expectAsBefore(home);
});
