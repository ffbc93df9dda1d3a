import { expect } from '@playwright/test';
import {
  setupToken,
  setupTokenDone,
  setupTokenHostile,
  setupTokenMade,
  setupTokenNotKept,
  setupTokenOpening,
} from './made-up/setup-tokens.ts';
import { commandsOf, publish, test } from './window-page.ts';

test('each step of a token for scripts is one press, done once, and the second is another question', async ({
  open,
}) => {
  const page = await open(setupToken);
  await page.getByRole('button', { name: 'Open a terminal' }).dblclick();
  await publish(page, setupTokenOpening, 2);
  await page.getByRole('button', { name: 'Opening…' }).click({ force: true });
  await page.getByRole('button', { name: 'Leave it as it is' }).click({ force: true });
  await publish(page, setupTokenMade, 3);
  await expect(page.locator('h1:visible')).toHaveText('Was the token made?');
  await page.getByRole('button', { name: 'It was made today' }).dblclick();
  await publish(page, setupTokenDone, 4);
  await expect(page.locator('h1:visible')).toHaveText('The token’s year runs from today.');
  await expect(page.locator('.task .facts')).toContainText('between 19 and 21 November 2026');
  expect(await commandsOf(page)).toEqual([
    ['confirmSignIn', 'sign-in-7'],
    ['confirmSignIn', 'sign-in-7-made'],
  ]);
});

test('who made none says so, and the question is gone', async ({ open }) => {
  const page = await open(setupTokenMade);
  await page.getByRole('button', { name: 'Not made' }).click();
  expect(await commandsOf(page)).toEqual([['leaveSignIn']]);
});

test('the command goes to the clipboard by main, and that is said', async ({ open }) => {
  const page = await open(setupTokenMade);
  await expect(page.locator('.own-command')).not.toContainText('Copied');
  await page.getByRole('button', { name: 'Copy the command' }).click();
  await expect(page.locator('.own-command').getByRole('status')).toHaveText('Copied');
  expect(await commandsOf(page)).toEqual([['copyCommand']]);
});

test('the day that is known is shown with its end, before it is replaced', async ({ open }) => {
  const page = await open(setupToken);
  await expect(page.locator('.task .facts')).toContainText('Last made');
  await expect(page.locator('.task .facts')).toContainText('between 1 and 3 December');
});

test('a day that could not be kept is said, and can be tried again', async ({ open }) => {
  const page = await open(setupTokenNotKept);
  await expect(page.getByRole('alert').last()).toContainText('cannot be written');
  await page.getByRole('button', { name: 'It was made today' }).click();
  expect(await commandsOf(page)).toEqual([['confirmSignIn', 'sign-in-7-made']]);
});

test('hostile text in the command is text', async ({ open }) => {
  const page = await open(setupTokenHostile);
  expect(await page.evaluate(() => window.harmed)).toBeUndefined();
  expect(await page.locator('main img, main script').count()).toBe(0);
});
