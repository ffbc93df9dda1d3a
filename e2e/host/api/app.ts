import path from 'node:path';
import process from 'node:process';
import type { App as ElectronApp, LoginItemSettings } from 'electron';
import { log } from '../log.ts';
import { eventsOf, loudEmitter, makeEvent, standingFor } from '../loud.ts';
import { AppPaths } from './app-paths.ts';
import { commandLine } from './command-line.ts';
import { onLastWindowClosed, openWindows } from './open-windows.ts';
import { SingleInstance } from './single-instance.ts';

const EVENTS = eventsOf<ElectronApp>()(
  'activate',
  'before-quit',
  'browser-window-created',
  'child-process-gone',
  'quit',
  'ready',
  'render-process-gone',
  'second-instance',
  'web-contents-created',
  'will-finish-launching',
  'will-quit',
  'window-all-closed',
);

class App
  extends loudEmitter('app', EVENTS)
  implements
    Pick<
      ElectronApp,
      | 'commandLine'
      | 'dock'
      | 'enableSandbox'
      | 'exit'
      | 'getAppPath'
      | 'getLoginItemSettings'
      | 'getName'
      | 'getPath'
      | 'getVersion'
      | 'hasSingleInstanceLock'
      | 'isPackaged'
      | 'isReady'
      | 'name'
      | 'quit'
      | 'releaseSingleInstanceLock'
      | 'requestSingleInstanceLock'
      | 'setAppUserModelId'
      | 'setLoginItemSettings'
      | 'setName'
      | 'setPath'
      | 'whenReady'
    >
{
  readonly commandLine = standingFor<Electron.CommandLine>(commandLine);
  readonly dock = undefined;
  name = 'Electron';
  readonly #paths = new AppPaths(() => this.name);
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #instance = new SingleInstance(({ argv, workingDirectory, additionalData }) => {
    void this.#ready.promise.then(() => {
      this.emit('second-instance', makeEvent({}), argv, workingDirectory, additionalData);
    });
  });
  #isReady = false;
  #quitting = false;
  #leave: ((code: number) => void) | undefined;
  #version = '';
  #appPath = '';

  constructor() {
    super();
    onLastWindowClosed(() => {
      if (this.#quitting) return;
      if (!this.emit('window-all-closed')) this.quit();
    });
  }

  /** For boot.ts: what package.json says, and how to end. */
  describe(about: { name: string; version: string; appPath: string; leave: (code: number) => void }): void {
    this.name = about.name;
    this.#version = about.version;
    this.#appPath = about.appPath;
    this.#leave = about.leave;
  }

  /** For boot.ts. */
  becomeReady(): void {
    this.#isReady = true;
    // Looked up anew on purpose: Playwright's loader replaces it, to hold the event back until it is attached.
    this.emit('ready', makeEvent({}), {});
    this.#ready.resolve(undefined);
  }

  /** For boot.ts: whether the app has asked to quit. */
  get isQuitting(): boolean {
    return this.#quitting;
  }

  whenReady(): Promise<undefined> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }

  getName(): string {
    return this.name;
  }
  setName(name: string): void {
    this.name = name;
  }
  getVersion(): string {
    return this.#version;
  }
  getAppPath(): string {
    return this.#appPath;
  }
  getPath(name: string): string {
    return this.#paths.get(name);
  }
  setPath(name: string, folder: string): void {
    this.#paths.set(name, folder);
  }
  get isPackaged(): boolean {
    return path.basename(process.execPath) !== 'electron';
  }

  quit(): void {
    if (this.#quitting) return;
    const before = makeEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of openWindows()) window.close();
    if (openWindows().length > 0) {
      this.#quitting = false;
      return;
    }
    const will = makeEvent({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) this.#quitting = false;
    else this.#end(0);
  }

  exit(code = 0): void {
    this.#quitting = true;
    for (const window of openWindows()) window.destroy();
    this.#end(code);
  }

  #end(code: number): void {
    this.emit('quit', makeEvent({}), code);
    this.releaseSingleInstanceLock();
    this.#leave?.(code);
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    const second = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.#instance.request(this.getPath('userData'), second);
  }
  hasSingleInstanceLock(): boolean {
    return this.#instance.held;
  }
  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  /** As Electron on Linux, which has no login items: nothing comes of it. */
  setLoginItemSettings(settings: Electron.Settings): void {
    log('setLoginItemSettings', JSON.stringify(settings));
  }
  getLoginItemSettings(): LoginItemSettings {
    return standingFor<LoginItemSettings>({ openAtLogin: false, launchItems: [] });
  }

  /** Only Windows makes use of it. */
  setAppUserModelId(id: string): void {
    if (typeof (id as unknown) !== 'string') throw new TypeError('conversion failure from undefined');
  }

  /** Refused elsewhere is everything that is not sandboxed. */
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
}

export const app = new App();
