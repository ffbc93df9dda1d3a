import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Dialog, OpenDialogOptions, OpenDialogReturnValue } from 'electron';
import { loud, notImplemented } from '../loud.ts';
import { BrowserWindow } from './browser-window.ts';
import { isStartedByHand } from './by-hand.ts';

const CANCELLED: OpenDialogReturnValue = { canceled: true, filePaths: [] };

/**
 * A test answers in its place: `dialog.showOpenDialog = …`, as on Electron. A person who has started the stand-in by hand
 * types the folder into a prompt of the page.
 */
export const dialog = loud('dialog', {
  async showOpenDialog(...given: readonly unknown[]): Promise<OpenDialogReturnValue> {
    const options = given.at(-1) as OpenDialogOptions;
    const window = given.length > 1 ? (given[0] as BrowserWindow) : BrowserWindow.getAllWindows()[0];
    if (!isStartedByHand() || window === undefined)
      throw notImplemented('dialog.showOpenDialog, which a test has to replace,');
    const { properties = [], title = 'Choose a folder', defaultPath = homedir() } = options;
    if (!properties.includes('openDirectory')) throw notImplemented('dialog.showOpenDialog for files');
    window.show();
    return ask(window, title, defaultPath);
  },
} satisfies Pick<Dialog, 'showOpenDialog'>);

/** As in a dialog of the desktop only what is there can be chosen. */
async function ask(window: BrowserWindow, question: string, before: string): Promise<OpenDialogReturnValue> {
  const code = `window.prompt(${JSON.stringify(question)}, ${JSON.stringify(before)})`;
  const typed: unknown = await window.webContents.executeJavaScript(code, true);
  if (typeof typed !== 'string' || typed.trim() === '') return CANCELLED;
  const folder = path.resolve(homedir(), typed.trim().replace(/^~(?=\/|$)/, homedir()));
  if (isFolder(folder)) return { canceled: false, filePaths: [folder] };
  return ask(window, `There is no folder ${folder}. Which one?`, typed);
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
