import path from 'node:path';
import process from 'node:process';

/** Loaded into every app under test, on Electron and on the stand-in. */
export const PROBE = path.join(import.meta.dirname, '../../host/probe.cjs');

export interface TrayItem {
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly items: readonly TrayItem[];
}

/** What a person sees of the tray. */
export interface ShownTray {
  readonly tooltip: string;
  readonly title: string;
  readonly items: readonly TrayItem[];
}

export interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

/** What host/probe.cjs leaves in the app's process. */
export interface Probe {
  readonly shown: () => ShownTray;
  /** The tray that is there now. */
  readonly tray: () => { readonly tray: Pick<Electron.Tray, 'setToolTip'> };
  readonly choose: (path: readonly string[]) => void;
  readonly notifications: readonly ShownNotification[];
  readonly clickNotification: (index: number) => void;
}

declare global {
  // What `evaluate` finds in the app's process.
  var __probe: Probe;
}

/** What an app under test may have of the real environment: where windows go, and what the stand-in listens to. */
export function keptVariables(): Readonly<Record<string, string>> {
  const names = [
    'DISPLAY',
    'XAUTHORITY',
    'DBUS_SESSION_BUS_ADDRESS',
    'TMPDIR',
    'CREDENCE_CHROMIUM',
    'STANDIN_HEADED',
    'STANDIN_LOG',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
