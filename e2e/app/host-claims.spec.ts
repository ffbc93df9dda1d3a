/**
 * What the stand-in claims about Electron, stated so that it can be run on Electron too. That it passes on the stand-in
 * proves little; a failure on Electron proves the stand-in wrong.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from '@playwright/test';
import { pickHost } from '../host/pick-host.ts';
import { endClaimsApp, FIXTURE_APP, startClaimsApp, test } from './support/claims-app.ts';

test.describe('An app', () => {
  test('starts, names itself, and keeps its data in the home that it is given', async ({
    claimsApp: { app, home },
  }) => {
    const about = await app.evaluate(({ app: electron }) => ({
      name: electron.getName(),
      version: electron.getVersion(),
      packaged: electron.isPackaged,
      ready: electron.isReady(),
      userData: electron.getPath('userData'),
    }));
    expect(about).toEqual({
      name: 'Host Claims',
      version: '1.2.3',
      packaged: false,
      ready: true,
      userData: path.join(home, '.config/Host Claims'),
    });
  });

  test('opens its window hidden, and shows it from the tray', async ({ claimsApp }) => {
    const { app } = claimsApp;
    const window = await claimsApp.window();
    expect(await window.evaluate((it) => it.isVisible())).toBe(false);
    await app.evaluate(() => {
      globalThis.__probe.choose(['Open']);
    });
    expect(await window.evaluate((it) => it.isVisible())).toBe(true);
    expect(await app.evaluate(() => globalThis.claims.readyToShow)).toBe(true);
    await window.evaluate((it) => {
      it.hide();
    });
  });

  test('says in tray and menu what a person sees', async ({ claimsApp: { app } }) => {
    const shown = await app.evaluate(() => globalThis.__probe.shown());
    expect(shown.tooltip).toBe('Host claims: fine');
    expect(shown.items.map(({ label }) => label)).toEqual([
      'All is well',
      'Open',
      'Mode',
      'Notify',
      '',
      'Quit',
    ]);
    await app.evaluate(() => {
      globalThis.__probe.choose(['Mode', 'Two']);
    });
    const mode = (await app.evaluate(() => globalThis.__probe.shown())).items[2];
    expect(mode).toMatchObject({ items: [{ checked: false }, { checked: true }] });
    await expect(
      app.evaluate(() => {
        globalThis.__probe.choose(['All is well']);
      }),
    ).rejects.toThrow('not enabled');
  });

  test('shows a notification', async ({ claimsApp: { app } }) => {
    await app.evaluate(() => {
      globalThis.__probe.choose(['Notify']);
    });
    const seen = await app.evaluate(() =>
      globalThis.__probe.notifications.map(({ title, body }) => ({ title, body })),
    );
    expect(seen).toContainEqual({ title: 'Winner changed', body: 'To something else' });
  });

  test('hides when its window is closed', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    const window = await claimsApp.window();
    await window.evaluate((it) => {
      it.show();
      it.close();
    });
    expect(await window.evaluate((it) => [it.isVisible(), it.isDestroyed()])).toEqual([false, false]);
    expect(page.isClosed()).toBe(false);
  });

  test('hears of a second instance, which ends', async ({ claimsApp: { app, environment, home } }) => {
    const second = spawnSync(pickHost().program, ['--no-sandbox', FIXTURE_APP, '/some/folder'], {
      cwd: home,
      env: environment,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(second).toMatchObject({ status: 0, signal: null });
    await expect
      .poll(() => app.evaluate(() => globalThis.claims.seconds))
      .toEqual([{ last: '/some/folder', folder: home, data: { greeting: 'hello' } }]);
  });
});

test.describe('The page', () => {
  test('obeys the content security policy of the protocol handler', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    await expect(page.locator('html')).not.toHaveAttribute('data-inline');
    const tried = await page.evaluate(async () => {
      const fetched = await fetch('https://example.com/').then(
        () => 'fetched',
        () => 'refused',
      );
      const missing = await fetch('/../../package.json').then(({ status }) => status);
      return { fetched, missing };
    });
    expect(tried).toEqual({ fetched: 'refused', missing: 404 });
  });

  test('opens no windows; what it links to goes to the person’s browser', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    expect(await page.evaluate(() => window.open('https://example.com/scripted'))).toBeNull();
    await page.locator('#outside').click();
    await page.locator('#away').click({ modifiers: ['ControlOrMeta'] });
    await expect
      .poll(() =>
        claimsApp
          .openedOutside()
          .filter((target) => URL.canParse(target))
          .toSorted(),
      )
      .toEqual(['https://example.com/away', 'https://example.com/outside', 'https://example.com/scripted']);
    expect(claimsApp.app.windows()).toHaveLength(1);
  });

  test('stays where it is', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    const before = page.url();
    await page.locator('#away').click({ noWaitAfter: true });
    await expect
      .poll(() => claimsApp.app.evaluate(() => globalThis.claims.prevented))
      .toContain('https://example.com/away');
    expect(page.url()).toBe(before);
    await expect(page.locator('h1')).toHaveText('Host claims');
  });

  test('is denied what it has not been allowed', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    expect(await page.evaluate(() => Notification.permission)).toBe('denied');
    const position = await page.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => {
              resolve('here');
            },
            ({ code }) => {
              resolve(code);
            },
          );
        }),
    );
    expect(position).toBe(1);
  });

  test('follows the light and dark that Playwright asks for', async ({ claimsApp }) => {
    const page = await claimsApp.page();
    const dark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await dark()).toBe(true);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await dark()).toBe(false);
  });

  test('has the size it was given and can be photographed', async ({ claimsApp }, { outputDir }) => {
    const page = await claimsApp.page();
    const window = await claimsApp.window();
    await window.evaluate((it) => {
      it.show();
    });
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([440, 720]);
    await window.evaluate((it) => {
      it.setBounds({ width: 360, height: 640 });
    });
    await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([360, 640]);
    const file = path.join(outputDir, `window-on-${pickHost().name}.png`);
    const png = await page.screenshot({ path: file });
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([360, 640]);
  });
});

test('A crash of the renderer is told, and the page can be had again', async () => {
  const started = await startClaimsApp();
  try {
    await started.page();
    await started.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => started.app.evaluate(() => globalThis.claims.crashes)).toEqual(['crashed']);
    const text = () =>
      started.app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents?.executeJavaScript(
          'document.querySelector("#answer")?.textContent',
        ) as Promise<unknown>;
      });
    await expect.poll(text).toBe('from the page at claims-app://bundle/index.html');
  } finally {
    await endClaimsApp(started);
  }
});
