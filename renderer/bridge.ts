import type { Bridge } from '../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload before any script of the page runs. */
    readonly credence: Bridge;
  }
}

/** All that the window can ask of the rest of Credence. */
export const bridge = (): Bridge => window.credence;
