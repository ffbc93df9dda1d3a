import { test as base, expect, type JSHandle, type Page } from '@playwright/test';
import { bundleRenderer } from '../../build/bundle-renderer.mjs';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import { fakeOptions, installFake } from './fake-bridge.ts';
import { serve } from './site.ts';
import { NOW } from './made-up/sign-in-pieces.ts';
import type { Picture } from './snapshots.ts';

interface Fixtures {
  /** Opens the window on a snapshot; whatever goes wrong in the page fails the test. */
  readonly open: (snapshot: Snapshot, screen?: Screen, isMute?: boolean) => Promise<Page>;
}

interface WorkerFixtures {
  readonly origin: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  origin: [
    async ({ browserName }, use) => {
      // The bundle is made for the app's engine and no other.
      expect(browserName).toBe('chromium');
      const { outFolder } = await bundleRenderer();
      const site = await serve(outFolder);
      await use(site.origin);
      await site.end();
    },
    { scope: 'worker' },
  ],
  open: async ({ page, origin }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(async (snapshot, screen = 'answer', isMute = false) => {
      // What counts seconds shows the same ones in every picture.
      await page.clock.setFixedTime(NOW);
      await page.addInitScript(installFake, fakeOptions(snapshot, isMute));
      await page.goto(origin);
      // The answer has one too, while a task covers it.
      await page.locator('h1:visible').first().waitFor();
      if (screen !== 'answer')
        await page.evaluate((wanted) => {
          window.fake.show(wanted);
        }, screen);
      return page;
    });
    if (page.url().startsWith(origin)) complaints.push(...(await page.evaluate(() => window.violations)));
    expect(complaints).toEqual([]);
  },
});

/** As it is to be looked at: the screen, and what is pressed on it. */
export async function openPicture(open: Fixtures['open'], picture: Picture): Promise<Page> {
  const page = await open(picture.snapshot, picture.screen);
  if (picture.press !== undefined)
    await page.getByRole('button', { name: picture.press, exact: true }).click();
  return page;
}

/** Shows the next snapshot, as main would publish it. */
export async function publish(page: Page, snapshot: Snapshot, revision: number): Promise<void> {
  await page.evaluate(
    (next) => {
      window.fake.publish(next);
    },
    { ...snapshot, revision },
  );
}

/** What was asked of the main process, after the first question for a snapshot. */
export async function commandsOf(page: Page): Promise<readonly unknown[]> {
  const commands = await page.evaluate(() => window.fake.commands);
  return commands.filter(([name]) => name !== 'getSnapshot');
}

/** What somebody without sight is told from now on: each text of the live region, in order. */
export function listen(page: Page): Promise<JSHandle<string[]>> {
  return page.evaluateHandle(() => {
    const heard: string[] = [];
    const region = document.querySelector('[role="status"]');
    if (region !== null)
      new MutationObserver(() => heard.push(region.textContent)).observe(region, {
        characterData: true,
        childList: true,
        subtree: true,
      });
    return heard;
  });
}
