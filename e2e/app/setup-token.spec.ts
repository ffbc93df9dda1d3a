/** A token for scripts from the tray: a terminal of the user’s own, which Credence neither reads nor ends, and then the day. */
import { chmodSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { test as base } from './support/app-test.ts';
import { holders } from './support/canary.ts';
import type { MadeUpHome } from './support/made-up-home.ts';

interface TerminalDesktop {
  readonly variables: Readonly<Record<string, string>>;
  /** The words of each terminal that was opened. */
  readonly opened: () => readonly (readonly string[])[];
  /** What Claude Code gave to the browser. */
  readonly pages: () => readonly string[];
  readonly areOpen: () => boolean;
  /** Ends each of them, with what runs in it. */
  readonly end: () => void;
}

/** A made-up terminal: it writes down what it is given, then runs it as the real ones do. */
const TERMINAL = `#!/bin/sh
echo $$ >> 'HOME/.desktop/terminal.pids'
{ printf '%s\\0' "$@"; printf '\\n'; } >> 'HOME/.desktop/terminals'
shift
exec "$@"
`;

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function terminalDesktop(home: MadeUpHome): TerminalDesktop {
  layFakeClaude(path.join(home.path, '.local/bin'));
  const script = (name: string, text: string): void => {
    home.write(`.desktop/bin/${name}`, text);
    chmodSync(path.join(home.path, '.desktop/bin', name), 0o755);
  };
  script('x-terminal-emulator', TERMINAL.replaceAll('HOME', home.path));
  script('browser', `#!/bin/sh\nprintf '%s\\n' "$1" >> '${home.path}/.desktop/pages'\n`);
  const at = (name: string): string => path.join(home.path, '.desktop', name);
  const pids = (): readonly number[] =>
    textOf(at('terminal.pids'))
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 1);
  return {
    variables: {
      PATH: `${home.path}/.local/bin:${home.environment['PATH'] ?? ''}:${path.dirname(process.execPath)}`,
      BROWSER: at('bin/browser'),
      DISPLAY: process.env['DISPLAY'] ?? ':97',
    },
    opened: () =>
      textOf(at('terminals'))
        .split('\0\n')
        .slice(0, -1)
        .map((line) => line.split('\0')),
    pages: () => textOf(at('pages')).split('\n').slice(0, -1),
    areOpen: () => pids().length > 0 && pids().every((pid) => existsSync(`/proc/${String(pid)}/exe`)),
    end: () => {
      for (const pid of pids()) {
        try {
          process.kill(-pid, 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
    },
  };
}

const test = base.extend<{ readonly desktop: TerminalDesktop }>({
  desktop: async ({ home }, use) => {
    const desktop = terminalDesktop(home);
    await use(desktop);
    desktop.end();
  },
});

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 });
const TOKEN = 'sk-ant-oat01-MADE-UP-0123456789';
/** A year is told with its year, wherever the test runs. */
const NEXT_YEAR = String(new Date(Date.now() + 365 * 86_400_000).getUTCFullYear());

test('From the tray to a terminal of the user’s own, which outlives Credence; then the day, and the year in the clocks', async ({
  home,
  launch,
  desktop,
}) => {
  const credence = await launch({ folder: home.path, env: desktop.variables });
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, /^Set up a token for scripts/);
  await expect(titleOf(page)).toHaveText('Set up a token for scripts?');
  expect(desktop.opened()).toEqual([]);
  await credence.screenshot('setup-token-question');
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await expect(titleOf(page)).toHaveText('Was the token made?');
  const [words = []] = desktop.opened();
  const claude = realpathSync(path.join(home.path, '.local/bin/claude'));
  expect(words.filter((word) => !word.includes('setup-token') && !word.includes('Press Enter'))).toEqual([
    '-e',
    expect.stringMatching(/\/sh$/),
    '-c',
    'sh',
    claude,
  ]);
  // The program itself runs there, and asks for what this token may do.
  await expect.poll(desktop.pages).toHaveLength(1);
  expect(new URL(desktop.pages()[0] ?? '').searchParams.get('scope')).toBe('user:inference');
  await credence.screenshot('setup-token-made');

  // Whoever asks again is shown what is asked, and gets no second terminal.
  await credence.clickTray(/^Log in/, /^Set up a token for scripts/);
  await expect(titleOf(page)).toHaveText('Was the token made?');

  home.json('.claude/settings.json', { env: { CLAUDE_CODE_OAUTH_TOKEN: TOKEN } }, 0o600);
  await page.getByRole('button', { name: 'It was made today' }).click();
  await expect(titleOf(page)).toHaveText('The token’s year runs from today.');
  await expect(page.locator('.task')).toContainText('The day is kept, for the token that is set here.');
  await credence.screenshot('setup-token-done');
  await page.getByRole('button', { name: 'Back to the answer' }).click();
  await expect(page.locator('.clock-far')).toContainText(NEXT_YEAR);
  expect(desktop.opened()).toHaveLength(1);
  expect(Object.keys(holders(home.path, TOKEN))).toEqual(['.claude/settings.json']);

  await credence.quit();
  expect(desktop.areOpen()).toBe(true);
});

test('Who made none says so, and no day is kept; a token that was there before is not taken for the new one', async ({
  home,
  launch,
  desktop,
}) => {
  home.json('.claude/settings.json', { env: { CLAUDE_CODE_OAUTH_TOKEN: TOKEN } }, 0o600);
  const credence = await launch({ folder: home.path, env: desktop.variables });
  const page = await credence.openWindow();
  const note = path.join(home.path, '.config/credence/logins.json');
  const begin = async (): Promise<void> => {
    await credence.clickTray(/^Log in/, /^Set up a token for scripts/);
    await page.getByRole('button', { name: 'Open a terminal' }).click();
    await expect(titleOf(page)).toHaveText('Was the token made?');
  };
  await begin();
  await page.getByRole('button', { name: 'Not made' }).click();
  await expect(titleOf(page)).not.toHaveText('Was the token made?');
  expect(existsSync(note)).toBe(false);
  await begin();
  await page.getByRole('button', { name: 'It was made today' }).click();
  await expect(page.locator('.task')).toContainText('once the new one takes its place');
  await page.getByRole('button', { name: 'Back to the answer' }).click();
  await expect(page.locator('.clock-far', { hasText: NEXT_YEAR })).toHaveCount(0);
  // The new one takes its place.
  home.json('.claude/settings.json', { env: { CLAUDE_CODE_OAUTH_TOKEN: `${TOKEN}-new` } }, 0o600);
  await expect(page.locator('.clock-far')).toContainText(NEXT_YEAR);
});

test('A terminal that does not open leaves the words to type, on the clipboard too', async ({
  home,
  launch,
  desktop,
}) => {
  home.write('.desktop/bin/x-terminal-emulator', '#!/bin/sh\nexit 1\n', 0o755);
  const credence = await launch({ folder: home.path, env: desktop.variables });
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, /^Set up a token for scripts/);
  await page.getByRole('button', { name: 'Open a terminal' }).click();
  await expect(titleOf(page)).toHaveText('Make the token in a terminal of yours.');
  const command = `${realpathSync(path.join(home.path, '.local/bin/claude'))} setup-token`;
  await expect(page.locator('.own-command .code-word')).toHaveText(command);
  await page.getByRole('button', { name: 'Copy the command' }).click();
  await expect(page.locator('.own-command')).toContainText('Copied');
  const copied = await credence.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(command);
  await page.getByRole('button', { name: 'It was made today' }).click();
  await expect(titleOf(page)).toHaveText('The token’s year runs from today.');
});
