import { log } from '../log.ts';
import type { FromPage, PreloadSettings, ToPage } from '../in-page/messages.ts';
import type { Browser } from './browser.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { isOpening, type TargetOwner, type Targets } from './targets.ts';

/** The name of the isolated world in which preload scripts run. */
const WORLD = 'stand-in preload';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PageOptions {
  readonly size: Size;
  readonly visible: boolean;
  readonly settings: PreloadSettings;
  readonly mainWorld: string;
  readonly preloadWorld: string;
  readonly patterns: () => Protocol.Fetch.RequestPattern[];
}

export interface PageOwner extends TargetOwner {
  readonly received: (message: FromPage) => void;
  /** Called for every intercepted request, which waits until it is continued, fulfilled or failed. */
  readonly requested: (page: Page, request: Protocol.Fetch.requestPausedPayload) => void;
  readonly navigated: (url: string, inPage: boolean) => void;
  readonly domReady: () => void;
  readonly finished: () => void;
}

/** How a navigation that the host asked for ended; `error` is Chromium's name for what went wrong. */
export interface Arrival {
  readonly error: string | undefined;
}

/** One page in a window of its own. Addresses here are Chromium's, not the app's. */
export class Page {
  readonly targetId: string;
  readonly session: CdpSession;
  readonly #browser: Browser;
  readonly #windowId: number;
  readonly #options: PageOptions;
  readonly #owner: PageOwner;
  readonly #loads = new Map<string, () => void>();
  readonly #loaded = new Set<string>();
  /** Documents that the app has called for; the one that a window opens with is none. */
  readonly #documents = new Set<string>();
  #world: number | undefined;
  #visible = true;
  #awaitedSize: Size | undefined;

  static async open(
    browser: Browser,
    targets: Targets,
    options: PageOptions,
    owner: PageOwner,
  ): Promise<Page> {
    const targetId = await targets.open(options.size);
    targets.own(targetId, owner);
    const { sessionId } = await browser.cdp.send('Target.attachToTarget', { targetId, flatten: true });
    const session = browser.cdp.session(sessionId);
    const { windowId } = await browser.cdp.send('Browser.getWindowForTarget', { targetId });
    const page = new Page(browser, { targetId, windowId, session }, options, owner);
    await page.#prepare();
    return page;
  }

  private constructor(
    browser: Browser,
    { targetId, windowId, session }: { targetId: string; windowId: number; session: CdpSession },
    options: PageOptions,
    owner: PageOwner,
  ) {
    this.#browser = browser;
    this.targetId = targetId;
    this.#windowId = windowId;
    this.session = session;
    this.#options = options;
    this.#owner = owner;
  }

  async #prepare(): Promise<void> {
    const { session } = this;
    const { settings, mainWorld, preloadWorld, size, visible } = this.#options;
    this.#listen();
    await Promise.all([
      this.resize(size),
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: settings.binding, executionContextName: WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadWorld, worldName: WORLD }),
      this.intercept(),
    ]);
    if (!visible) await this.show(false);
  }

  #listen(): void {
    const { session, targetId } = this;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frame = (context.auxData as { readonly frameId?: string } | undefined)?.frameId;
      if (context.name === WORLD && frame === targetId) this.#world = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#world) this.#world = undefined;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#world = undefined;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== this.#options.settings.binding || executionContextId !== this.#world) return;
      this.#owner.received(JSON.parse(payload) as FromPage);
    });
    session.on('Fetch.requestPaused', (request) => {
      this.#owner.requested(this, request);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== targetId || isOpening(frame.url)) return;
      this.#documents.add(frame.loaderId);
      this.#owner.navigated(frame.url + (frame.urlFragment ?? ''), false);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId) this.#owner.navigated(url, true);
    });
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== targetId || !this.#documents.has(loaderId)) return;
      if (name === 'DOMContentLoaded') this.#owner.domReady();
      if (name !== 'load') return;
      this.#loaded.add(loaderId);
      this.#owner.finished();
      this.#loads.get(loaderId)?.();
      this.#loads.delete(loaderId);
    });
  }

  /** Asks Chromium to stop every request that matches the patterns of now. */
  async intercept(): Promise<void> {
    await this.session.send('Fetch.enable', { patterns: this.#options.patterns() });
  }

  /** Goes to an address and waits until it has loaded. */
  async navigate(url: string): Promise<Arrival> {
    const { errorText, loaderId } = await this.session.send('Page.navigate', { url });
    if (errorText !== undefined && errorText !== '') return { error: errorText };
    if (loaderId !== undefined && !this.#loaded.has(loaderId)) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#loads.set(loaderId, () => {
        resolve(undefined);
      });
      await promise;
    }
    return { error: undefined };
  }

  /** Without a document there is nobody to hear it, as in Electron. */
  deliver(message: ToPage): void {
    if (this.#world === undefined) {
      log('nobody there for', JSON.stringify(message).slice(0, 200));
      return;
    }
    const call = {
      functionDeclaration: '(receiver, text) => globalThis[receiver](text)',
      executionContextId: this.#world,
      arguments: [{ value: this.#options.settings.receiver }, { value: JSON.stringify(message) }],
    };
    this.session.send('Runtime.callFunctionOn', call).catch((error: unknown) => {
      log('deliver', error);
    });
  }

  /** Runs code in the page's own world. */
  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', {
      expression,
      userGesture,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  /** Hidden is minimised: Chromium knows no other way to have a page that nobody sees. */
  async show(visible: boolean): Promise<void> {
    this.#visible = visible;
    await this.#setBounds({ windowState: visible ? 'normal' : 'minimized' });
    if (visible && this.#awaitedSize !== undefined) await this.resize(this.#awaitedSize);
  }

  /** The size of the page itself, in CSS pixels; a hidden window takes it when it is shown. */
  async resize(size: Size): Promise<void> {
    this.#awaitedSize = this.#visible ? undefined : size;
    if (!this.#visible) return;
    await this.#browser.cdp.send('Browser.setContentsSize', { windowId: this.#windowId, ...size });
  }

  async move(left: number, top: number): Promise<void> {
    await this.#setBounds({ left, top });
  }

  async #setBounds(bounds: Protocol.Browser.Bounds): Promise<void> {
    await this.#browser.cdp.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds });
  }

  async focus(): Promise<void> {
    await this.session.send('Page.bringToFront');
  }

  /** Ends the renderer as a bug in it would. */
  crash(): void {
    // The one that should answer is the one that ends.
    this.session.send('Page.crash').catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#browser.cdp.send('Target.closeTarget', { targetId: this.targetId });
  }
}
