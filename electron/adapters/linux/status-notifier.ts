import type { Ports } from '../../../shared/ports/ports.ts';
import type { TrayPlace } from '../../../shared/ports/tray-place.ts';

const ASK = '/usr/bin/gdbus';
/** The session bus answers at once or not at all: milliseconds. */
const DEADLINE = 2_000;

/** Tray icons are drawn by whoever owns this name on the session bus; plain GNOME has nobody who does. */
export function statusNotifier({
  processes,
  environment,
}: Pick<Ports, 'processes' | 'environment'>): TrayPlace {
  return {
    isThere: async () => {
      const result = await processes.run({
        file: ASK,
        args: [
          'call',
          '--session',
          '--dest=org.freedesktop.DBus',
          '--object-path=/org/freedesktop/DBus',
          '--method=org.freedesktop.DBus.NameHasOwner',
          'org.kde.StatusNotifierWatcher',
        ],
        folder: '/',
        variables: {
          DBUS_SESSION_BUS_ADDRESS: environment.variables['DBUS_SESSION_BUS_ADDRESS'],
          XDG_RUNTIME_DIR: environment.variables['XDG_RUNTIME_DIR'],
        },
        deadline: DEADLINE,
        maxBytes: 1_000,
      });
      if (result.state !== 'ended' || result.exitCode !== 0) return null;
      return result.output.includes('true');
    },
  };
}
