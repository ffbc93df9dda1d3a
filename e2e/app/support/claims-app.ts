import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
  _electron,
  expect,
  test as base,
  type ElectronApplication,
  type JSHandle,
  type Page,
} from '@playwright/test';
import { assertHost, pickHost } from '../../host/pick-host.ts';
import { keptVariables, PROBE } from './probe.ts';

export const FIXTURE_APP = path.join(import.meta.dirname, '../fixture-app');

/** What the fixture app notes. */
interface Claims {
  readonly crashes: readonly string[];
  readonly messages: readonly string[];
  readonly permissions: readonly string[];
  readonly preloadErrors: readonly { readonly file: string; readonly message: string }[];
  readonly prevented: readonly string[];
  readonly readyToShow?: boolean;
  readonly seconds: readonly { readonly last: string; readonly folder: string; readonly data: unknown }[];
}

declare global {
  // What `evaluate` finds in the app's process; the same name is the bridge in the page.
  var claims: Claims & Readonly<Record<string, (...args: unknown[]) => unknown>>;
}

export interface ClaimsApp {
  readonly app: ElectronApplication;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The window once the page in it speaks. */
  readonly page: () => Promise<Page>;
  readonly window: () => Promise<JSHandle<Electron.BrowserWindow>>;
  /** What the app has handed to the person's browser. */
  readonly openedOutside: () => readonly string[];
}

/**
 * Starts the fixture app in a made-up home. Its `xdg-open` only writes down what it is asked to open.
 *
 * @param variables further ones
 */
export async function startClaimsApp(variables: Readonly<Record<string, string>> = {}): Promise<ClaimsApp> {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'claims-')));
  const opened = path.join(home, 'opened.txt');
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`);
  chmodSync(path.join(bin, 'xdg-open'), 0o755);
  const environment = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    ...keptVariables(),
    ...variables,
  };
  const app = await _electron.launch({ args: ['-r', PROBE, FIXTURE_APP], cwd: home, env: environment });
  await assertHost(app, pickHost());
  return {
    app,
    home,
    environment,
    page: async () => {
      const page = await app.firstWindow();
      await expect(page.locator('#answer')).not.toHaveText('waiting');
      return page;
    },
    window: async () =>
      app.browserWindow(await app.firstWindow()) as Promise<JSHandle<Electron.BrowserWindow>>,
    openedOutside: () => (existsSync(opened) ? readFileSync(opened, 'utf8').trimEnd().split('\n') : []),
  };
}

export async function endClaimsApp({ app, home }: ClaimsApp): Promise<void> {
  await app.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

/** A test with the fixture app of its worker; it is started once, so tests leave it as they found it. */
export const test = base.extend<object, { readonly claimsApp: ClaimsApp }>({
  claimsApp: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const started = await startClaimsApp();
      await use(started);
      await endClaimsApp(started);
    },
    { scope: 'worker' },
  ],
});
