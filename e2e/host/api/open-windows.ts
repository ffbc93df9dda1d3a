/** What the app needs to know of a window when it quits. */
export interface OpenWindow {
  readonly close: () => void;
  readonly destroy: () => void;
}

const windows = new Set<OpenWindow>();
const listeners = new Set<() => void>();

export function rememberWindow(window: OpenWindow): void {
  windows.add(window);
}

export function forgetWindow(window: OpenWindow): void {
  windows.delete(window);
  if (windows.size > 0) return;
  for (const listener of listeners) listener();
}

export function openWindows(): readonly OpenWindow[] {
  return [...windows];
}

/** Calls back whenever the last window has closed. */
export function onLastWindowClosed(listener: () => void): void {
  listeners.add(listener);
}
