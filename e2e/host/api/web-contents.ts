import type { WebContents as ElectronWebContents, WebFrameMain, WebPreferences } from 'electron';
import type { Protocol } from '../chromium/cdp.ts';
import { Page, type Size } from '../chromium/page.ts';
import { makeCarrier } from '../in-page/carrier.ts';
import { log } from '../log.ts';
import { eventsOf, loudEmitter, makeEvent, notImplemented, standingFor } from '../loud.ts';
import { app } from './app.ts';
import { pageOwner, type ContentsEvents } from './contents-events.ts';
import { fromChromium, toChromium } from './custom-schemes.ts';
import { engine } from './engine.ts';
import { loadFailure } from './load-failure.ts';
import { pageScripts } from './page-scripts.ts';
import { answerRequest, onPatternsChanged, requestPatterns } from './requests.ts';
import { session, settlePermissions } from './session.ts';
import { mainFrame } from './web-frame.ts';

type WindowOpenHandler = Parameters<ElectronWebContents['setWindowOpenHandler']>[0];

const EVENTS = eventsOf<ElectronWebContents>()(
  'before-input-event',
  'context-menu',
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'ipc-message',
  'preload-error',
  'render-process-gone',
  'responsive',
  'unresponsive',
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
);

const carrier = makeCarrier();
const all = new Map<number, WebContents>();
let lastId = 0;

/** The window around it. */
export interface WindowOfContents {
  readonly close: () => void;
  /** The page was closed from outside, and it is too late to ask. */
  readonly closedFromOutside: () => void;
  readonly resized: (size: Size) => void;
  readonly readyToShow: () => void;
}

export class WebContents
  extends loudEmitter('webContents', EVENTS)
  implements
    Pick<
      ElectronWebContents,
      | 'close'
      | 'executeJavaScript'
      | 'forcefullyCrashRenderer'
      | 'getURL'
      | 'id'
      | 'isCrashed'
      | 'isDestroyed'
      | 'loadURL'
      | 'mainFrame'
      | 'reload'
      | 'send'
      | 'session'
      | 'setWindowOpenHandler'
    >
{
  readonly id = ++lastId;
  readonly mainFrame: WebFrameMain;
  page: Promise<Page>;
  readonly #window: WindowOfContents;
  readonly #preferences: WebPreferences;
  readonly #forget: () => void;
  #url = '';
  #expected: string | undefined;
  #crashed = false;
  #destroyed = false;
  #openHandler: WindowOpenHandler | undefined;
  #targetId: string | undefined;

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }
  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.#targetId === targetId);
  }

  constructor(window: WindowOfContents, preferences: WebPreferences, size: Size, visible: boolean) {
    super();
    this.#window = window;
    this.#preferences = preferences;
    this.mainFrame = mainFrame(this.id, {
      url: () => this.getURL(),
      isDestroyed: () => this.#destroyed,
      send: (channel, args) => {
        this.send(channel, ...args);
      },
    });
    this.#forget = onPatternsChanged(() => {
      this.#do((page) => page.intercept());
    });
    all.set(this.id, this);
    this.page = this.#openPage(size, visible);
    app.emit('web-contents-created', makeEvent({}), this);
  }

  get session(): Electron.Session {
    return session.defaultSession;
  }

  /** A new page in the place of one that was closed from outside, at the same address. */
  reopen(size: Size, visible: boolean): void {
    const address = this.#url;
    this.page = this.#openPage(size, visible);
    if (address !== '') void this.loadURL(address).catch(log);
  }

  async #openPage(size: Size, visible: boolean): Promise<Page> {
    const { browser, targets } = engine();
    const { scripts, error } = pageScripts(this.#preferences.preload);
    if (error !== undefined) {
      this.once('did-finish-load', () => {
        this.#events.preloadFailed(error);
      });
    }
    const options = { size, visible, ...scripts, patterns: requestPatterns };
    const page = await Page.open(browser, targets, options, pageOwner(this.#events));
    this.#targetId = page.targetId;
    return page;
  }

  /** What the page reports, in Electron's events. */
  readonly #events: ContentsEvents = {
    contents: standingFor<ElectronWebContents>(this),
    received: (from) => {
      this.#url = fromChromium(from);
    },
    answer: (message) => {
      this.#do((page) => {
        page.deliver(message);
      });
    },
    requested: (page, request) => {
      void answerRequest(page.session, request, () => this.#mayStart(page, request));
    },
    navigated: (url, inPage) => {
      this.#url = fromChromium(url);
      this.#crashed = false;
      this.emit(inPage ? 'did-navigate-in-page' : 'did-navigate', makeEvent({}), this.#url);
    },
    finished: () => {
      this.#window.readyToShow();
      this.emit('did-finish-load', makeEvent({}));
    },
    crashed: (details) => {
      this.#crashed = true;
      app.emit('render-process-gone', makeEvent({}), this, details);
      this.emit('render-process-gone', makeEvent({}), details);
    },
    preloadFailed: (error) => {
      const file = this.#preferences.preload ?? '';
      console.error(`Unable to load preload script: ${file}\n${error.stack ?? error.message}`);
      this.emit('preload-error', makeEvent({}), file, error);
    },
    resized: (size) => {
      this.#window.resized(size);
    },
    windowRequested: (request) => {
      const url = fromChromium(request.url);
      const referrer = { url: '', policy: 'strict-origin-when-cross-origin' as const };
      const answer = this.#openHandler?.({ ...request, url, referrer });
      if (answer?.action !== 'deny') throw notImplemented(`a window that is not denied (${url})`);
    },
    destroyed: () => {
      if (!this.#destroyed) this.#window.closedFromOutside();
    },
  };

  /** Asks the app about a document, unless the host itself has called for it. */
  #mayStart(page: Page, paused: Protocol.Fetch.requestPausedPayload): boolean {
    const { resourceType, frameId, request, redirectedRequestId } = paused;
    if (resourceType !== 'Document') return true;
    const isMainFrame = frameId === page.targetId;
    if (isMainFrame && request.url === this.#expected) {
      this.#expected = undefined;
      return true;
    }
    const url = fromChromium(request.url + (request.urlFragment ?? ''));
    const { mainFrame: frame } = this;
    const event = makeEvent({ url, isSameDocument: false, isMainFrame, frame, initiator: frame });
    const further = [url, false, isMainFrame, frame.processId, frame.routingId] as const;
    if (redirectedRequestId !== undefined) this.emit('will-redirect', event, ...further);
    else {
      if (isMainFrame) this.emit('will-navigate', event, ...further);
      if (!event.defaultPrevented) this.emit('will-frame-navigate', event);
    }
    return !event.defaultPrevented;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const address = toChromium(url);
    const page = await this.page;
    await settlePermissions(engine().browser, standingFor<ElectronWebContents>(this), url);
    this.#expected = withoutHash(address);
    const { error } = await page.navigate(address);
    // Some addresses are not asked for at all; what the page itself calls for later is another matter.
    this.#expected = undefined;
    if (error === undefined) return;
    const failure = loadFailure(error, url);
    const { processId, routingId } = this.mainFrame;
    this.emit('did-fail-load', makeEvent({}), failure.errno, failure.code, url, true, processId, routingId);
    throw failure;
  }

  reload(): void {
    this.#expected = withoutHash(toChromium(this.getURL()));
    this.#do((page) => page.session.send('Page.reload'));
  }

  send(channel: string, ...args: readonly unknown[]): void {
    const carried = carrier.encode(args);
    this.#do((page) => {
      page.deliver({ kind: 'message', channel, args: carried });
    });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return (await this.page).evaluate(code, userGesture);
  }

  getURL(): string {
    return this.#url;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  forcefullyCrashRenderer(): void {
    this.#do((page) => {
      page.crash();
    });
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    this.#window.close();
  }

  /** What the window does when it closes for good. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#forget();
    all.delete(this.id);
    this.#do((page) => page.close());
    this.emit('destroyed');
  }

  #do(act: (page: Page) => unknown): void {
    this.page.then(act).catch((error: unknown) => {
      log('page', error);
    });
  }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '');
}
