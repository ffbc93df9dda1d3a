import { BrowserWindow, nativeTheme, session } from 'electron';
import path from 'node:path';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import { SCREEN_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/ipc/names.ts';
import { APP_ORIGIN, APP_PAGE } from './app-files.ts';
import { crashLimit } from './crash-limit.ts';

export interface MainWindow {
  readonly show: (screen: Screen | null) => void;
  readonly hide: () => void;
  readonly publish: (snapshot: Snapshot) => void;
  /** Whether a message comes from this window’s own page, and from no frame in it. */
  readonly isOwnPage: (sender: Electron.WebContents, frame: Electron.WebFrameMain | null) => boolean;
  readonly dialogParent: () => BrowserWindow | null;
  /** From now on closing closes. */
  readonly letGo: () => void;
}

/** As in tokens.css, so that nothing flashes before the page is drawn. */
const SURFACE = { light: '#ffffff', dark: '#16191d' } as const;

/** The one window of the app. Closing hides it; a page that crashed comes back. */
export function createMainWindow(folder: string, now: () => number, crashed: () => void): MainWindow {
  let closes = false;
  let wanted: Screen | null = null;
  let loaded = false;
  let stopped = false;
  const crashes = crashLimit(now);
  let last: Snapshot | null = null;
  const window = new BrowserWindow({
    width: 440,
    height: 720,
    minWidth: 360,
    minHeight: 420,
    show: false,
    title: 'Credence',
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? SURFACE.dark : SURFACE.light,
    webPreferences: {
      preload: path.join(folder, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      experimentalFeatures: false,
      devTools: false,
      spellcheck: false,
    },
  });
  const contents = window.webContents;
  lockDown(contents);
  window.on('close', (event) => {
    if (closes) return;
    event.preventDefault();
    window.hide();
  });
  contents.on('did-finish-load', () => {
    loaded = true;
    if (last !== null) contents.send(SNAPSHOT_CHANNEL, last);
    if (wanted !== null) contents.send(SCREEN_CHANNEL, wanted);
  });
  contents.on('render-process-gone', () => {
    if (closes) return;
    loaded = false;
    crashed();
    // A page that cannot stay is not brought back for ever: the tray goes on, and showing the window tries again.
    if (crashes.isOneTooMany()) stopped = true;
    else contents.reload();
  });
  void window.loadURL(APP_PAGE);

  return {
    show: (screen) => {
      wanted = screen;
      if (stopped) {
        stopped = false;
        contents.reload();
      }
      if (loaded && screen !== null) contents.send(SCREEN_CHANNEL, screen);
      window.show();
      window.focus();
    },
    hide: () => {
      window.hide();
    },
    publish: (snapshot) => {
      last = snapshot;
      if (loaded && !window.isDestroyed()) contents.send(SNAPSHOT_CHANNEL, snapshot);
    },
    isOwnPage: (sender, frame) =>
      sender === contents &&
      frame !== null &&
      frame.parent === null &&
      frame.url.startsWith(`${APP_ORIGIN}/`),
    dialogParent: () => (window.isVisible() ? window : null),
    letGo: () => {
      closes = true;
    },
  };
}

/** The page goes nowhere, opens nothing and is given nothing. */
function lockDown(contents: Electron.WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}
