import { app, powerMonitor } from 'electron';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createAppAdapters, ownFolder } from '../adapters/create-adapters.ts';
import { ENGINE_FOLDER } from '../adapters/own-data/own-data-folder.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { startApp, type RunningApp } from './start-app.ts';
import { utilityKeyringProcess } from './utility-keyring-process.ts';

registerAppScheme();
app.enableSandbox();

// What Chromium keeps is Credence’s own data too, so that removing that removes it. The lock below lies in it.
keepWindowDataIn(ownFolder());

/** Beside this file lie the preload script and the folder of the window. */
const FOLDER = __dirname;

let running: RunningApp | null = null;
let isClosing = false;
/** After its close, for the last moment. */
let gone: RunningApp | null = null;

// What a second start was given is anybody’s; it only shows the window.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => running?.show(null));
  app.on('activate', () => running?.show(null));
  // Without a window the app goes on in the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', closeFirst);
  app.on('quit', () => (gone ?? running)?.finish());
  void start();
} else {
  app.quit();
}

/** What was started is ended before Credence is, and without harm, which may take some seconds. */
function closeFirst(event: Electron.Event): void {
  const closing = running;
  if (closing === null) return;
  event.preventDefault();
  if (isClosing) return;
  isClosing = true;
  void closing.close().finally(() => {
    gone = closing;
    running = null;
    app.quit();
  });
}

function keepWindowDataIn(own: string | null): void {
  if (own === null) return;
  const folder = path.join(own, ENGINE_FOLDER);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
  } catch {
    // Where nothing can be kept, Electron’s own choice is as good.
  }
}

async function start(): Promise<void> {
  const [adapters] = await Promise.all([
    createAppAdapters(utilityKeyringProcess(path.join(FOLDER, 'keyring-process.cjs'))),
    app.whenReady(),
  ]);
  serveApp(`${FOLDER}/renderer`);
  running = startApp(adapters, FOLDER);
  // A clock that has jumped changes what has ended.
  powerMonitor.on('resume', () => running?.refresh());
}
