/** `credence login setup-token --made-on`: the year of a token that the user has made runs from the day that is named. */
import { describe, expect, test } from 'vitest';
import { claudeHome, expectNoSecret } from '../fake-claude/claude-home.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

const homes = madeUpHomes();
const TOKEN = 'sk-ant-oat01-CANARY-token';
const DAY = 24 * 60 * 60_000;

describe.runIf(onLinux)('The day of a setup token', () => {
  test('is named by the user, who makes it; its year runs for that token alone.', async () => {
    const home = claudeHome(homes);
    const shown = await home.ask(['login', 'setup-token']);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain(`  ${home.program} setup-token\n`);
    expect(home.runs()).toEqual([]);
    const day = new Date(Date.now() - 30 * DAY).toISOString().slice(0, 10);
    const noted = await home.ask(['login', 'setup-token', '--made-on', day, '--json'], {
      CLAUDE_CODE_OAUTH_TOKEN: TOKEN,
    });
    expect(noted.exitCode).toBe(0);
    expect(publishedAnswer('login', noted.stdout)).toMatchObject({
      kind: 'setup-token',
      outcome: 'noted',
      madeOn: day,
    });
    const clockWith = async (token: string): Promise<unknown> => {
      const status = await home.ask(['status', '--json'], { CLAUDE_CODE_OAUTH_TOKEN: token });
      const { expiry } = JSON.parse(status.stdout) as { expiry: { kind: string; state: string }[] };
      return expiry.find(({ kind }) => kind === 'setup-token')?.state;
    };
    expect(await clockWith(TOKEN)).toBe('fine');
    expect(await clockWith('sk-ant-oat01-another')).toBe('unknown');
    expectNoSecret(home, noted.stdout, noted.stderr);
  });

  test.each(['2026-02-30', '20261120', 'yesterday', '2999-01-01', ''])(
    'is not kept when it is none, or has not come: %j.',
    async (day) => {
      const home = claudeHome(homes);
      const answer = await home.ask(['login', 'setup-token', '--made-on', day]);
      expect(answer.exitCode).toBe(2);
      expect(home.text('.config/credence/logins.json')).toBeNull();
    },
  );
});
