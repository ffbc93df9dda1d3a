/** A change that is interrupted at any moment is done or taken back, and two who change at once do not mix. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { test } from './support/app-test.ts';
import { canary } from './support/canary.ts';
import type { AppUnderTest } from './support/launch-app.ts';
import type { MadeUpHome } from './support/made-up-home.ts';

const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-CANARY82AA';
const TEXT = `# mine\nexport ANTHROPIC_API_KEY=${KEY}\n`;
const SHELL_FILES = ['.zshenv', '.zprofile', '.zshrc', '.zlogin', '.bashrc', '.bash_profile'] as const;
const SETTINGS = `{\n  "env": { "ANTHROPIC_API_KEY": "${KEY}" },\n  "model": "opus"\n}\n`;
const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');
/** How often the app is killed. */
const KILLS = 12;
/** Milliseconds between the click and the last of them: all is done by then, most often. */
const LATEST = 240;

/** The same key in as many files as a person could have it in. */
function layFiles(home: MadeUpHome): Readonly<Record<string, string>> {
  // What the key takes the place of.
  home.json(
    '.claude/.credentials.json',
    {
      claudeAiOauth: {
        accessToken: 'made-up-login-access',
        refreshToken: 'made-up-login-refresh',
        expiresAt: Date.now() + 14_400_000,
        scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
        subscriptionType: 'max',
      },
    },
    0o600,
  );
  const files: Record<string, string> = { '.claude/settings.json': SETTINGS };
  for (const name of SHELL_FILES) files[name] = TEXT;
  for (const [name, text] of Object.entries(files)) home.write(name, text, 0o600);
  return files;
}

const read = (home: MadeUpHome, name: string): string => readFileSync(path.join(home.path, name), 'utf8');

/** Of every file: as it was, or as the change leaves it. */
function statesOf(home: MadeUpHome, before: Readonly<Record<string, string>>): ReadonlySet<string> {
  return new Set(
    Object.entries(before).map(([name, old]) => {
      const now = read(home, name);
      expect(lstatSync(path.join(home.path, name)).mode & 0o777).toBe(0o600);
      if (now === old) return 'old';
      const undone = now.replace(/# credence [0-9a-f]{8}: /, '');
      const isNew = name.endsWith('.json')
        ? !now.includes(KEY) && now.includes('"model": "opus"')
        : undone === old;
      return isNew ? 'new' : `torn: ${name}`;
    }),
  );
}

/** What Credence remembers of each change. */
function records(home: MadeUpHome): readonly string[] {
  const folder = path.join(home.path, '.config/credence/changes');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { state: string }).state);
}

async function showPlan(credence: AppUnderTest): Promise<Page> {
  const page = await credence.openWindow();
  await expect
    .poll(async () => (await credence.trayLines()).some((line) => line.startsWith('Clear ANTHROPIC_API_KEY')))
    .toBe(true);
  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
  await expect(page.getByRole('button', { name: /^Clear from/ })).toBeVisible();
  return page;
}

/** Clicks without waiting for what comes of it. */
const press = (page: Page, name: string): Promise<void> =>
  page.evaluate((text) => {
    const button = [...document.querySelectorAll('button')].find((one) => one.innerText.startsWith(text));
    button?.click();
  }, name);

async function kill(credence: AppUnderTest): Promise<void> {
  const own = credence.app.process();
  const gone = own.exitCode === null ? once(own, 'exit') : Promise.resolve([]);
  process.kill(own.pid ?? 0, 'SIGKILL');
  await gone;
}

const terminal = (home: MadeUpHome, ...args: readonly string[]): Promise<{ readonly stdout: string }> =>
  promisify(execFile)(process.execPath, [COMMAND, ...args, '--folder', home.path], {
    env: { ...home.environment, PATH: '/usr/bin:/bin' },
  }).catch((error: unknown) => error as { readonly stdout: string });

test(`Killed ${String(KILLS)} times behind the click, the app finds every file old or new, and all of them alike`, async ({
  home,
  launch,
}) => {
  test.setTimeout(KILLS * 30_000);
  const before = layFiles(home);
  const seen: Record<string, number> = {};
  for (let round = 0; round < KILLS; round++) {
    const first = await launch({ folder: home.path });
    const page = await showPlan(first);
    await press(page, 'Clear from');
    await after((round * LATEST) / (KILLS - 1));
    await kill(first);
    const between = [...statesOf(home, before)].sort().join(' and ');
    expect(between).not.toContain('torn');

    const second = await launch({ folder: home.path });
    const again = await second.openWindow();
    await expect(again.locator('main').first()).toBeVisible();
    await expect.poll(() => records(home).filter((state) => state === 'intended').length).toBe(0);
    const settled = [...statesOf(home, before)];
    expect(settled).toHaveLength(1);
    const outcome = `${between} → ${settled.join()}`;
    seen[outcome] = (seen[outcome] ?? 0) + 1;
    if (between.includes('and')) {
      // What was taken back is told.
      expect(settled).toEqual(['old']);
      await expect(again.getByText('A change was interrupted')).toBeVisible();
    }
    await second.quit();
    for (const name of readdirSync(home.path)) expect(name).not.toMatch(/\.credence|\.tmp/);
    for (const [name, text] of Object.entries(before)) home.write(name, text, 0o600);
  }
  test.info().annotations.push({ type: 'outcomes', description: JSON.stringify(seen) });
});

test('A second start while a change is under way only shows the window, and the change ends well', async ({
  home,
  launch,
}) => {
  const before = layFiles(home);
  const credence = await launch({ folder: home.path });
  const page = await showPlan(credence);
  const [code] = await Promise.all([credence.startAgain(), press(page, 'Clear from')]);
  expect(code).toBe(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done');
  expect([...statesOf(home, before)]).toEqual(['new']);
  expect(records(home)).toEqual(['applied']);
  expect(await credence.isShown()).toBe(true);
});

test('Window and terminal that clear at the same moment: one of them does it, and nothing is mixed', async ({
  home,
  launch,
}) => {
  test.setTimeout(120_000);
  const before = layFiles(home);
  const credence = await launch({ folder: home.path });
  for (let round = 0; round < 3; round++) {
    const page = await showPlan(credence);
    const watch = await canary(credence, page, [KEY]);
    const [{ stdout }] = await Promise.all([
      terminal(home, 'clear', 'ANTHROPIC_API_KEY', '--apply', '--json'),
      after(100 + round * 100).then(() => press(page, 'Clear from')),
    ]);
    const done = page.getByRole('heading', { level: 1, name: 'Done' });
    const late = page.getByRole('alert').filter({ hasText: 'Nothing was changed' });
    await expect(done.or(late).first()).toBeVisible();
    const byWindow = await done.isVisible();
    const { applied } = JSON.parse(stdout) as { readonly applied: boolean };
    // The terminal that comes later finds nothing to do, or that its plan is about other files.
    expect([byWindow, applied].filter(Boolean)).toHaveLength(1);
    expect([...statesOf(home, before)]).toEqual(['new']);
    expect(records(home).filter((state) => state === 'applied')).toHaveLength(1);
    expect(stdout).not.toContain(KEY);
    await watch.sweep();
    await watch.end();

    await credence.clickTray('Changes…');
    await page.getByRole('button', { name: /^Undo/ }).click();
    // Only then it is over: before, the window would rightly say that a change is under way.
    await expect(page.getByText(/^undone$/i)).toHaveCount(round + 1);
    expect([...statesOf(home, before)]).toEqual(['old']);
    await credence.clickTray('Open Credence');
  }
});

test('Quitting in the middle of a change leaves it done or taken back', async ({ home, launch }) => {
  const before = layFiles(home);
  const credence = await launch({ folder: home.path });
  const page = await showPlan(credence);
  await press(page, 'Clear from');
  await credence.quit();
  await terminal(home, 'changes');
  const again = await launch({ folder: home.path });
  await again.openWindow();
  await expect.poll(() => records(home).filter((state) => state === 'intended').length).toBe(0);
  expect([...statesOf(home, before)]).toHaveLength(1);
});
