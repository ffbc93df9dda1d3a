/** A code that is pasted: sent once, and kept by nobody. */
import { expect, type Page } from '@playwright/test';
import { loginCodeIncomplete, loginCodeSent, loginStarting, loginWaiting } from './made-up/claude-logins.ts';
import { NOW } from './made-up/sign-in-pieces.ts';
import { commandsOf, publish, test } from './window-page.ts';

const field = (page: Page) => page.getByLabel('No way back from the browser?');
const CODE = 'MARKED-CODE-0123#MARKED-STATE';

test('a code is pasted, sent once, and gone from the window', async ({ open }) => {
  const page = await open(loginStarting);
  await publish(page, loginWaiting, 2);
  // Whoever comes back from the browser can paste at once.
  await expect(field(page)).toBeFocused();
  const send = page.getByRole('button', { name: 'Send to Claude Code' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(`  ${CODE} `);
  await expect(send).toHaveAttribute('aria-disabled', 'false');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('');
  await expect(field(page)).toBeFocused();
  expect(await commandsOf(page)).toEqual([['sendCode', CODE]]);
  await publish(page, loginCodeSent, 3);
  // Beside what a spec writes down of the command, nothing of it is left: not in the page, nor in what it keeps.
  expect(await page.content()).not.toContain('MARKED');
  expect(
    await page.evaluate(() => [
      localStorage.length,
      sessionStorage.length,
      [...document.querySelectorAll<HTMLInputElement>('input.field')].map((input) => [
        input.value,
        input.getAttribute('value'),
      ]),
      location.href.includes('MARKED'),
    ]),
  ).toEqual([0, 0, [['', null]], false]);
});

test('the field is filled, corrected and remembered by nobody', async ({ open }) => {
  const page = await open(loginWaiting);
  for (const [name, value] of [
    ['autocomplete', 'off'],
    ['autocorrect', 'off'],
    ['autocapitalize', 'none'],
    ['spellcheck', 'false'],
    ['type', 'text'],
  ] as const)
    await expect(field(page)).toHaveAttribute(name, value);
  await expect(field(page)).not.toHaveAttribute('name', /.*/);
});

test('a text that is too long is not sent, and that is said', async ({ open }) => {
  const page = await open(loginWaiting);
  await field(page).fill('x'.repeat(8_193));
  await page.getByRole('button', { name: 'Send to Claude Code' }).click();
  await expect(field(page)).toHaveAccessibleDescription('That is too long to be a code. It was not sent.');
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  expect(await commandsOf(page)).toEqual([]);
  await field(page).fill('x'.repeat(8_192));
  await page.getByRole('button', { name: 'Send to Claude Code' }).click();
  expect((await commandsOf(page)).length).toBe(1);
});

test('what was wrong with a code is told at the field', async ({ open }) => {
  const page = await open(loginWaiting);
  await publish(page, loginCodeIncomplete, 2);
  await expect(field(page)).toHaveAccessibleDescription(/not all of the code/);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('status')).toHaveText(/not all of the code/);
});

test('what is typed stays while the steps go on, and while seconds are counted', async ({ open }) => {
  const page = await open(loginWaiting);
  await field(page).fill('half a co');
  await page.clock.setFixedTime(NOW + 3_000);
  await expect(page.locator('.step.is-now')).toContainText('0:44');
  await publish(page, loginCodeIncomplete, 2);
  await expect(field(page)).toHaveValue('half a co');
});
