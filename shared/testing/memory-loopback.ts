import type { LandingPage, Loopback, LoopbackRequest } from '../ports/loopback.ts';

export interface MemoryLoopback extends Loopback {
  readonly isOpen: () => boolean;
  /** As if a browser came back; the page that it gets, or `null` where nothing listens. */
  comes(query: string): Promise<LandingPage | null>;
}

/** @param port `null`: no socket can be had */
export function memoryLoopback(port: number | null = 52_114): MemoryLoopback {
  let current: LoopbackRequest | null = null;
  let isTaken = false;
  let turnedAway = 0;
  return {
    isOpen: () => current !== null,
    comes: (query) => {
      if (current === null) return Promise.resolve(null);
      const { accepts, pages, onCallback } = current;
      if (!accepts(query)) {
        turnedAway += 1;
        return Promise.resolve(pages.notThis);
      }
      if (isTaken) return Promise.resolve(pages.already);
      isTaken = true;
      return onCallback(query);
    },
    listen: (request) => {
      if (port === null) return Promise.resolve(null);
      current = request;
      isTaken = false;
      return Promise.resolve({
        port,
        redirectUri: `http://127.0.0.1:${String(port)}${request.path}`,
        turnedAway: () => turnedAway,
        close: () => {
          current = null;
          return Promise.resolve();
        },
      });
    },
  };
}
