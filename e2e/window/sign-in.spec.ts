/** A sign-in in the window, from its beginning to its end. */
import { expect } from '@playwright/test';
import { question } from './made-up/changes.ts';
import {
  loginCancelled,
  loginDone,
  loginFailed,
  loginStarting,
  loginStopping,
  loginWaiting,
  noClaude,
} from './made-up/claude-logins.ts';
import { hostileProviders, hostileSignIn } from './made-up/hard-sign-ins.ts';
import { hard } from './made-up/hard.ts';
import {
  organisationDevice,
  organisationFailed,
  organisationWaiting,
} from './made-up/organisation-sign-ins.ts';
import { commandsOf, publish, test } from './window-page.ts';

test('a sign-in that begins takes the window, and gives back the answer to whoever goes there', async ({
  open,
}) => {
  const page = await open(hard);
  await publish(page, loginStarting, 2);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Claude Code is starting.');
  await expect(page.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
  await expect(page).toHaveTitle('Credence, signing in: ~/code/ledger');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(page.locator('h1:visible')).toContainText('Print runs send the API key');
  // It goes on behind the answer, and is not shown again by itself.
  await publish(page, loginWaiting, 3);
  await expect(page.locator('h1:visible')).toContainText('Print runs send the API key');
  await expect(page.getByRole('region', { name: 'Signing in' })).toContainText('Waiting for your approval');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Approve the login in your browser.');
  expect(await commandsOf(page)).toEqual([]);
});

test('a window that is opened half-way shows it', async ({ open }) => {
  const page = await open(organisationWaiting);
  await expect(page.locator('h1:visible')).toHaveText('Finish signing in to northwind in your browser.');
});

test('a change keeps the window from a sign-in', async ({ open }) => {
  const page = await open(question);
  await publish(page, { ...question, signIn: loginWaiting.signIn }, 2);
  await expect(page.locator('h1:visible')).toHaveText(['Which do you want to use?']);
});

test('each button asks for one thing', async ({ open }) => {
  const page = await open(organisationWaiting);
  for (const name of ['Open the page again', 'Copy the address', 'Use a code instead', 'Cancel sign-in'])
    await page.getByRole('button', { name }).click();
  await publish(page, organisationDevice, 2);
  await page.getByRole('button', { name: 'Copy the code' }).click();
  await expect(page.locator('.device-letters')).toHaveText('WDJB-MJHT');
  expect(await commandsOf(page)).toEqual([
    ['openPageAgain'],
    ['copyAddress'],
    ['signInWithDevice'],
    ['cancelSignIn'],
    ['copyDeviceCode'],
  ]);
});

test('it is cancelled once, and says so until it has ended', async ({ open }) => {
  const page = await open(loginWaiting);
  await page.getByRole('button', { name: 'Cancel login' }).dblclick();
  await publish(page, loginStopping, 2);
  const ending = page.getByRole('button', { name: 'Ending…' });
  await expect(ending).toHaveAttribute('aria-disabled', 'true');
  await ending.click({ force: true });
  await expect(page.getByRole('status')).toHaveText('Ending the login.');
  await publish(page, loginCancelled, 3);
  await expect(page.locator('h1:visible')).toHaveText('The login is cancelled.');
  expect(await commandsOf(page)).toEqual([['cancelSignIn']]);
});

test('Escape leaves what is over, and goes to the answer from what goes on', async ({ open }) => {
  const page = await open(loginWaiting);
  await page.keyboard.press('Escape');
  await expect(page.locator('h1:visible')).toContainText('Print runs send');
  await page.getByRole('button', { name: 'Show' }).click();
  await publish(page, loginFailed, 2);
  await page.keyboard.press('Escape');
  expect(await commandsOf(page)).toEqual([['leaveSignIn']]);
  await publish(page, hard, 3);
  await expect(page.locator('h1:visible')).toContainText('Print runs send');
});

for (const [name, snapshot, buttons] of [
  ['a refused code', loginFailed, ['Try again → retrySignIn', 'Back to the answer → leaveSignIn']],
  [
    'no Claude Code',
    noClaude,
    ['Choose the file… → chooseClaude', 'Try again → retrySignIn', 'Back to the answer → leaveSignIn'],
  ],
  [
    'no browser',
    organisationFailed,
    ['Try again → retrySignIn', 'Use a code instead → signInWithDevice', 'Back to the answer → leaveSignIn'],
  ],
  [
    'a login that is done',
    loginDone,
    ['Clear ANTHROPIC_API_KEY from ~/.zshrc:42… → startChange', 'Back to the answer → leaveSignIn'],
  ],
] as const)
  test(`after ${name}, what can be done is one press away, and one of it stands out`, async ({ open }) => {
    const page = await open(snapshot);
    const foot = page.locator('.task-foot button');
    await expect(page.locator('.task-foot .button-main')).toHaveCount(1);
    const found: string[] = [];
    for (const button of await foot.all()) {
      await button.click();
      const last = (await commandsOf(page)).at(-1);
      found.push(`${await button.innerText()} → ${String(Array.isArray(last) ? last[0] : '')}`);
    }
    expect(found).toEqual(buttons);
  });

test('the tab key walks a sign-in from top to bottom', async ({ open }) => {
  const page = await open(loginWaiting);
  await page.getByRole('button', { name: 'Answer', exact: true }).focus();
  const walk: string[] = [];
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press('Tab');
    walk.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement instanceof HTMLInputElement ? 'the field' : (activeElement?.textContent ?? '');
      }),
    );
  }
  expect(walk).toEqual([
    'the field',
    'Send to Claude Code',
    'Open the page again',
    'Copy the address',
    'Cancel login',
  ]);
});

for (const [name, snapshot, screen] of [
  ['a sign-in', hostileSignIn, 'answer'],
  ['the organisations', hostileProviders, 'settings'],
] as const)
  test(`hostile text in ${name} is text`, async ({ open }) => {
    const page = await open(snapshot, screen);
    expect(await page.evaluate(() => window.harmed)).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
  });
