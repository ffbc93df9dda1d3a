/** What is asked before a login, a log-out and a sign-out. */
import { expect } from '@playwright/test';
import { beforeLogin, logOut, logOutWorking } from './made-up/claude-logins.ts';
import { signOutAnyway } from './made-up/organisation-sign-ins.ts';
import { commandsOf, publish, test } from './window-page.ts';

test('a log-out is confirmed by its own name, once, and cannot be left while it is done', async ({
  open,
}) => {
  const page = await open(logOut);
  await expect(page.locator('.task .button-main')).toHaveText(['Log out']);
  await page.getByRole('button', { name: 'Log out', exact: true }).dblclick();
  await publish(page, logOutWorking, 2);
  await page.getByRole('button', { name: 'Logging out…' }).click({ force: true });
  await page.getByRole('button', { name: 'Leave it as it is' }).click({ force: true });
  expect(await commandsOf(page)).toEqual([['confirmSignIn', 'sign-in-4']]);
});

test('the second question of a sign-out is another one', async ({ open }) => {
  const page = await open(signOutAnyway);
  await expect(page.getByRole('alert').last()).toContainText('could not be reached');
  await page.getByRole('button', { name: 'Remove it here anyway' }).click();
  expect(await commandsOf(page)).toEqual([['confirmSignIn', 'sign-in-6-anyway']]);
});

test('what would help comes first and stands out before a login that would not be used', async ({ open }) => {
  const page = await open(beforeLogin);
  const foot = page.getByRole('contentinfo').getByRole('button');
  await expect(foot).toHaveText([/^Clear ANTHROPIC_API_KEY/, 'Log in anyway', 'Leave it as it is']);
  await expect(page.locator('.task .button-main')).toHaveText([/^Clear ANTHROPIC_API_KEY/]);
  await page.getByRole('button', { name: /^Clear ANTHROPIC_API_KEY/ }).click();
  await page.getByRole('button', { name: 'Leave it as it is' }).click();
  expect(await commandsOf(page)).toEqual([['startChange', 'change-1'], ['leaveSignIn']]);
});
