/** `credence logout`: what it deletes is said before, and what is true after. */
import { describe, expect, test } from 'vitest';
import { claudeHome, expectNoSecret, loggedIn, STORE } from '../fake-claude/claude-home.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

const homes = madeUpHomes();

describe.runIf(onLinux)('A logout', () => {
  test('says what it deletes and waits for a yes; then it tells what is true.', async () => {
    const home = claudeHome(homes, { files: loggedIn({ mcpOAuth: { 'one|1': {} } }) });
    const asked = await home.ask(['logout']);
    expect(asked.exitCode).toBe(4);
    const said = flat(asked.stdout);
    expect(said).toContain('the Max login in ~/.claude/.credentials.json');
    expect(said).toContain('the login of one connector (MCP) in the same file');
    expect(said).toContain('the account’s name (person@example.com, Example Org)');
    expect(said).toContain('Nothing was deleted. Add --yes to do it.');
    expect(home.runs()).toEqual([]);
    const done = await home.ask(['logout', '--yes']);
    expect(done.exitCode).toBe(0);
    expect(flat(done.stdout)).toContain(
      'You are logged out on this computer. Claude Code hints that the server did not confirm it',
    );
    expect(flat(done.stdout)).toContain('https://claude.ai/settings/claude-code');
    expect([home.runs(), home.text(STORE)]).toEqual([['auth logout'], null]);
    expectNoSecret(home, asked.stdout, asked.stderr, done.stdout, done.stderr);
    const again = await home.ask(['logout', '--yes']);
    expect([again.exitCode, again.stdout]).toEqual([
      0,
      'Nobody is logged in here, so there is nothing to delete.\n',
    ]);
    expect(home.runs()).toHaveLength(1);
  });

  test('in JSON is as published, asked, done and with nobody there.', async () => {
    const home = claudeHome(homes, { files: loggedIn() });
    for (const [words, outcome, exitCode] of [
      [[], 'not-asked', 4],
      [['--yes'], 'gone', 0],
      [['--yes'], 'nobody', 0],
    ] as const) {
      const answer = await home.ask(['logout', '--json', ...words]);
      expect(answer.exitCode).toBe(exitCode);
      expect(publishedAnswer('logout', answer.stdout)).toMatchObject({ outcome });
      expectNoSecret(home, answer.stdout, answer.stderr);
    }
  });

  test.each([
    ['yes', 'y\r', 0, ['auth logout']],
    ['no', '\r', 4, []],
  ])('in a terminal waits for the answer: %s.', async (_, types, exitCode, runs) => {
    const home = claudeHome(homes, { files: loggedIn() });
    const logout = home.start(['logout'], { terminal: true });
    await logout.answers(/\[y\/N\]/, types);
    expect(await logout.ended).toMatchObject({ exitCode });
    expect(home.runs()).toEqual(runs);
    expect(home.text(STORE) === null).toBe(exitCode === 0);
  });
});
