/** What only the stand-in has to prove. */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { pickHost } from '../host/pick-host.ts';
import { endClaimsApp, FIXTURE_APP, startClaimsApp, test } from './support/claims-app.ts';

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

/** Runs in the app: asks for folders, and answers the page's prompts as a person would. */
const ASKS = `
const { app, dialog, BrowserWindow } = require('electron');
// Else nobody would end the display.
setTimeout(() => app.exit(1), 30000);
const answers = [{ promptText: '/no/such/folder' }, { promptText: '~/chosen' }, { accept: false }];
app.whenReady().then(() => setImmediate(async () => {
  const [window] = BrowserWindow.getAllWindows();
  const { session } = await window.webContents.page;
  session.on('Page.javascriptDialogOpening', ({ message }) => {
    console.log('asked: ' + message);
    session.send('Page.handleJavaScriptDialog', { accept: true, ...answers.shift() });
  });
  await new Promise((resolve) => window.once('ready-to-show', resolve));
  const options = { title: 'Which folder?', properties: ['openDirectory'] };
  for (const given of [[options], [window, options]]) console.log(JSON.stringify(await dialog.showOpenDialog(...given)));
  app.quit();
}));
`;

test('Who starts the stand-in by hand types the folder into a prompt', ({
  claimsApp: { home, environment },
}) => {
  const asks = path.join(home, 'asks.cjs');
  writeFileSync(asks, ASKS);
  mkdirSync(path.join(home, 'chosen'));
  const env = { ...environment, STANDIN_HEADED: '1', XDG_CONFIG_HOME: path.join(home, 'by-hand') };
  const command = ['-a', pickHost().program, '-r', asks, FIXTURE_APP];
  const { stdout, stderr } = spawnSync('xvfb-run', command, { env, encoding: 'utf8', timeout: 50_000 });
  expect(stdout.trim().split('\n'), stderr).toEqual([
    'asked: Which folder?',
    'asked: There is no folder /no/such/folder. Which one?',
    JSON.stringify({ canceled: false, filePaths: [path.join(home, 'chosen')] }),
    'asked: Which folder?',
    JSON.stringify({ canceled: true, filePaths: [] }),
  ]);
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
