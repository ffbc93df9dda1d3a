/** When `credence login` and `credence logout` start no Claude Code, and which one they start. */
import { describe, expect, test } from 'vitest';
import { claudeHome, loggedIn } from '../fake-claude/claude-home.ts';
import { publishedAnswer } from '../schema/published-answer.ts';
import { flat, madeUpHomes } from '../support/made-up-homes.ts';
import { onLinux } from '../support/on-system.ts';

const homes = madeUpHomes();

describe.runIf(onLinux)('Nothing is started', () => {
  test.each<
    [title: string, words: readonly string[], settings: string | null, exitCode: number, says: string]
  >([
    ['no way', ['login'], null, 2, 'Say how to log in: claude, console, sso'],
    ['two ways', ['login', 'claude', 'console'], null, 2, 'Say how to log in'],
    [
      'an option for an address',
      ['login', 'claude', '--email=--console'],
      null,
      2,
      '--email takes a plain address',
    ],
    ['a gateway', ['login', 'claude'], '{"forceLoginMethod":"gateway"}', 4, 'Run “/login” in Claude Code.'],
    [
      'a program that is not there',
      ['login', 'claude', '--claude', '/nowhere/claude'],
      null,
      4,
      '/nowhere/claude is not there.',
    ],
    [
      'a logout by such a one',
      ['logout', '--yes', '--claude', '/nowhere/claude'],
      null,
      4,
      '/nowhere/claude is not there.',
    ],
  ])('for %s.', async (_, words, settings, exitCode, says) => {
    const files = { ...loggedIn(), ...(settings === null ? {} : { '.claude/settings.json': settings }) };
    const home = claudeHome(homes, { files });
    const answer = await home.ask(words);
    expect(answer.exitCode).toBe(exitCode);
    expect(flat(answer.stderr)).toContain(says);
    expect(home.runs()).toEqual([]);
  });

  test('where there is no Claude Code: it says how to install it.', async () => {
    const home = claudeHome(homes, { notFound: true });
    const answer = await home.ask(['login', 'claude']);
    expect(answer.exitCode).toBe(4);
    expect(flat(answer.stderr)).toContain('npm install -g @anthropic-ai/claude-code');
    const json = await home.ask(['login', 'claude', '--json']);
    expect(json.exitCode).toBe(4);
    publishedAnswer('error', json.stdout);
  });
});

test.runIf(onLinux)(
  'A Claude Code that was chosen once is the one from then on, until it is forgotten.',
  async () => {
    const home = claudeHome(homes, { notFound: true });
    const first = await home.ask(['login', 'setup-token', '--claude', home.program]);
    expect(first.exitCode).toBe(0);
    const second = await home.ask(['login', 'setup-token']);
    expect(second.stdout).toContain(`  ${home.program} setup-token\n`);
    expect((await home.ask(['login', 'setup-token', '--claude', ''])).exitCode).toBe(4);
    expect((await home.ask(['login', 'setup-token'])).exitCode).toBe(4);
  },
);
