import { expect } from '@playwright/test';
import {
  canChoose,
  done,
  hostileChange,
  plan,
  planOfMany,
  planOfNothing,
  planProblem,
  planWorking,
  question,
  undone,
} from './made-up/changes.ts';
import { hard } from './made-up/hard.ts';
import { settings } from './made-up/tasks.ts';
import { commandsOf, listen, publish, test } from './window-page.ts';

test('a change is asked for once, however often it is pressed', async ({ open }) => {
  const page = await open(plan);
  const apply = page.locator('.button-main:visible');
  await apply.dblclick();
  await apply.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await apply.click({ force: true });
  await expect(apply).toHaveText('Changing…');
  await expect(apply).toBeFocused();
  expect(await commandsOf(page)).toEqual([['applyPlan', 'plan-1']]);
});

test('two presses before the window is drawn anew are one', async ({ open }) => {
  const page = await open(done);
  await page.getByRole('button', { name: 'Undo' }).evaluate((undo: HTMLElement) => {
    undo.click();
    undo.click();
  });
  expect(await commandsOf(page)).toEqual([['undoChange', 'done-1']]);
});

test('the second half of a double click does not apply a plan that nobody has read', async ({ open }) => {
  const page = await open(question);
  await page.evaluate((next) => {
    const { commands } = window.fake;
    const push = commands.push.bind(commands);
    // The plan is there at once, with its main button where the question had its own.
    commands.push = (...asked) => {
      if (asked.some(([name]) => name === 'showPlan')) window.fake.publish({ ...next, revision: 2 });
      return push(...asked);
    };
  }, plan);
  await page.getByRole('button', { name: 'Show the plan' }).dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Clear the API key from ~/.zshrc');
  expect(await commandsOf(page)).toEqual([['showPlan']]);
});

test('a key that is held does not press the next main button', async ({ open }) => {
  const page = await open(plan);
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).focus();
  // Playwright repeats a key that is down already.
  await page.keyboard.down('Enter');
  await publish(page, done, 2);
  await page.getByRole('button', { name: 'Back to the answer' }).focus();
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await commandsOf(page)).toEqual([['applyPlan', 'plan-1']]);
});

test('while it works nothing can be pressed, and the button says why', async ({ open }) => {
  const page = await open(plan);
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).focus();
  await publish(page, planWorking, 2);
  const working = page.getByRole('button', { name: 'Changing…' });
  await expect(working).toBeFocused();
  await expect(working).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('status')).toHaveText('Changing…');
  for (const name of [
    /^Changing…/,
    /^Cancel$/,
    /^Question$/,
    /^Delete the line/,
    /^Change this too: launchd/,
  ])
    // It says that it is disabled, which a click would wait for.
    await page.getByRole('button', { name }).click({ force: true });
  await page.keyboard.press('Escape');
  expect(await commandsOf(page)).toEqual([]);
});

test('why it was not done is told beside the button, which can be pressed again', async ({ open }) => {
  const page = await open(plan);
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  await publish(page, planWorking, 2);
  await publish(page, planProblem, 3);
  await expect(page.locator('.task-foot').getByRole('alert')).toContainText('Nothing was written');
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  expect(await commandsOf(page)).toEqual([
    ['applyPlan', 'plan-1'],
    ['applyPlan', 'plan-1'],
  ]);
});

test('a command that is refused can be given again', async ({ open }) => {
  const page = await open(plan);
  await page.evaluate(() => {
    window.fake.answerWith('applyPlan', {
      ok: false,
      failure: 'refused',
      message: 'That plan is an old one.',
    });
  });
  const apply = page.getByRole('button', { name: 'Clear from ~/.zshrc' });
  await apply.click();
  await expect(page.getByRole('alert').first()).toContainText('That plan is an old one.');
  // The message lies at the edge of the window, and the button can be reached all the same.
  await apply.click();
  expect(await commandsOf(page)).toHaveLength(2);
});

test('a plan of nothing has no button that changes anything', async ({ open }) => {
  const page = await open(planOfNothing);
  await expect(page.locator('.task-foot button')).toHaveText(['Back to the question']);
});

test('what is undone says so, and cannot be undone again', async ({ open }) => {
  const page = await open(done);
  await publish(page, undone, 2);
  await expect(page.getByText('This change is undone')).toBeVisible();
  await expect(page.getByRole('button', { name: /undo/i })).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText(/^Undone\. The API key is back/);
  await expect(page.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
});

for (const screen of ['answer', 'matrix', 'settings', 'changes'] as const)
  test(`a change that was started elsewhere takes the window from ${screen}, and gives back the answer`, async ({
    open,
  }) => {
    const page = await open(settings);
    const link = page.getByRole('button', { name: 'All modes' });
    await link.focus();
    await page.evaluate((wanted) => {
      window.fake.show(wanted);
    }, screen);
    await publish(page, question, 2);
    await expect(page.locator('h1:visible')).toHaveText(['Which do you want to use?']);
    await expect(page.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
    await expect(page).toHaveTitle('Credence, a change: ~/code/ledger');
    await publish(page, hard, 3);
    await expect(page.locator('h1:visible')).toContainText(['Print runs send the API key']);
    await expect(link).toBeFocused();
  });

test('a menu that is open does not stay open under a change, nor take its Escape', async ({ open }) => {
  const page = await open(hard);
  await page.getByRole('button', { name: 'Credence Menu' }).click();
  await publish(page, plan, 2);
  await expect(page.locator(':popover-open')).toHaveCount(0);
  await page.keyboard.press('Escape');
  expect(await commandsOf(page)).toEqual([['leaveChange']]);
});

test('where the button that began it is gone, the focus is at the answer', async ({ open }) => {
  const page = await open(canChoose);
  await page.getByRole('button', { name: /^Clear ANTHROPIC_API_KEY/ }).click();
  await publish(page, plan, 2);
  await publish(page, { ...done, conflicts: [] }, 3);
  await publish(page, { ...done, conflicts: [], task: null }, 4);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('Escape goes back by one step, and main says where to', async ({ open }) => {
  const page = await open(question);
  await page.keyboard.press('Escape');
  await publish(page, plan, 2);
  await page.keyboard.press('Escape');
  await publish(page, done, 3);
  await page.keyboard.press('Escape');
  expect(await commandsOf(page)).toEqual([['leaveChange'], ['leaveChange'], ['leaveChange']]);
  // Nothing closes before main says so.
  await expect(page.locator('h1:visible')).toHaveText(['The API key is cleared from ~/.zshrc']);
});

test('each step is said once; what is true afterwards is not said again with the answer', async ({
  open,
}) => {
  const page = await open(canChoose);
  const said = await listen(page);
  const sentence = [{ kind: 'text', text: 'Print runs use your Max login.', tone: 'ink' }] as const;
  const answer = { mark: 'fine', sentence, consequence: null, rows: [], excerpt: null } as const;
  const steps = [question, plan, planWorking, { ...done, answer }, { ...done, answer, task: null }];
  for (const [at, step] of steps.entries()) await publish(page, step, at + 2);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Print runs use your Max login.');
  expect(await said.jsonValue()).toEqual([
    'Which do you want to use? For Claude Code in ~/code/ledger. Both are set, and print runs take the key.',
    'Clear the API key from ~/.zshrc. One line changes. Nothing is written until you say so. ~/.zshrc comments out line 42.',
    'Changing…',
    'The API key is cleared from ~/.zshrc. Print runs now use your Max login.',
    '',
  ]);
});

test('removed and added lines are told apart without colour and without sight', async ({ open }) => {
  const page = await open(plan);
  await expect(page.locator('.diff-line')).toHaveText([
    '41# ledger import job',
    '42−removed: export ANTHROPIC_API_KEY=••••••••',
    '42+added: # credence 7f3a: export ANTHROPIC_API_KEY=••••••••',
    '43export EDITOR=nvim',
  ]);
});

test('all of a long plan is there, and its foot stays in sight', async ({ open }) => {
  const page = await open(planOfMany);
  await page.setViewportSize({ width: 440, height: 720 });
  await expect(page.locator('.diff')).toHaveCount(30);
  await expect(page.getByText('You can undo this in Changes')).toBeInViewport();
});

test('a place that is chosen leaves the list, and the focus is not lost', async ({ open }) => {
  const page = await open(plan);
  await page.getByRole('button', { name: 'Change this too: launchd, your session' }).click();
  const { task } = plan;
  if (task?.kind !== 'plan') throw new Error('No plan.');
  await publish(page, { ...plan, task: { ...task, planId: 'plan-2', remains: [] } }, 2);
  await expect(page.getByRole('button', { name: 'Question' })).toBeFocused();
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  expect((await commandsOf(page)).at(-1)).toEqual(['applyPlan', 'plan-2']);
});

test('hostile text in a plan is text', async ({ open }) => {
  const page = await open(hostileChange);
  expect(await page.evaluate(() => window.harmed)).toBeUndefined();
  expect(await page.locator('main img, main script').count()).toBe(0);
  // The sign before a line that runs from right to left stays before it.
  const [number, text] = await page
    .locator('.diff-line')
    .first()
    .evaluate((line) => [
      line.querySelector('.line-number')?.getBoundingClientRect().left,
      line.querySelector('.line-text')?.getBoundingClientRect().left,
    ]);
  expect(text).toBeGreaterThan(number ?? Infinity);
});
