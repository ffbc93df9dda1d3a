import { openableUrl } from '../core/sign-in/openable-url.ts';
import type { Browser } from '../ports/browser.ts';

export interface MemoryBrowser extends Browser {
  /** What it was asked to open and may open, whether it could or not. */
  readonly opened: readonly string[];
}

export function memoryBrowser(answer: 'opened' | 'refused' | 'failed' = 'opened'): MemoryBrowser {
  const opened: string[] = [];
  return {
    opened,
    open: (text) => {
      const found = openableUrl(text);
      if (found === null) return Promise.resolve('refused');
      opened.push(found.url);
      return Promise.resolve(answer);
    },
  };
}
