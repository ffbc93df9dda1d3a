import { randomUUID } from 'node:crypto';
import { log } from '../log.ts';
import type { Browser } from './browser.ts';
import type { Protocol } from './cdp.ts';

type TargetInfo = Protocol.Target.TargetInfo;

/** What a window wants to know about its page's target. */
export interface TargetOwner {
  readonly crashed: (status: string, code: number) => void;
  /** The target is gone: by our own doing, by the person's, or by the page's. */
  readonly destroyed: () => void;
  /** A further window was opened from this page in spite of all; it has been closed. */
  readonly opened: (url: string) => void;
}

export interface Targets {
  /** @returns the target of a new window with an empty page */
  readonly open: (size: { readonly width: number; readonly height: number }) => Promise<string>;
  readonly own: (targetId: string, owner: TargetOwner) => void;
}

/** The address of a window that is being opened, before anything is loaded into it. */
const OPENING = 'data:text/html,stand-in-';

/** Whether a page is at the address that its window opened with. */
export function isOpening(url: string): boolean {
  return url.startsWith(OPENING);
}

/** Keeps track of which page belongs to which window. */
export function watchTargets({ cdp, headed, openAppWindow }: Browser): Targets {
  const owners = new Map<string, TargetOwner>();
  const expected = new Map<string, (targetId: string) => void>();

  const isExpected = ({ url, targetId }: TargetInfo): boolean => {
    for (const [address, resolve] of expected) {
      if (url !== address) continue;
      expected.delete(address);
      resolve(targetId);
      return true;
    }
    return false;
  };

  cdp.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || isExpected(targetInfo)) return;
    const opener = targetInfo.openerId === undefined ? undefined : owners.get(targetInfo.openerId);
    if (opener === undefined) return;
    log('a window got past the page', targetInfo.url);
    cdp.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch((error: unknown) => {
      log(error);
    });
    opener.opened(targetInfo.url);
  });
  cdp.on('Target.targetInfoChanged', ({ targetInfo }) => {
    isExpected(targetInfo);
  });
  cdp.on('Target.targetCrashed', ({ targetId, status, errorCode }) => {
    owners.get(targetId)?.crashed(status, errorCode);
  });
  cdp.on('Target.targetDestroyed', ({ targetId }) => {
    const owner = owners.get(targetId);
    owners.delete(targetId);
    owner?.destroyed();
  });

  return {
    open: async ({ width, height }) => {
      if (!headed) {
        const made = await cdp.send('Target.createTarget', {
          url: 'about:blank',
          newWindow: true,
          width,
          height,
        });
        return made.targetId;
      }
      // Windows with tabs show an address and are at least 500 pixels wide. Those without can only be had from a
      // command line, so the page's address has to tell which one it is.
      const address = `${OPENING}${randomUUID()}`;
      const { promise, resolve } = Promise.withResolvers<string>();
      expected.set(address, resolve);
      openAppWindow(address);
      return promise;
    },
    own: (targetId, owner) => void owners.set(targetId, owner),
  };
}
