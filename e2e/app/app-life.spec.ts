/** Starting, hiding, starting again, crashing, quitting. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { writeDemoHome } from '../../build/demo-home.mjs';
import { test } from './support/app-test.ts';
import type { AppUnderTest } from './support/launch-app.ts';

const NOW = Date.now();

/** What the window reads, asked through the app: after a crash Playwright gives its page up. Nothing while there is none. */
const windowText = async ({ app }: AppUnderTest): Promise<unknown> => {
  try {
    return await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
    );
  } catch {
    return '';
  }
};

const closeWindow = ({ app }: AppUnderTest): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });

test('Closing hides the window, the tray opens it again, and Quit quits', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  await credence.mainWindow();
  expect(await credence.isShown()).toBe(false);
  await credence.clickTray('Open Credence');
  expect(await credence.isShown()).toBe(true);
  await closeWindow(credence);
  expect(await credence.isShown()).toBe(false);
  await credence.clickTray('Settings…');
  expect(await credence.isShown()).toBe(true);
  await expect((await credence.mainWindow()).getByRole('heading', { level: 1 })).toHaveText('Settings');

  const exited = new Promise<number | null>((resolve) => credence.app.process().once('exit', resolve));
  await credence.clickTray('Quit Credence').catch(() => undefined);
  expect(await exited).toBe(0);
});

test('A second start shows the window of the first and ends', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  await credence.mainWindow();
  expect(await credence.isShown()).toBe(false);
  expect(await credence.startAgain()).toBe(0);
  await expect.poll(credence.isShown).toBe(true);
});

test('A window whose process has crashed comes back with the answer, and says what happened', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  await credence.mainWindow();
  await credence.clickTray('Open Credence');
  await credence.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => windowText(credence)).toContain('This window had to be opened anew');
  expect(await windowText(credence)).toContain('send the API key from ~/.zshrc:42');
  expect(await credence.isShown()).toBe(true);

  // It is not only a picture of the last answer.
  home.write('.zshrc', '\n');
  await expect.poll(() => windowText(credence)).toContain('Interactive sessions use your Max login');
});

test('A window that is opened in the midst of changes shows what is true', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  for (const host of ['one', 'two', 'three']) {
    home.json('notes/.claude/settings.local.json', {
      env: { ANTHROPIC_BASE_URL: `https://${host}.example`, ANTHROPIC_AUTH_TOKEN: 'made-up-token' },
    });
    await credence.clickTray('Open Credence');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${host}.example`);
    await closeWindow(credence);
  }
});

test('What was chosen is there after the next start, until own data is removed', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const first = await launch({ folder: notes });
  await (await first.openWindow()).getByRole('radio', { name: /^Print/ }).click();
  await expect.poll(first.trayLines).toContain('Mode: Print');
  await first.quit();

  const next = await launch();
  const page = await next.openWindow();
  await expect(page.getByRole('radio', { name: /^Print/ })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Folder ~/notes' })).toBeVisible();

  await next.clickTray('Settings…');
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page
    .getByRole('button', { name: /^Remove/ })
    .last()
    .click();
  await expect(page.locator('body')).toContainText('Credence’s own data is removed');
  expect(existsSync(path.join(home.path, '.config/credence/preferences.json'))).toBe(false);
});

test('Nothing is written outside of Credence’s own folder', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const before = filesBelow(home.path);
  const credence = await launch({ folder: notes });
  await expect((await credence.mainWindow()).getByRole('heading', { level: 1 })).toContainText('~/.zshrc:42');
  await credence.quit();
  const written = filesBelow(home.path).filter((file) => !before.includes(file));
  expect(written.filter((file) => !file.startsWith('.config/credence/'))).toEqual([]);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}
