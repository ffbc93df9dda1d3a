import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { assertHost, pickHost } from '../../host/pick-host.ts';
import type { MadeUpHome } from './made-up-home.ts';
import { keptVariables, PROBE, type ShownNotification, type ShownTray, type TrayItem } from './probe.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const APP = path.join(ROOT, 'out/app');
const SCREENS = path.join(ROOT, 'out/e2e/screens');

/** Milliseconds. */
const LONGEST_SECOND = 20_000;

export interface LaunchOptions {
  readonly home: MadeUpHome;
  readonly env?: Readonly<Record<string, string>>;
  /** What Credence was asked for last time; without it this is the first run. */
  readonly folder?: string;
}

/** Credence under test, seen as a person sees it: its tray, its window, and what it asks of the desktop. */
export interface AppUnderTest {
  readonly app: ElectronApplication;
  readonly home: MadeUpHome;
  /** The window once there is something to read in it, seen or not. A hidden one draws rarely, so clicks in it take seconds. */
  readonly mainWindow: () => Promise<Page>;
  /** The window, opened from the tray. */
  readonly openWindow: () => Promise<Page>;
  readonly isShown: () => Promise<boolean>;
  readonly tray: () => Promise<ShownTray>;
  /** The tray’s tooltip and every line of its menu. */
  readonly trayLines: () => Promise<readonly string[]>;
  /** Chooses an item; a pattern stands for the first label that fits. */
  readonly clickTray: (...labels: readonly (string | RegExp)[]) => Promise<void>;
  readonly notifications: () => Promise<readonly ShownNotification[]>;
  /** How file dialogs are answered from now on; `null`: by Cancel. */
  readonly answerDialogs: (folder: string | null) => Promise<void>;
  /** Starts the app once more, as a person would, and waits until that start has ended; `null`: it had to be ended. */
  readonly startAgain: () => Promise<number | null>;
  /** In light and in dark. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly quit: () => Promise<void>;
}

/**
 * Starts the built app in a made-up home, on the host that was picked. No `executablePath`: it would let windows open before
 * Playwright listens.
 */
export async function launchApp({ home, env = {}, folder }: LaunchOptions): Promise<AppUnderTest> {
  if (folder !== undefined) home.json('.config/credence/preferences.json', { schemaVersion: 1, folder });
  const environment = { ...home.environment, ...keptVariables(), ...env };
  const app = await _electron.launch({ args: ['-r', PROBE, APP], cwd: home.path, env: environment });
  await assertHost(app, pickHost());
  const closed = app.waitForEvent('close', { timeout: 0 });

  const mainWindow = async (): Promise<Page> => {
    const page = await app.firstWindow();
    // Evaluating in a page that is still empty would fail.
    await page.locator('h1').first().waitFor({ state: 'attached' });
    return page;
  };
  const tray = (): Promise<ShownTray> => app.evaluate(() => globalThis.__probe.shown());
  const clickTray: AppUnderTest['clickTray'] = async (...labels) => {
    const exact = findLabels((await tray()).items, labels);
    await app.evaluate((_, given) => {
      globalThis.__probe.choose(given);
    }, exact);
  };
  return {
    app,
    home,
    mainWindow,
    openWindow: async () => {
      const page = await mainWindow();
      await clickTray('Open Credence');
      return page;
    },
    tray,
    clickTray,
    isShown: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible())),
    trayLines: async () => {
      const { tooltip, items } = await tray();
      return [tooltip, ...items.map(({ label }) => label)];
    },
    notifications: () =>
      app.evaluate(() => globalThis.__probe.notifications.map(({ title, body }) => ({ title, body }))),
    answerDialogs: (chosen) =>
      app.evaluate(({ dialog }, given) => {
        dialog.showOpenDialog = () =>
          Promise.resolve({ canceled: given === null, filePaths: given === null ? [] : [given] });
      }, chosen),
    startAgain: async () => {
      const second = spawn(pickHost().program, ['--no-sandbox', APP], {
        cwd: home.path,
        env: environment,
        stdio: 'ignore',
      });
      // One that takes itself for the first would stay.
      const patience = setTimeout(() => second.kill(), LONGEST_SECOND);
      const [code] = (await once(second, 'exit')) as [number | null];
      clearTimeout(patience);
      return code;
    },
    screenshot: async (name) => {
      const page = await mainWindow();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: path.join(SCREENS, `${pickHost().name}-${name}-${colorScheme}.png`) });
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
    },
    quit: async () => {
      // Playwright’s own close waits for windows that only hide.
      await app
        .evaluate(({ app: electron }) => {
          electron.quit();
        })
        // The app may be gone before it has answered.
        .catch(() => undefined);
      await closed;
    },
  };
}

function findLabels(
  items: readonly TrayItem[],
  [wanted, ...below]: readonly (string | RegExp)[],
): readonly string[] {
  if (wanted === undefined) return [];
  const found = items.find(({ label }) =>
    typeof wanted === 'string' ? label === wanted : wanted.test(label),
  );
  const there = items.map(({ label }) => label).join(' | ');
  expect(found, `“${String(wanted)}” in the tray’s menu: ${there}`).toBeDefined();
  return found === undefined ? [] : [found.label, ...findLabels(found.items, below)];
}
