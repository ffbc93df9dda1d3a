import type { Session as ElectronSession, WebContents } from 'electron';
import type { Browser } from '../chromium/browser.ts';
import { loud, loudPrototype, notImplemented, standingFor } from '../loud.ts';
import { originOf, protocol, toChromium } from './custom-schemes.ts';
import { webRequest } from './requests.ts';

type RequestHandler = Exclude<Parameters<ElectronSession['setPermissionRequestHandler']>[0], null>;
type CheckHandler = Exclude<Parameters<ElectronSession['setPermissionCheckHandler']>[0], null>;
type Permission = Parameters<RequestHandler>[1];

/** Electron's names, and Chromium's for the same. */
const PERMISSIONS: readonly (readonly [electron: Permission, chromium: readonly string[]])[] = [
  ['notifications', ['notifications']],
  ['geolocation', ['geolocation']],
  ['media', ['camera', 'microphone']],
  ['clipboard-read', ['clipboard-read']],
  ['midi', ['midi']],
];

class Session implements Pick<ElectronSession, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> {
  readonly webRequest = standingFor<Electron.WebRequest>(webRequest);
  readonly protocol = standingFor<Electron.Protocol>(protocol);
  #requested: RequestHandler | undefined;
  #checked: CheckHandler | undefined;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#requested = handler ?? undefined;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#checked = handler ?? undefined;
  }

  /** As in Electron everything is allowed while nobody has said otherwise. */
  async allows(contents: WebContents, permission: Permission, url: string): Promise<boolean> {
    const about = { isMainFrame: true, requestingUrl: url };
    if (this.#checked?.(contents, permission, originOf(url), about) === false) return false;
    const handler = this.#requested;
    if (handler === undefined) return true;
    return new Promise((resolve) => {
      handler(contents, permission, resolve, about);
    });
  }
}
Object.setPrototypeOf(Session.prototype, loudPrototype('session'));

const only = new Session();
let ready = false;

/** Called when the app is ready. */
export function openSession(): void {
  ready = true;
}

/** Tells Chromium beforehand what the app would answer: it has no way to ask when a page does. */
export async function settlePermissions(browser: Browser, contents: WebContents, url: string): Promise<void> {
  const origin = new URL(toChromium(url)).origin;
  if (origin === 'null') return;
  const settle = async (permission: Permission, names: readonly string[]): Promise<void> => {
    const setting = (await only.allows(contents, permission, url)) ? 'granted' : 'denied';
    for (const name of names) {
      await browser.cdp.send('Browser.setPermission', { origin, setting, permission: { name } });
    }
  };
  await Promise.all(PERMISSIONS.map(([permission, names]) => settle(permission, names)));
}

export const session = loud('session', {
  get defaultSession(): ElectronSession {
    if (!ready) throw new Error('Session can only be received when app is ready');
    return standingFor<ElectronSession>(only);
  },
  fromPartition: (): never => {
    throw notImplemented('a session other than the default one');
  },
} satisfies Pick<typeof Electron.session, 'defaultSession' | 'fromPartition'>);
