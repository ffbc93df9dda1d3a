import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents as ElectronWebContents,
} from 'electron';
import type { Page } from '../chromium/page.ts';
import { log } from '../log.ts';
import { eventsOf, loudEmitter, makeEvent, standingFor } from '../loud.ts';
import { app } from './app.ts';
import { engine } from './engine.ts';
import { forgetWindow, openWindows, rememberWindow } from './open-windows.ts';
import { WebContents } from './web-contents.ts';
import { checkWindowOptions } from './window-options.ts';

const EVENTS = eventsOf<ElectronWindow>()(
  'blur',
  'close',
  'closed',
  'focus',
  'hide',
  'maximize',
  'minimize',
  'move',
  'moved',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'resized',
  'restore',
  'show',
  'unmaximize',
);

let lastId = 0;
let focused: BrowserWindow | undefined;

export class BrowserWindow
  extends loudEmitter('BrowserWindow', EVENTS)
  implements
    Pick<
      ElectronWindow,
      | 'close'
      | 'destroy'
      | 'focus'
      | 'getBounds'
      | 'getTitle'
      | 'hide'
      | 'id'
      | 'isDestroyed'
      | 'isFocused'
      | 'isMinimized'
      | 'isVisible'
      | 'loadFile'
      | 'loadURL'
      | 'minimize'
      | 'removeMenu'
      | 'restore'
      | 'setBackgroundColor'
      | 'setBounds'
      | 'setTitle'
      | 'show'
      | 'showInactive'
      | 'webContents'
    >
{
  readonly id = ++lastId;
  readonly #contents: WebContents;
  #bounds: Rectangle;
  #title: string;
  #visible: boolean;
  #minimised = false;
  #destroyed = false;
  #shownOnce = false;

  static getAllWindows(): BrowserWindow[] {
    return openWindows().filter((window) => window instanceof BrowserWindow);
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: ElectronWebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused ?? null;
  }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    engine();
    checkWindowOptions(options);
    const { x = 10, y = 10, width = 800, height = 600, show = true, title, webPreferences = {} } = options;
    this.#bounds = { x, y, width, height };
    this.#title = title ?? app.getName();
    this.#visible = show;
    const around = {
      close: () => {
        this.close();
      },
      closedFromOutside: () => {
        this.#closedFromOutside();
      },
      resized: (size: { readonly width: number; readonly height: number }) => {
        this.#bounds = { ...this.#bounds, width: size.width, height: size.height };
        this.emit('resize');
      },
      readyToShow: () => {
        if (this.#shownOnce) return;
        this.#shownOnce = true;
        this.emit('ready-to-show');
      },
    };
    this.#contents = new WebContents(around, webPreferences, { width, height }, show);
    rememberWindow(this);
    app.emit('browser-window-created', makeEvent({}), this);
    if (show) this.#focused(true);
  }

  get webContents(): ElectronWebContents {
    return standingFor<ElectronWebContents>(this.#contents);
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }

  loadFile(file: string): Promise<void> {
    return this.#contents.loadURL(pathToFileURL(path.resolve(app.getAppPath(), file)).href);
  }

  show(): void {
    this.#setVisible(true);
    this.focus();
  }

  showInactive(): void {
    this.#setVisible(true);
  }

  hide(): void {
    this.#setVisible(false);
    this.#focused(false);
  }

  #setVisible(visible: boolean): void {
    if (this.#visible === visible && !this.#minimised) return;
    this.#visible = visible;
    this.#minimised = false;
    this.#do((page) => page.show(visible));
    this.emit(visible ? 'show' : 'hide');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  minimize(): void {
    this.#minimised = true;
    this.#do((page) => page.show(false));
    this.emit('minimize');
    this.#focused(false);
  }

  restore(): void {
    if (!this.#minimised) return;
    this.#minimised = false;
    this.#do((page) => page.show(this.#visible));
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#minimised;
  }

  focus(): void {
    if (!this.#visible) return;
    this.#do((page) => page.focus());
    this.#focused(true);
  }

  isFocused(): boolean {
    return focused === this;
  }

  #focused(has: boolean): void {
    if (has === (focused === this)) return;
    const before = focused;
    focused = has ? this : undefined;
    before?.emit('blur');
    focused?.emit('focus');
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (bounds.width !== undefined || bounds.height !== undefined)
      this.#do((page) => page.resize({ width, height }));
    if (bounds.x !== undefined || bounds.y !== undefined) this.#do((page) => page.move(x, y));
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  /** What shows before the page does; Chromium shows its own. */
  setBackgroundColor(color: string): void {
    log('setBackgroundColor', color);
  }

  /** There is no menu bar to remove. */
  removeMenu(): void {
    log('removeMenu');
  }

  close(): void {
    if (this.#destroyed) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#focused(false);
    this.#contents.destroy();
    this.emit('closed');
    forgetWindow(this);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** A person has closed Chromium's window. An app that wanted to keep its own gets a new one, hidden if it hides it. */
  #closedFromOutside(): void {
    this.close();
    if (this.#destroyed) return;
    const { width, height } = this.#bounds;
    this.#contents.reopen({ width, height }, this.#visible);
  }

  #do(act: (page: Page) => unknown): void {
    this.#contents.page.then(act).catch((error: unknown) => {
      log('window', error);
    });
  }
}
