/** Signing in to an organisation from the tray: the provider’s page in a real browser, back, and a token in a real keychain. */
import { execFile } from 'node:child_process';
import { createConnection } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { test as base } from './support/app-test.ts';
import { canary, holders } from './support/canary.ts';
import type { AppUnderTest } from './support/launch-app.ts';
import { ORGANISATION, signInDesktop, type SignInDesktop } from './support/sign-in-desktop.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');

interface Given {
  readonly desktop: SignInDesktop;
  /** Running, with that desktop around it. */
  readonly credence: AppUnderTest;
}

const test = base.extend<Given>({
  desktop: async ({ home }, use) => {
    const desktop = await signInDesktop(home, {}, { ttl: { deviceCode: 4 } });
    await use(desktop);
    await desktop.end();
  },
  credence: async ({ home, launch, desktop }, use) => {
    await use(await launch({ folder: home.path, env: desktop.variables }));
  },
});

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 });

/** From the tray until the provider’s page has been handed to the browser. */
async function begin(credence: AppUnderTest, desktop: SignInDesktop): Promise<Page> {
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, new RegExp(`^${ORGANISATION}`));
  await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
  await expect.poll(() => desktop.opened().length).toBeGreaterThan(0);
  return page;
}

/** `127.0.0.1:52114`, as the window shows it. */
async function wayBack(page: Page): Promise<number> {
  const text = await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .last()
    .innerText();
  return Number(text.split(':')[1]);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

test('From the tray to the provider’s page, through the browser and back: the window says who is signed in, and the token is served', async ({
  credence,
  desktop,
  home,
}) => {
  const page = await begin(credence, desktop);
  const port = await wayBack(page);
  await credence.screenshot('sign-in-organisation-waiting');
  const browser = await desktop.openInBrowser();
  await browser.getByRole('button', { name: 'Sign in' }).click();
  await browser.getByRole('button', { name: 'Allow' }).click();
  await expect(browser.getByRole('heading')).toHaveText(`Signed in to ${ORGANISATION}`);
  expect(new URL(browser.url()).search).toBe('');
  await expect(titleOf(page)).toHaveText(`You are signed in to ${ORGANISATION}.`);
  await expect(page.getByText('petra@northwind.example')).toBeVisible();
  await credence.screenshot('sign-in-organisation-done');
  expect(desktop.provider.counts().grants).toEqual({ authorization_code: 1 });
  await expect.poll(() => isListening(port)).toBe(false);

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [COMMAND, 'token', '--provider', ORGANISATION],
    {
      env: { ...home.environment, ...desktop.variables },
    },
  );
  expect(stdout).toMatch(/^\S+\n$/);
  const token = stdout.trim();
  expect(await desktop.provider.isStillGood(token)).toBe(true);

  // Whatever was said from here on, and whatever lies in the home by now, does not hold it.
  const watch = await canary(credence, page, [token]);
  await credence.clickTray(/^Log in/, new RegExp(`^Sign out of ${ORGANISATION}`));
  await page.getByRole('button', { name: `Sign out of ${ORGANISATION}` }).click();
  await expect(titleOf(page)).toHaveText(`You are signed out of ${ORGANISATION}.`);
  await expect.poll(() => desktop.provider.isStillGood(token)).toBe(false);
  expect((await watch.sweep()).snapshots).toBeGreaterThan(1);
  await watch.end();
  expect(holders(home.path, token)).toEqual({});
});

test('Who is signed in where nothing is configured any more is shown as that, and can be signed out', async ({
  credence,
  desktop,
  home,
}) => {
  const page = await begin(credence, desktop);
  await fetch(await desktop.provider.signIn(desktop.opened().at(-1) ?? ''));
  await expect(titleOf(page)).toHaveText(`You are signed in to ${ORGANISATION}.`);
  home.json('.config/credence/providers.json', { schemaVersion: 1, providers: [] }, 0o600);
  await credence.clickTray('Settings…');
  const row = page.getByRole('listitem', { name: ORGANISATION });
  await expect(row).toContainText('Not configured any more');
  await expect(row.getByRole('button')).toHaveText(['Sign out…']);
  await credence.screenshot('settings-organisation-not-configured');
  await credence.clickTray(/^Log in/, `Sign out of ${ORGANISATION} (not configured any more)…`);
  await page.getByRole('button', { name: `Sign out of ${ORGANISATION}` }).click();
  await expect(titleOf(page)).toHaveText(`You are signed out of ${ORGANISATION}.`);
  expect(desktop.provider.counts().revocation).toBe(2);
  await credence.clickTray('Settings…');
  await expect(row).toHaveCount(0);
});

test('A sign-in that is cancelled frees its port, and what comes back later has no effect', async ({
  credence,
  desktop,
}) => {
  const page = await begin(credence, desktop);
  const port = await wayBack(page);
  const callback = await desktop.provider.signIn(desktop.opened().at(-1) ?? '');
  await page.getByRole('button', { name: 'Cancel sign-in' }).click();
  await expect(titleOf(page)).toHaveText('The sign-in is cancelled.');
  await expect.poll(() => isListening(port)).toBe(false);
  await expect(fetch(callback)).rejects.toThrow();
  expect(desktop.provider.counts().token).toBe(0);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
});

test('A second try while one is open shows the one that is; a window that comes half-way shows it too', async ({
  credence,
  desktop,
}) => {
  const page = await begin(credence, desktop);
  const port = await wayBack(page);
  await credence.clickTray(/^Log in/, /^Claude subscription/);
  await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
  expect(await wayBack(page)).toBe(port);
  expect(desktop.opened()).toHaveLength(1);
  expect(await credence.trayLines()).toContain('Cancel sign-in');
  // Close hides; what is under way goes on.
  await credence.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  expect(await credence.isShown()).toBe(false);
  await credence.openWindow();
  // The answer is what was asked for; above it stands what goes on.
  await page.getByRole('region', { name: 'Signing in' }).getByRole('button', { name: 'Show' }).click();
  await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
  await credence.clickTray('Cancel sign-in');
  await expect(titleOf(page)).toHaveText('The sign-in is cancelled.');
});

test('The address at which another browser stopped can be pasted, and is kept nowhere', async ({
  credence,
  desktop,
  home,
}) => {
  const page = await begin(credence, desktop);
  const callback = await desktop.provider.signIn(desktop.opened().at(-1) ?? '');
  const code = new URL(callback).searchParams.get('code') ?? '';
  const watch = await canary(credence, page, [code]);
  const field = page.getByRole('textbox');
  await field.fill('http://127.0.0.1:1/callback?code=x&state=of-another');
  await page.getByRole('button', { name: 'Use this code' }).click();
  await expect(page.getByText(/belongs to another sign-in/).first()).toBeVisible();
  await field.fill(callback);
  await page.keyboard.press('Enter');
  await expect(titleOf(page)).toHaveText(`You are signed in to ${ORGANISATION}.`);
  await watch.sweep();
  await watch.end();
  expect(holders(home.path, code)).toEqual({});
});

test('What the provider declines is told, and nobody is signed in', async ({ credence, desktop }) => {
  const page = await begin(credence, desktop);
  const browser = await desktop.openInBrowser();
  await browser.getByRole('button', { name: 'Cancel' }).click();
  await expect(browser.getByRole('heading')).toBeVisible();
  await expect(titleOf(page)).toHaveText(/says no: it was declined/);
  await credence.screenshot('sign-in-organisation-declined');
  expect(desktop.provider.counts().token).toBe(0);
});

test('A code for another machine is shown; one that nobody types in time is told as that', async ({
  credence,
  desktop,
}) => {
  const page = await begin(credence, desktop);
  await page.getByRole('button', { name: 'Use a code instead' }).click();
  await expect(page.locator('.device-letters')).toHaveText(/^[A-Z]{4}-[A-Z]{4}$/);
  await credence.screenshot('sign-in-organisation-device');
  await expect(titleOf(page)).toHaveText(`Nobody signed in to ${ORGANISATION} in time.`, {
    timeout: 40_000,
  });
});

test('Quitting in the middle frees everything; the next start is as before', async ({
  credence,
  desktop,
  home,
  launch,
}) => {
  const page = await begin(credence, desktop);
  const port = await wayBack(page);
  await credence.quit();
  expect(await isListening(port)).toBe(false);
  const again = await launch({ folder: home.path, env: desktop.variables });
  const next = await begin(again, desktop);
  await expect(titleOf(next)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
});

test('Where no keychain answers, nobody is sent to sign in', async ({ home, launch, desktop }) => {
  const nowhere = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${home.path}/nobody` };
  const credence = await launch({ folder: home.path, env: { ...desktop.variables, ...nowhere } });
  const page = await credence.openWindow();
  await credence.clickTray(/^Log in/, new RegExp(`^${ORGANISATION}`));
  await expect(page.getByText('No keychain answers here.').first()).toBeVisible();
  await credence.screenshot('sign-in-organisation-no-keychain');
  expect(desktop.opened()).toEqual([]);
});
