import { app, powerMonitor } from 'electron';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createAppAdapters, ownFolder } from '../adapters/create-adapters.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { startApp, type RunningApp } from './start-app.ts';

registerAppScheme();
app.enableSandbox();

// What Chromium keeps is Credence’s own data too, so that removing that removes it. The lock below lies in it.
const own = ownFolder();
if (own !== null) keepIn(path.join(own, 'window'));

/** Beside this file lie the preload script and the folder of the window. */
const FOLDER = __dirname;

let running: RunningApp | null = null;

// What a second start was given is anybody’s; it only shows the window.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => running?.show(null));
  app.on('activate', () => running?.show(null));
  // Without a window the app goes on in the tray.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', () => running?.close());
  void start();
} else {
  app.quit();
}

async function start(): Promise<void> {
  const [adapters] = await Promise.all([createAppAdapters(), app.whenReady()]);
  serveApp(`${FOLDER}/renderer`);
  running = startApp(adapters, FOLDER);
  // A clock that has jumped changes what has ended.
  powerMonitor.on('resume', () => running?.refresh());
}

/** Electron takes no folder that is not there. Where it cannot be made, the usual one has to do. */
function keepIn(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
  } catch {
    // Nothing is lost: it holds caches, which Chromium does without.
  }
}
