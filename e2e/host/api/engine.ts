import { startBrowser, type Browser } from '../chromium/browser.ts';
import { watchTargets, type Targets } from '../chromium/targets.ts';

export interface Engine {
  readonly browser: Browser;
  readonly targets: Targets;
}

let running: Engine | undefined;

/**
 * Starts Chromium. Nothing of Electron's that shows a page can be used before.
 *
 * @param switches what `app.commandLine` has collected
 * @param gone     called when Chromium ends without having been asked to
 */
export async function startEngine(
  switches: ReadonlyMap<string, string>,
  gone: (how: string) => void,
): Promise<void> {
  const browser = await startBrowser(switches, gone);
  running = { browser, targets: watchTargets(browser) };
}

/** @throws {Error} with Electron's words before the app is ready */
export function engine(): Engine {
  if (running === undefined) throw new Error('Cannot create BrowserWindow before app is ready');
  return running;
}

export async function stopEngine(): Promise<void> {
  await running?.browser.end();
  running = undefined;
}

export function stopEngineNow(): void {
  running?.browser.endNow();
  running = undefined;
}
