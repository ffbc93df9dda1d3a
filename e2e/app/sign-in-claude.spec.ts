/** A Claude account logs in and out from the tray, through the program that the user has; here a fake one, which behaves as recorded. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { layFakeClaude } from '../fake-claude/lay-fake-claude.mjs';
import { test as base } from './support/app-test.ts';
import { canary, holders } from './support/canary.ts';
import type { AppUnderTest } from './support/launch-app.ts';
import type { MadeUpHome } from './support/made-up-home.ts';
import { signInDesktop, type SignInDesktop } from './support/sign-in-desktop.ts';

const TOKENS = {
  access: 'sk-ant-oat01-MADE-UP-FOR-A-TEST-kqzvxwjyhbfgmtrn-CANARY11AA',
  refresh: 'sk-ant-ort01-MADE-UP-FOR-A-TEST-wxjykqzvhbfgmtrn-CANARY22BB',
};
const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-CANARY33CC';

interface Given {
  readonly desktop: SignInDesktop;
  /** Running, with that desktop around it. */
  readonly credence: AppUnderTest;
}

const test = base.extend<Given>({
  desktop: async ({ home }, use) => {
    const desktop = await signInDesktop(home, { tokens: TOKENS });
    await use(desktop);
    await desktop.end();
  },
  credence: async ({ home, launch, desktop }, use) => {
    await use(await launch({ folder: home.path, env: desktop.variables }));
  },
});

const titleOf = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const fieldOf = (page: Page): Locator => page.getByRole('textbox');

async function begin(credence: AppUnderTest, way = /^Claude subscription/): Promise<Page> {
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, way);
  await expect(titleOf(page)).toHaveText('Approve the login in your browser.');
  await expect(fieldOf(page)).toBeVisible();
  return page;
}

/** What the program itself gave to its browser, whose way back is a port of its own. */
async function openedByClaude(home: MadeUpHome): Promise<URL> {
  const file = path.join(home.path, '.desktop/claude-opened.txt');
  await expect.poll(() => existsSync(file)).toBe(true);
  return new URL(readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '');
}

/** Programs whose arguments name the made-up home’s `claude`; not what watches over it. */
function running(home: MadeUpHome): readonly string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        const isShell = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sh';
        return (
          !isShell && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${home.path}/.local/bin/claude`)
        );
      } catch {
        return false;
      }
    });
}

/** But for the fake program itself, which has it by nature. */
const holdersOf = (secret: string, home: MadeUpHome): readonly string[] =>
  Object.keys(holders(home.path, secret)).filter((file) => !file.startsWith('.local/bin/'));

const credentials = (home: MadeUpHome): string => path.join(home.path, '.claude/.credentials.json');

test('From the tray: a code that is pasted logs in, the window shows the account and what is used now, and nothing keeps the code', async ({
  credence,
  home,
}) => {
  const page = await begin(credence);
  await credence.screenshot('log-in-claude-waiting');
  const state = (await openedByClaude(home)).searchParams.get('state') ?? '';
  const watch = await canary(credence, page, [TOKENS.access, TOKENS.refresh, state]);
  await fieldOf(page).fill('half-of-it');
  await page.getByRole('button', { name: 'Send to Claude Code' }).click();
  await expect(page.getByText(/not all of the code|not the whole code/).first()).toBeVisible();
  await fieldOf(page).fill(`good-code#${state}`);
  await page.keyboard.press('Enter');
  await expect(titleOf(page)).toHaveText('You are logged in.');
  await expect(page.getByRole('definition').filter({ hasText: 'person@example.com' })).toBeVisible();
  await expect(page.locator('main.task-body').getByText('Interactive')).toBeVisible();
  await credence.screenshot('log-in-claude-done');
  await watch.sweep();
  await watch.end();
  expect(holdersOf(TOKENS.access, home)).toEqual(['.claude/.credentials.json']);
  expect(holdersOf('good-code', home)).toEqual([]);
  await expect.poll(() => running(home)).toEqual([]);

  await page.getByRole('button', { name: 'Back to the answer' }).click();
  await expect(titleOf(page)).toContainText('login');
  await credence.clickTray(/^Log in/, 'Log out…');
  await expect(titleOf(page)).toHaveText('Log out of Claude Code?');
  await expect(page.locator('main.task-body').getByText('~/.claude/.credentials.json').first()).toBeVisible();
  await credence.screenshot('log-out-claude-question');
  await page.getByRole('button', { name: 'Log out', exact: true }).click();
  await expect(titleOf(page)).toHaveText('You are logged out.');
  expect(existsSync(credentials(home))).toBe(false);
});

test('The browser that comes back by itself logs in too', async ({ credence, home }) => {
  const page = await begin(credence);
  const opened = await openedByClaude(home);
  const back = new URL(opened.searchParams.get('redirect_uri') ?? '');
  back.search = new URLSearchParams({
    code: 'good-code',
    state: opened.searchParams.get('state') ?? '',
  }).toString();
  expect((await fetch(back)).status).toBe(200);
  await expect(titleOf(page)).toHaveText('You are logged in.');
});

test('A login that would not be used says so first, and after it offers to clear what is used instead', async ({
  home,
  launch,
  desktop,
}) => {
  home.write('.zshrc', `export ANTHROPIC_API_KEY=${KEY}\n`, 0o600);
  home.json('.claude.json', { customApiKeyResponses: { approved: [KEY.slice(-20)], rejected: [] } }, 0o600);
  const credence = await launch({ folder: home.path, env: desktop.variables });
  const page = await credence.openWindow();
  await expect(titleOf(page)).toContainText('~/.zshrc');
  await credence.clickTray(/^Log in/, /^Claude subscription/);
  await expect(titleOf(page)).toHaveText('This login would not be used here.');
  await credence.screenshot('log-in-claude-not-used');
  await page.getByRole('button', { name: 'Log in anyway' }).click();
  await expect(fieldOf(page)).toBeVisible();
  const state = (await openedByClaude(home)).searchParams.get('state') ?? '';
  await fieldOf(page).fill(`good-code#${state}`);
  await page.keyboard.press('Enter');
  await expect(titleOf(page)).toHaveText('You are logged in.');
  await page.getByRole('button', { name: /^Clear / }).click();
  await page.getByRole('button', { name: /^Clear from/ }).click();
  await expect(titleOf(page)).toHaveText('Done');
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toMatch(/^#|^: #/);
});

test('Cancel ends the program without harm, a second try shows the first, and quitting in the middle leaves nothing', async ({
  credence,
  home,
}) => {
  const page = await begin(credence);
  expect(running(home)).toHaveLength(1);
  await credence.clickTray(/^Log in/, /^Claude Console/);
  await expect(titleOf(page)).toHaveText('Approve the login in your browser.');
  expect(running(home)).toHaveLength(1);
  await page.getByRole('button', { name: 'Cancel login' }).click();
  await expect(titleOf(page)).toHaveText('The login is cancelled.');
  expect(running(home)).toEqual([]);
  expect(existsSync(credentials(home))).toBe(false);

  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(fieldOf(page)).toBeVisible();
  await credence.quit();
  expect(running(home)).toEqual([]);
});

for (const [what, behaviour, title] of [
  ['says that it went well and saves nothing', { saves: 'nothing' }, /no new login is in its store/],
  ['refuses the code', { exchangeFails: 'OAuth error: Invalid code' }, 'The server refused the code.'],
  [
    'reaches no server',
    { exchangeFails: 'connect ECONNREFUSED 127.0.0.1:9' },
    'Claude Code could not reach the server.',
  ],
  ['dies mid-way', { dies: true }, /ended Claude Code|gave the login up|ended before/],
] as const) {
  test(`A program that ${what} is told by its cause, and nobody is said to be logged in`, async ({
    home,
    launch,
    desktop,
  }) => {
    layFakeClaude(path.join(home.path, '.local/bin'), behaviour);
    const credence = await launch({ folder: home.path, env: desktop.variables });
    const page = await credence.openWindow();
    await credence.clickTray(/^Log in/, /^Claude subscription/);
    if (!('dies' in behaviour)) {
      await expect(fieldOf(page)).toBeVisible();
      const state = (await openedByClaude(home)).searchParams.get('state') ?? '';
      await fieldOf(page).fill(`good-code#${state}`);
      await page.keyboard.press('Enter');
    }
    await expect(titleOf(page)).toHaveText(title);
    await credence.screenshot(`log-in-claude-${what.replaceAll(' ', '-')}`);
    expect(existsSync(credentials(home))).toBe(false);
  });
}

test('Without a Claude Code it is said how to get one, and a file that lies where everybody writes is not started', async ({
  home,
  launch,
  desktop,
}) => {
  const credence = await launch({
    folder: home.path,
    env: { ...desktop.variables, PATH: home.environment['PATH'] ?? '' },
  });
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, /^Claude subscription/);
  await expect(titleOf(page)).toHaveText('No Claude Code was found.');
  await credence.screenshot('log-in-no-claude');
  await expect(page.getByRole('button', { name: /^Choose/ })).toBeVisible();
});
