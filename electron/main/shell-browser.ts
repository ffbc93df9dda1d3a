import type { Shell } from 'electron';
import { openableUrl } from '../../shared/core/sign-in/openable-url.ts';
import type { Browser } from '../../shared/ports/browser.ts';

/** The browser, as the app reaches it: the desktop opens the address. */
export function shellBrowser(shell: Pick<Shell, 'openExternal'>): Browser {
  return {
    open: async (text) => {
      const openable = openableUrl(text);
      if (openable === null) return 'refused';
      try {
        await shell.openExternal(openable.url);
        return 'opened';
      } catch {
        return 'failed';
      }
    },
  };
}
