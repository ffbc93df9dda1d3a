import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { notImplemented } from '../loud.ts';

type Options = BrowserWindowConstructorOptions;

/** What a window can be asked to be; what has no effect here is only drawing. */
const OPTIONS = {
  width: 'done',
  height: 'done',
  x: 'done',
  y: 'done',
  show: 'done',
  title: 'done',
  webPreferences: 'done',
  useContentSize: 'done',
  minWidth: 'no effect',
  minHeight: 'no effect',
  maxWidth: 'no effect',
  maxHeight: 'no effect',
  resizable: 'no effect',
  maximizable: 'no effect',
  minimizable: 'no effect',
  fullscreenable: 'no effect',
  backgroundColor: 'no effect',
  autoHideMenuBar: 'no effect',
  darkTheme: 'no effect',
  icon: 'no effect',
  center: 'no effect',
  paintWhenInitiallyHidden: 'no effect',
  skipTaskbar: 'no effect',
} satisfies Partial<Record<keyof Options, 'done' | 'no effect'>>;

/** A value that is the only one to be had, or `any`. */
const PREFERENCES: Readonly<Partial<Record<keyof WebPreferences, unknown>>> = {
  preload: 'any',
  devTools: 'any',
  spellcheck: 'any',
  backgroundThrottling: 'any',
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableWebSQL: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
};

/** @throws {Error} on what the stand-in cannot do, and on what would make the page less safe */
export function checkWindowOptions(options: Options): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !(name in OPTIONS)) throw notImplemented(`BrowserWindow option ${name}`);
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    const only = (PREFERENCES as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || only === 'any' || only === value) continue;
    throw notImplemented(`webPreferences ${name}: ${String(value)}`);
  }
}
