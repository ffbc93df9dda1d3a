import type { Protocol as ElectronProtocol, CustomScheme } from 'electron';
import { loud, notImplemented } from '../loud.ts';

type Handler = Parameters<ElectronProtocol['handle']>[1];

/** Chromium cannot be taught a scheme from outside, so pages of `app://bundle/` live at https://bundle.app.standin.test/. */
const SUFFIX = 'standin.test';

const schemes = new Map<string, Handler | undefined>();
let changeable = true;

/** Called when the app is ready: from then on schemes cannot be registered any more. */
export function closeRegistration(): void {
  changeable = false;
}

/** The address under which Chromium gets at what the app calls `url`. */
export function toChromium(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  if (!schemes.has(name)) return url;
  return `https://${host === '' ? '' : `${host}.`}${name}.${SUFFIX}${pathname === '' ? '/' : pathname}${search}${hash}`;
}

/** The other way round; other addresses are given back as they are. */
export function fromChromium(url: string): string {
  const parsed = URL.parse(url);
  const scheme = parsed === null ? undefined : schemeOf(parsed);
  if (parsed === null || scheme === undefined) return url;
  const host = parsed.host.slice(0, -`.${scheme}.${SUFFIX}`.length);
  return `${scheme}://${host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** The origin as Electron has it for schemes that are standard. */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return 'null';
  return schemes.has(parsed.protocol.slice(0, -1)) ? `${parsed.protocol}//${parsed.host}` : parsed.origin;
}

/** What has to be intercepted so that the app can answer. */
export function chromiumPatterns(): readonly string[] {
  return [...schemes.keys()].map((scheme) => `https://*.${scheme}.${SUFFIX}/*`);
}

/** @returns who answers for an address of Chromium's, `missing` when its scheme has no handler, nothing for other schemes */
export function handlerFor(url: string): Handler | 'missing' | undefined {
  const parsed = URL.parse(url);
  const scheme = parsed === null ? undefined : schemeOf(parsed);
  return scheme === undefined ? undefined : (schemes.get(scheme) ?? 'missing');
}

function schemeOf({ protocol: https, host }: URL): string | undefined {
  if (https !== 'https:') return undefined;
  return [...schemes.keys()].find((scheme) => host.endsWith(`.${scheme}.${SUFFIX}`));
}

export const protocol = loud('protocol', {
  registerSchemesAsPrivileged(customSchemes: CustomScheme[]): void {
    if (!changeable) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges = {} } of customSchemes) {
      const { standard = false, secure = false, bypassCSP = false } = privileges;
      if (!standard || !secure || bypassCSP) {
        throw notImplemented(`a scheme that is not standard and secure, or bypasses the CSP (${scheme})`);
      }
      schemes.set(scheme, undefined);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!schemes.has(scheme)) throw notImplemented(`a scheme without privileges (${scheme})`);
    if (schemes.get(scheme) !== undefined) throw new Error(`Failed to register protocol: ${scheme}`);
    schemes.set(scheme, handler);
  },
  isProtocolHandled: (scheme: string): boolean => schemes.get(scheme) !== undefined,
} satisfies Pick<ElectronProtocol, 'handle' | 'isProtocolHandled'> & {
  registerSchemesAsPrivileged: typeof Electron.protocol.registerSchemesAsPrivileged;
});
