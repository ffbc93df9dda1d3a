import { app } from './api/app.ts';
import { BrowserWindow } from './api/browser-window.ts';
import { protocol } from './api/custom-schemes.ts';
import { clipboard, powerMonitor, screen } from './api/desktop.ts';
import { dialog } from './api/dialog.ts';
import { ipcMain } from './api/ipc-main.ts';
import { Menu, MenuItem } from './api/menu.ts';
import { nativeImage } from './api/native-image.ts';
import { nativeTheme } from './api/native-theme.ts';
import { Notification } from './api/notification.ts';
import { session } from './api/session.ts';
import { shell } from './api/shell.ts';
import { Tray } from './api/tray.ts';
import { utilityProcess } from './api/utility-process.ts';
import { WebContents as webContents } from './api/web-contents.ts';
import { loudPrototype } from './loud.ts';

const surface = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
} satisfies Partial<Record<keyof typeof Electron.CrossProcessExports, unknown>>;

/**
 * What `require('electron')` gives. As in Electron, members cannot be replaced, only what they consist of; unlike there,
 * asking for a missing one throws. For `import` a missing name is an error at load, by the language itself.
 */
const required: object = Object.create(loudPrototype('electron')) as object;
for (const [name, value] of Object.entries(surface)) {
  Object.defineProperty(required, name, { get: () => value, enumerable: true });
}

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  required as 'module.exports',
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
