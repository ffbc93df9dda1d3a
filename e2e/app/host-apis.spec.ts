/** The rest of what the stand-in offers, so that nothing in it is unproven. Runs on Electron as well. */
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from '@playwright/test';
import { endClaimsApp, startClaimsApp, test } from './support/claims-app.ts';

test('Files and folders are opened by the desktop', async ({ claimsApp: { app, home, openedOutside } }) => {
  const file = path.join(home, 'notes.txt');
  writeFileSync(file, '');
  expect(await app.evaluate(({ shell }, given) => shell.openPath(given), file)).toBe('');
  await expect.poll(openedOutside).toContain(file);
  expect(await app.evaluate(({ shell }) => shell.openPath('/no/such/file'))).not.toBe('');
  await expect(app.evaluate(({ shell }) => shell.openExternal('no address'))).rejects.toThrow();
});

test('A dialog is answered by the spec', async ({ claimsApp: { app } }) => {
  const chosen = await app.evaluate(async ({ dialog }) => {
    const { showOpenDialog } = dialog;
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/some/folder'] });
    const answer = await dialog.showOpenDialog({ properties: ['openDirectory'] });
    dialog.showOpenDialog = showOpenDialog;
    return answer;
  });
  expect(chosen).toEqual({ canceled: false, filePaths: ['/some/folder'] });
});

test('The clipboard gives back what was written', async ({ claimsApp: { app } }) => {
  const read = await app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('word pair');
    return clipboard.readText();
  });
  expect(read).toBe('word pair');
});

test('Power, theme and screen can be listened to and asked', async ({ claimsApp: { app } }) => {
  const heard = await app.evaluate(({ nativeTheme, powerMonitor, screen }) => {
    const events: string[] = [];
    powerMonitor.on('resume', () => void events.push('resume'));
    nativeTheme.on('updated', () => events.push(nativeTheme.shouldUseDarkColors ? 'dark' : 'light'));
    powerMonitor.emit('resume');
    nativeTheme.themeSource = 'light';
    nativeTheme.themeSource = 'dark';
    return { events, wide: screen.getPrimaryDisplay().workArea.width > 0 };
  });
  expect(heard.wide).toBe(true);
  expect(heard.events).toContain('resume');
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'system';
  });
});

test('The folder of user data can be moved, to a folder that is there', async ({
  claimsApp: { app, home },
}) => {
  const folder = path.join(home, 'elsewhere');
  const move = (to: string) =>
    app.evaluate(({ app: electron }, given) => {
      const before = electron.getPath('userData');
      electron.setPath('userData', given);
      const after = electron.getPath('userData');
      electron.setPath('userData', before);
      return after;
    }, to);
  await expect(move(folder)).rejects.toThrow();
  mkdirSync(folder);
  expect(await move(folder)).toBe(folder);
});

test('A tray takes a new image, tooltip and menu until it is destroyed', async ({ claimsApp: { app } }) => {
  const after = await app.evaluate(({ Menu, nativeImage, Tray }) => {
    const icon = nativeImage.createFromDataURL(
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    );
    icon.setTemplateImage(true);
    const tray = new Tray(icon);
    tray.setImage(nativeImage.createFromBuffer(icon.toPNG()));
    tray.setToolTip('second');
    const checks: boolean[] = [];
    const box = {
      label: 'Box',
      type: 'checkbox',
      click: ({ checked }: Electron.MenuItem) => checks.push(checked),
    } as const;
    tray.setContextMenu(Menu.buildFromTemplate([box]));
    const { tooltip } = globalThis.__probe.shown();
    globalThis.__probe.choose(['Box']);
    globalThis.__probe.choose(['Box']);
    let clicks = 0;
    tray.on('click', () => (clicks += 1));
    tray.emit('click', {}, {}, {});
    tray.destroy();
    const half = nativeImage.createFromBuffer(icon.toPNG(), { scaleFactor: 0.5 }).getSize();
    const empty = nativeImage.createFromPath('/no/such/image.png').isEmpty();
    return {
      tooltip,
      checks,
      clicks,
      empty,
      half,
      size: icon.getSize(),
      left: globalThis.__probe.shown().tooltip,
    };
  });
  expect(after).toEqual({
    tooltip: 'second',
    checks: [true, false],
    clicks: 1,
    empty: true,
    half: { width: 2, height: 2 },
    size: { width: 1, height: 1 },
    left: 'Host claims: fine',
  });
});

test('A page from a server gets the headers that the app gives it, also after a redirect', async ({
  claimsApp: { app },
}) => {
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', 'text/html');
    if (url === '/first') response.writeHead(302, { location: '/second' });
    response.end('<script>document.title = "inline ran"</script><h1>served</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  try {
    const seen = await app.evaluate(async ({ BrowserWindow, session }, first) => {
      session.defaultSession.webRequest.onHeadersReceived(({ responseHeaders }, callback) => {
        callback({
          responseHeaders: { ...responseHeaders, 'content-security-policy': ["default-src 'none'"] },
        });
      });
      const window = new BrowserWindow({ show: false });
      const events: string[] = [];
      window.webContents.on('will-navigate', ({ url }) => events.push(`navigate ${url}`));
      window.webContents.on('will-redirect', ({ url }) => events.push(`redirect ${url}`));
      await window.loadURL(first);
      const shown: unknown = await window.webContents.executeJavaScript(
        'document.title + document.body.textContent',
      );
      const where = window.webContents.getURL();
      session.defaultSession.webRequest.onHeadersReceived(null);
      window.destroy();
      return { shown, where, events };
    }, `${address}/first`);
    expect(seen).toEqual({
      shown: 'served',
      where: `${address}/second`,
      events: [`redirect ${address}/second`],
    });
  } finally {
    server.close();
  }
});

test('A file is loaded from the app’s folder, and what cannot be loaded is told', async ({
  claimsApp: { app },
}) => {
  const seen = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const failures: string[] = [];
    window.webContents.on('did-fail-load', (_event, _code, description) => failures.push(description));
    await window.loadFile('index.html');
    const title: unknown = await window.webContents.executeJavaScript('document.title');
    const thrown = await window.loadURL('http://127.0.0.1:1/').catch((error: unknown) => String(error));
    window.destroy();
    return { title, thrown, failures };
  });
  expect(seen.title).toBe('Host claims');
  expect(seen.thrown).toContain("loading 'http://127.0.0.1:1/'");
  expect(seen.failures).toHaveLength(1);
});

test('On Linux there are no login items, and asking for one is no error', async ({ claimsApp: { app } }) => {
  test.skip(process.platform !== 'linux', 'about Linux');
  const opens = await app.evaluate(({ app: electron }) => {
    electron.setLoginItemSettings({ openAtLogin: true });
    return electron.getLoginItemSettings().openAtLogin;
  });
  expect(opens).toBe(false);
});

test('A window takes a colour for what shows before the page does', async ({ claimsApp }) => {
  const window = await claimsApp.window();
  await window.evaluate((it) => {
    it.setBackgroundColor('#17181a');
  });
});

test('Quitting from the tray’s menu ends the app', async () => {
  const started = await startClaimsApp();
  await started.page();
  const closed = started.app.waitForEvent('close');
  await started.app
    .evaluate(() => {
      globalThis.__probe.choose(['Quit']);
    })
    // The app may be gone before it has answered.
    .catch(() => undefined);
  await closed;
  await endClaimsApp(started);
});

test('A utility process is asked by its port, has the environment it is given, and ends when it is ended', async ({
  claimsApp: { app, home },
}) => {
  const script = path.join(home, 'utility.cjs');
  writeFileSync(
    script,
    `process.parentPort.on('message', ({ data }) => process.parentPort.postMessage({ data, only: process.env.ONLY, home: process.env.HOME ?? null }));`,
  );
  const told = await app.evaluate(async ({ utilityProcess }, file) => {
    const child = utilityProcess.fork(file, [], { env: { ONLY: 'this' }, stdio: 'ignore' });
    const message = await new Promise((resolve) => {
      child.once('message', resolve);
      child.postMessage({ asked: 1 });
    });
    const ended = new Promise((resolve) =>
      child.once('exit', () => {
        resolve('ended');
      }),
    );
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    return { message, ended: await ended, pid: child.pid ?? null };
  }, script);
  expect(told).toEqual({
    message: { data: { asked: 1 }, only: 'this', home: null },
    ended: 'ended',
    pid: null,
  });
});

test('The process that asks the keychain answers the app, and finds none where there is no session', async ({
  claimsApp: { app, home },
}) => {
  const script = path.join(import.meta.dirname, '../../out/app/keyring-process.cjs');
  const told = await app.evaluate(
    async ({ utilityProcess }, { file, HOME }) => {
      const child = utilityProcess.fork(file, [], { env: { HOME }, stdio: 'ignore' });
      const reply = await new Promise((resolve) => {
        child.once('message', resolve);
        child.once('exit', () => {
          resolve('no answer');
        });
        child.postMessage({ operation: 'get', service: 'Credence', account: 'key:NONE' });
      });
      child.kill();
      return reply;
    },
    { file: script, HOME: home },
  );
  expect(told).toEqual({ state: 'unreachable' });
});
