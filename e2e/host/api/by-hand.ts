import { givenSwitches } from './command-line.ts';
import { engine } from './engine.ts';

/** Whether a person looks at the windows: nobody sees those of a headless Chromium, and with a port Playwright started it. */
export function isStartedByHand(): boolean {
  return engine().browser.headed && !givenSwitches().has('remote-debugging-port');
}
