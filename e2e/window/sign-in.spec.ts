import { expect, type Page } from '@playwright/test';
import { hard } from './made-up/hard.ts';
import { question } from './made-up/changes.ts';
import { nothingFound } from './made-up/other-answers.ts';
import {
  beforeLogin,
  hostileProviders,
  hostileSignIn,
  loginCancelled,
  loginChecking,
  loginCodeIncomplete,
  loginCodeSent,
  loginDone,
  loginFailed,
  loginStarting,
  loginStopping,
  loginWaiting,
  logOut,
  logOutWorking,
  noClaude,
  NOW,
  organisationDevice,
  organisationFailed,
  organisationWaiting,
  providerSettings,
  signOutAnyway,
} from './made-up/sign-ins.ts';
import { commandsOf, publish, test } from './window-page.ts';

const field = (page: Page) => page.getByLabel('No way back from the browser?');
const CODE = 'MARKED-CODE-0123#MARKED-STATE';

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

test('the waiting is counted in the window, and the end of it counted down', async ({ open }) => {
  const page = await open(organisationWaiting);
  await expect(page.locator('.step.is-now')).toContainText('0:28');
  await expect(page.getByText('in 4 min 32 s')).toBeVisible();
  await page.clock.setFixedTime(NOW + 300_000);
  await expect(page.locator('.step.is-now')).toContainText('5:28');
  await expect(page.locator('.task .facts')).toContainText('now');
  expect(await commandsOf(page)).toEqual([]);
});

test('nothing is counted while the window cannot be seen', async ({ open }) => {
  const page = await open(organisationWaiting);
  const running = await page.evaluateHandle(() => {
    const timers = new Set<unknown>();
    const set = window.setInterval.bind(window);
    const clear = window.clearInterval.bind(window);
    Object.assign(window, {
      setInterval: (...given: Parameters<typeof setInterval>) => {
        const timer: unknown = set(...given);
        timers.add(timer);
        return timer;
      },
      clearInterval: (timer: number) => {
        timers.delete(timer);
        clear(timer);
      },
    });
    return timers;
  });
  const count = (): Promise<number> => running.evaluate(({ size }) => size);
  const turn = (state: string): Promise<void> =>
    page.evaluate((next) => {
      Object.defineProperty(document, 'visibilityState', { value: next, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('visible');
  expect(await count()).toBeGreaterThan(0);
  await turn('hidden');
  expect(await count()).toBe(0);
  await turn('visible');
  // Whoever goes back to the answer stops it too.
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  expect(await count()).toBe(0);
});

test('each button asks for one thing', async ({ open }) => {
  const page = await open(organisationWaiting);
  for (const name of [
    'Open the page again',
    'Copy the address',
    'Sign in with a code instead',
    'Cancel sign-in',
  ])
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
    [
      'Try again → retrySignIn',
      'Sign in with a code instead → signInWithDevice',
      'Back to the answer → leaveSignIn',
    ],
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

test('a log-out is confirmed by its own name, once, and cannot be left while it is done', async ({
  open,
}) => {
  const page = await open(logOut);
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

test('what would help is offered before a login that would not be used', async ({ open }) => {
  const page = await open(beforeLogin);
  await page.getByRole('button', { name: /^Clear ANTHROPIC_API_KEY/ }).click();
  await page.getByRole('button', { name: 'Leave it as it is' }).click();
  expect(await commandsOf(page)).toEqual([['startChange', 'change-1'], ['leaveSignIn']]);
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

test('each step is said once, and the seconds are not', async ({ open }) => {
  const page = await open(hard);
  const said = await page.evaluateHandle(() => {
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
  const steps = [loginStarting, loginWaiting, loginChecking, loginDone, { ...hard, signIn: null }];
  for (const [at, step] of steps.entries()) await publish(page, step, at + 2);
  await page.clock.setFixedTime(NOW + 5_000);
  await expect(page.locator('h1:visible')).toContainText('Print runs send');
  expect(await said.jsonValue()).toEqual([
    'Claude Code is starting.',
    'Approve the login in your browser.',
    'Checking who is logged in.',
    'You are logged in. Interactive sessions use your Max login. Included in your subscription.',
    '',
  ]);
});

test('the step that is waited for is told without sight', async ({ open }) => {
  const page = await open(loginWaiting);
  await expect(page.locator('[aria-current="step"]')).toContainText('Waiting for your approval, now');
  await expect(page.locator('.step').first()).toContainText('Claude Code started, done');
  await expect(page.locator('.step').last()).toContainText('Check who is logged in, not yet');
});

test('the settings list every organisation, each with what can be done about it', async ({ open }) => {
  const page = await open(providerSettings, 'settings');
  for (const name of [
    'Use for Claude Code… northwind',
    'Check northwind',
    'Sign out… northwind',
    'Sign in… contoso-gateway',
    'Sign in again… fabrikam',
    'Check fabrikam',
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
    ['openPlace', 'place-2'],
  ]);
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

for (const [name, snapshot, screen] of [
  ['a sign-in', hostileSignIn, 'answer'],
  ['the organisations', hostileProviders, 'settings'],
] as const)
  test(`hostile text in ${name} is text`, async ({ open }) => {
    const page = await open(snapshot, screen);
    expect(await page.evaluate(() => window.harmed)).toBeUndefined();
    expect(await page.locator('main img, main script').count()).toBe(0);
  });
