import { app } from 'electron';
import type { LoginItem } from '../../shared/ports/login-item.ts';

/** Electron knows how on macOS and Windows; on Linux it does not, and a copy that runs from its source has nothing to start. */
export function appLoginItem(platform: 'linux' | 'darwin' | 'win32'): LoginItem {
  const obstacle = obstacleOn(platform);
  return {
    obstacle,
    isOn: () => obstacle === null && app.getLoginItemSettings().openAtLogin,
    set: (on) => {
      if (obstacle !== null) return false;
      app.setLoginItemSettings({ openAtLogin: on });
      return app.getLoginItemSettings().openAtLogin === on;
    },
  };
}

function obstacleOn(platform: 'linux' | 'darwin' | 'win32'): string | null {
  if (!app.isPackaged)
    return 'Only an installed Credence can be started at login; this one runs from its source.';
  return platform === 'linux' ? 'Add Credence to the programs that your desktop starts at login.' : null;
}
