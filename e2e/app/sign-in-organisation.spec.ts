/** Signing in to an organisation from the tray: the provider’s page in a real browser, back, and a token in a real keychain. */
import { expect } from '@playwright/test';
import { test as base } from './support/app-test.ts';
import { ORGANISATION, signInDesktop, type SignInDesktop } from './support/sign-in-desktop.ts';

const test = base.extend<{ readonly desktop: SignInDesktop }>({
  desktop: async ({ home }, use) => {
    const desktop = await signInDesktop(home);
    await use(desktop);
    await desktop.end();
  },
});

test('From the tray to the provider’s page, through the browser and back: the window says who is signed in', async ({
  home,
  launch,
  desktop,
}) => {
  const credence = await launch({ folder: home.path, env: desktop.variables });
  const page = await credence.openWindow();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/Looking/);
  await credence.clickTray(/^Log in/, new RegExp(`^${ORGANISATION}`));
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/in your browser/);
  await credence.screenshot('sign-in-organisation-waiting');
  const browser = await desktop.openInBrowser();
  await browser.getByRole('button', { name: 'Sign in' }).click();
  await browser.getByRole('button', { name: 'Allow' }).click();
  await expect(browser).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/[^?]*$/);
  await expect(heading).toHaveText(/signed in/i);
  await credence.screenshot('sign-in-organisation-done');
  await expect(page.locator('main.task-body')).toContainText('petra');
  expect(desktop.provider.counts().grants).toEqual({ authorization_code: 1 });
  console.log(await page.locator('main.task-body').innerText(), await browser.locator('body').innerText());
});
