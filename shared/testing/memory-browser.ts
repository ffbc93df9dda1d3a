import type { Browser } from '../ports/browser.ts';

export interface MemoryBrowser extends Browser {
  readonly opened: readonly string[];
}

export function memoryBrowser(answer: 'opened' | 'refused' | 'failed' = 'opened'): MemoryBrowser {
  const opened: string[] = [];
  return {
    opened,
    open: (url) => {
      opened.push(url);
      return Promise.resolve(answer);
    },
  };
}
