import type { Browser } from '../../../shared/ports/browser.ts';
import type { Environment } from '../../../shared/ports/environment.ts';

/** Not made yet: opens nothing. */
export function systemBrowser(environment: Environment): Browser {
  return { open: () => Promise.resolve(environment.home === null ? 'failed' : 'refused') };
}
