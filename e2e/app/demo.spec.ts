/** `npm start -- --demo`: what it lays lets anybody log in and sign in, without any credential of their own. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium, expect, type Page } from '@playwright/test';
import { makeDemo } from '../../build/demo-environment.mjs';
import { startDemoServices } from '../../build/demo-services.mjs';
import { findChromium } from '../host/chromium/find-chromium.mjs';
import { test } from './support/app-test.ts';

test('In the demo a Claude login and a sign-in to the organisation go from the tray to the end', async ({
  home,
  launch,
}) => {
  const { services, end } = await startDemoServices(home.path, process.execPath);
  const browser = await chromium.launch({
    executablePath: findChromium(process.env) ?? 'chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    expect(services?.bus).toMatch(/^unix:/);
    const { desktop } = makeDemo(home.path, process.env, process.platform, services);
    const opener = path.join(home.path, '.local/bin/xdg-open');
    const opened = path.join(home.path, 'opened.txt');
    writeFileSync(opener, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`);
    chmodSync(opener, 0o755);
    const env = Object.fromEntries(
      Object.entries(desktop).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    );
    const credence = await launch({ env: { ...env, BROWSER: opener } });
    const page = await credence.openWindow();
    const title = page.getByRole('heading', { level: 1 });
    await page.getByRole('button', { name: /^Look/ }).click();
    await expect(title).toContainText('API key');

    /** The page that was handed to the browser last, as the user would see it. */
    const inBrowser = async (count: number): Promise<Page> => {
      const all = (): readonly string[] =>
        existsSync(opened) ? readFileSync(opened, 'utf8').trim().split('\n') : [];
      await expect.poll(() => all().length).toBe(count);
      const tab = await browser.newPage();
      await tab.goto(all().at(-1) ?? '');
      return tab;
    };

    await credence.clickTray(/^Log in/, /^northwind/);
    const organisation = await inBrowser(1);
    await organisation.getByRole('button', { name: 'Sign in' }).click();
    await organisation.getByRole('button', { name: 'Allow' }).click();
    await expect(title).toHaveText('You are signed in to northwind.');
    await page.getByRole('button', { name: 'Back to the answer' }).click();

    await credence.clickTray(/^Log in/, /^Claude Console/);
    const asked = page.getByRole('button', { name: 'Log in anyway' });
    await expect(asked.or(page.getByRole('textbox'))).toBeVisible();
    if (await asked.isVisible()) await asked.click();
    const claude = await inBrowser(2);
    await credence.screenshot('demo-log-in');
    await claude
      .getByRole('button', { name: /approve/i })
      .or(claude.getByRole('link', { name: /approve/i }))
      .click();
    await expect(title).toHaveText('You are logged in to the Claude Console.');
    await credence.screenshot('demo-logged-in');
  } finally {
    await browser.close();
    await end();
  }
});
