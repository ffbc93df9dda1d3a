/** The organisations in the settings, and the ways in. */
import { expect } from '@playwright/test';
import { providerSettings } from './made-up/organisation-sign-ins.ts';
import { nothingFound } from './made-up/other-answers.ts';
import { commandsOf, test } from './window-page.ts';

test('the settings list every organisation, each with what can be done about it', async ({ open }) => {
  const page = await open(providerSettings, 'settings');
  for (const name of [
    'Use for Claude Code… northwind',
    'Check northwind',
    'Sign out… northwind',
    'Sign in… contoso-gateway',
    'Sign in again… fabrikam',
    'Check fabrikam',
    'Sign out… tailspin',
    'Open providers.json',
  ])
    await page.getByRole('button', { name, exact: true }).click({ force: true });
  expect(await commandsOf(page)).toEqual([
    ['openProviders'],
    ['startChange', 'change-9'],
    ['checkProvider', 'organisation-1'],
    ['startSignOut', 'organisation-1'],
    ['startSignIn', 'organisation-2'],
    ['startSignIn', 'organisation-3'],
    // The one that is being asked is not asked again.
    ['startSignOut', 'organisation-4'],
    ['openPlace', 'place-2'],
  ]);
});

test('who is configured no more can be signed out of, and nothing else', async ({ open }) => {
  const page = await open(providerSettings, 'settings');
  const row = page.getByRole('listitem', { name: 'tailspin' });
  await expect(row).toContainText('Not configured any more');
  await expect(row.getByRole('button')).toHaveText(['Sign out…']);
});

test('where nobody is logged in, the ways in stand with the answer', async ({ open }) => {
  const page = await open(nothingFound);
  await page.getByRole('button', { name: 'Log in with a Claude subscription…' }).click();
  await page.getByRole('button', { name: 'Sign in to northwind…' }).press('Enter');
  expect(await commandsOf(page)).toEqual([
    ['startChange', 'begin-1'],
    ['startChange', 'begin-3'],
  ]);
});
