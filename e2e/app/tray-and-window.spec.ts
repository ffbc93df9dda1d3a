/** Tray and window tell the same answer, and move when something on disk or in the question changes. */
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { writeDemoHome } from '../../build/demo-home.mjs';
import { test } from './support/app-test.ts';

const NOW = Date.now();
const STALE = 'Claude Code in notes: API key from ~/.zshrc:42 (metered)';
const LOGIN = /Claude Code in notes: Max login/;

test('A stale key over a working login is said by the tray and shown with its line by the window', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  await expect
    .poll(credence.trayLines)
    .toEqual(expect.arrayContaining([STALE, 'Your Max login is not used']));
  expect((await credence.tray()).tooltip).toBe(STALE);

  await credence.clickTray('Open Credence');
  expect(await credence.isShown()).toBe(true);
  const page = await credence.mainWindow();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Interactive sessions send the API key from ~/.zshrc:42, not your Max login.',
  );
  const slots = page.locator('dl').first();
  await expect(slots).toContainText(/Authorization\s*nothing/);
  await expect(slots).toContainText(/x-api-key\s*API key/);
  const conflict = page.getByRole('region', { name: 'You pay twice' });
  await expect(conflict).toContainText('Your Max login could do the work.');
  await expect(conflict).toContainText('Clear ANTHROPIC_API_KEY from ~/.zshrc:42');
  await credence.screenshot('stale-key');

  await page.getByRole('heading', { level: 1 }).getByText('~/.zshrc:42').click();
  await expect.poll(home.opened).toEqual([path.join(home.path, '.zshrc')]);
});

test('A change on disk moves the answer in tray and window, also when the file is another one', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  const answer = page.getByRole('heading', { level: 1 });
  const tooltip = async (): Promise<string> => (await credence.tray()).tooltip;
  await expect(answer).toContainText('send the API key from ~/.zshrc:42');

  home.write('.zshrc', '# nothing left\n');
  await expect(answer).toContainText('Max login');
  await expect.poll(tooltip).toMatch(LOGIN);

  // An editor writes beside the file and puts that in its place.
  home.write('.zshrc.new', 'export ANTHROPIC_API_KEY=sk-ant-api03-MADE-UP-FOR-A-TEST\n');
  renameSync(path.join(home.path, '.zshrc.new'), path.join(home.path, '.zshrc'));
  await expect(answer).toContainText('~/.zshrc:1');
  await expect.poll(tooltip).toContain('~/.zshrc:1');
  rmSync(path.join(home.path, '.zshrc'));
  await expect(answer).toContainText('Max login');

  // A folder that was not there when the app began to watch.
  home.json('notes/.claude/settings.local.json', {
    env: { ANTHROPIC_BASE_URL: 'https://gateway.example', ANTHROPIC_AUTH_TOKEN: 'made-up-token' },
  });
  await expect(answer).toContainText('gateway.example');

  // A file behind a link, and then another one behind it.
  home.json('one.json', {
    env: { ANTHROPIC_BASE_URL: 'https://one.example', ANTHROPIC_AUTH_TOKEN: 'made-up' },
  });
  home.json('two.json', {
    env: { ANTHROPIC_BASE_URL: 'https://two.example', ANTHROPIC_AUTH_TOKEN: 'made-up' },
  });
  const link = path.join(notes, '.claude/settings.local.json');
  const pointTo = (name: string): void => {
    symlinkSync(path.join(home.path, name), `${link}.new`);
    renameSync(`${link}.new`, link);
  };
  pointTo('one.json');
  await expect(answer).toContainText('one.example');
  pointTo('two.json');
  await expect(answer).toContainText('two.example');
});

test('Mode and folder are switched from the window and from the tray', async ({ home, launch }) => {
  const { acme, notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  const answer = page.getByRole('heading', { level: 1 });
  await expect(answer).toContainText('Interactive sessions');

  await page.getByRole('radio', { name: /^Print/ }).click();
  await expect(answer).toContainText('Print runs');
  await expect.poll(credence.trayLines).toContain('Mode: Print');
  await credence.clickTray(/^Mode/, 'Bare');
  await expect(page.getByRole('radio', { name: /^Bare/ })).toBeChecked();
  await credence.clickTray(/^Mode/, 'Interactive');
  await expect(answer).toContainText('Interactive sessions');

  await credence.answerDialogs(null);
  await credence.clickTray(/^Folder/, 'Choose…');
  await expect(page.getByRole('button', { name: 'Folder ~/notes' })).toBeVisible();
  await credence.answerDialogs(acme);
  await credence.clickTray(/^Folder/, 'Choose…');
  await expect(answer).toContainText('~/clients/…/settings.local.json:4');
  await expect.poll(credence.trayLines).toContain('Folder: ~/clients/acme/app');
  await credence.screenshot('two-credentials');

  // The last one is offered again.
  await page.getByRole('button', { name: /^Folder/ }).click();
  await page.getByRole('menuitem', { name: '~/notes' }).click();
  await expect(answer).toContainText('~/.zshrc:42');
});

test('The first run looks at nothing and writes nothing until it may', async ({ home, launch }) => {
  writeDemoHome(home.path, NOW);
  mkdirSync(path.join(home.path, 'elsewhere'));
  const credence = await launch();
  const page = await credence.mainWindow();
  expect(await credence.isShown()).toBe(true);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'Which credential will Claude Code use',
  );
  expect(await credence.trayLines()).toContain('Credence has not looked yet');
  await expect(page.locator('body')).not.toContainText('.zshrc:42');
  await credence.screenshot('first-run');
  // Waking up is no permission.
  await credence.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  expect(await credence.trayLines()).toContain('Credence has not looked yet');
  await expect(page.locator('body')).not.toContainText('.zshrc:42');
  const kept = path.join(home.path, '.config/credence/preferences.json');
  expect(existsSync(kept)).toBe(false);

  await page.getByRole('button', { name: 'Look in ~' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('~/.zshrc:42');
});

test('Beginning to pay per use is told once, by a notification that leads to the window', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  home.write('.zshrc', '# no key yet\n');
  const credence = await launch({ folder: notes });
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(LOGIN);
  expect(await credence.notifications()).toEqual([]);

  home.write('.zshrc', 'export ANTHROPIC_API_KEY=sk-ant-api03-MADE-UP-FOR-A-TEST\n');
  await expect.poll(credence.notifications).toHaveLength(1);
  const [notice] = await credence.notifications();
  expect(`${String(notice?.title)} ${String(notice?.body)}`).toContain('~/.zshrc:1');

  expect(await credence.isShown()).toBe(false);
  await credence.app.evaluate(() => {
    globalThis.__probe.clickNotification(0);
  });
  await expect.poll(credence.isShown).toBe(true);
});
