/** What only the stand-in has to prove. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { pickHost } from '../host/pick-host.ts';
import { endClaimsApp, startClaimsApp, test } from './claims-app.ts';

test.skip(pickHost().name !== 'stand-in', 'about the stand-in alone');

test('What is not implemented says so', async ({ claimsApp: { app } }) => {
  await expect(app.evaluate(({ app: electron }) => electron.setBadgeCount(1))).rejects.toThrow(
    'stand-in: app.setBadgeCount is not implemented',
  );
  await expect(app.evaluate(({ safeStorage }) => safeStorage)).rejects.toThrow(
    'stand-in: electron.safeStorage is not implemented',
  );
  await expect(app.evaluate(({ dialog }) => dialog.showOpenDialog({}))).rejects.toThrow(
    'stand-in: dialog.showOpenDialog',
  );
  await expect(
    app.evaluate(({ app: electron }) => {
      electron.on('gpu-info-update', () => undefined);
    }),
  ).rejects.toThrow('stand-in: the event gpu-info-update of app is not implemented');
});

test('A window that would be less safe is refused', async ({ claimsApp: { app } }) => {
  const open = (webPreferences: Record<string, boolean>) =>
    app.evaluate(
      ({ BrowserWindow }, preferences) => new BrowserWindow({ webPreferences: preferences }).id,
      webPreferences,
    );
  for (const unsafe of [
    { sandbox: false },
    { nodeIntegration: true },
    { contextIsolation: false },
    { webSecurity: false },
    { webviewTag: true },
  ]) {
    await expect(open(unsafe)).rejects.toThrow('stand-in: webPreferences');
  }
});

test('A module that imports what is missing does not load', async ({ claimsApp: { home, environment } }) => {
  const entry = path.join(home, 'missing.mjs');
  writeFileSync(entry, "import { app, safeStorage } from 'electron';\napp.quit();\nvoid safeStorage;\n");
  const { status, stderr } = spawnSync(pickHost().program, [entry], { env: environment, encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain("does not provide an export named 'safeStorage'");
});

test('Nothing is left of Chromium when the app has quit, and nothing of it is in the home', async () => {
  const TMPDIR = temporaryFolder();
  const started = await startClaimsApp({ TMPDIR });
  await started.page();
  const [home, during] = [readdirSync(started.home).toSorted(), readdirSync(TMPDIR)];
  await endClaimsApp(started);
  expect(home).toEqual(['.config', 'bin']);
  expect(during).not.toEqual([]);
  expect(readdirSync(TMPDIR)).toEqual([]);
  rmdirSync(TMPDIR);
});

test('Chromium ends with an app that is killed, and the next one clears up', async () => {
  const TMPDIR = temporaryFolder();
  const killed = await startClaimsApp({ TMPDIR });
  await killed.page();
  expect(processesUsing(TMPDIR)).not.toEqual([]);
  killed.app.process().kill('SIGKILL');
  await expect.poll(() => processesUsing(TMPDIR)).toEqual([]);
  await endClaimsApp(killed);
  expect(readdirSync(TMPDIR)).not.toEqual([]);

  const next = await startClaimsApp({ TMPDIR });
  await endClaimsApp(next);
  expect(readdirSync(TMPDIR)).toEqual([]);
  rmdirSync(TMPDIR);
});

test('A window that a person closes by its frame comes back hidden when the app hides it', async () => {
  const started = await startClaimsApp();
  const page = await started.page();
  await started.app.evaluate(() => {
    globalThis.__probe.choose(['Open']);
  });
  const next = started.app.waitForEvent('window');
  const chromium = await started.app.context().newCDPSession(page);
  // The host hears of it only afterwards, as when it is closed by hand. The session ends with the page.
  await chromium.send('Page.close').catch(() => undefined);
  await expect((await next).locator('#answer')).toHaveText('from the page at claims-app://bundle/index.html');
  const state = await started.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => [window.isVisible(), window.isDestroyed()]),
  );
  expect(state).toEqual([[false, false]]);
  await endClaimsApp(started);
});

function temporaryFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'claims-tmp-')));
}

/** Processes that name the folder in their command line, as every Chromium does. */
function processesUsing(folder: string): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandLine(name).includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
