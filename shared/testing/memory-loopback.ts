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
    comes: async (query) => {
      if (current === null) return null;
      const { pages, onCallback } = current;
      if (accepts(current, query) && !isTaken) {
        isTaken = true;
        return onCallback(query);
      }
      turnedAway += 1;
      return accepts(current, query) ? pages.already : pages.notThis;
    },
    listen: (request) => {
      if (port === null) return Promise.resolve(null);
      current = request;
      isTaken = false;
      turnedAway = 0;
      return Promise.resolve({
        port,
        redirectUri: `http://127.0.0.1:${String(port)}${request.path}`,
        turnedAway: () => turnedAway,
        close: () => {
          // A later attempt is not this one’s to end.
          if (current === request) current = null;
          return Promise.resolve();
        },
      });
    },
  };
}

function accepts(request: LoopbackRequest, query: string): boolean {
  try {
    return request.accepts(query);
  } catch {
    return false;
  }
}
