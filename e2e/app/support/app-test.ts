import { test as base } from '@playwright/test';
import { launchApp, type AppUnderTest, type LaunchOptions } from './launch-app.ts';
import { makeHome, type MadeUpHome } from './made-up-home.ts';

interface AppFixtures {
  /** Empty, and gone after the test. */
  readonly home: MadeUpHome;
  /** Starts the app in the test’s home; it is ended after the test if the test has not done so. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<AppUnderTest>;
}

/** A test with Credence itself in a home of its own. */
export const test = base.extend<AppFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
  home: async ({}, use) => {
    const home = makeHome();
    await use(home);
    home.remove();
  },
  launch: async ({ home }, use) => {
    const started: AppUnderTest[] = [];
    await use(async (options = {}) => {
      const app = await launchApp({ home, ...options });
      started.push(app);
      return app;
    });
    for (const app of started) await app.quit();
  },
});
