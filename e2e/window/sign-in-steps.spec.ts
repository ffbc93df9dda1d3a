/** How far a sign-in is: counted while it is looked at, and told without sight. */
import { expect } from '@playwright/test';
import { loginChecking, loginDone, loginStarting, loginWaiting } from './made-up/claude-logins.ts';
import { hard } from './made-up/hard.ts';
import { organisationWaiting } from './made-up/organisation-sign-ins.ts';
import { NOW } from './made-up/sign-in-pieces.ts';
import { commandsOf, listen, publish, test } from './window-page.ts';

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

test('each step is said once, and the seconds are not', async ({ open }) => {
  const page = await open(hard);
  const said = await listen(page);
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
