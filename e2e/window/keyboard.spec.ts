import { expect, type Page } from '@playwright/test';
import { canChoose, done, plan, planWorking, question, questionOfKey, undone } from './made-up/changes.ts';
import { hard } from './made-up/hard.ts';
import { matrix } from './made-up/tasks.ts';
import { commandsOf, publish, test } from './window-page.ts';

/** What has the focus, as a person would name it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    const name = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
    return activeElement instanceof HTMLInputElement ? activeElement.value : name.trim();
  });

test('the tab key walks the window from top to bottom', async ({ open }) => {
  const page = await open(hard);
  const walk: string[] = [];
  for (let step = 0; step < 15; step += 1) {
    await page.keyboard.press('Tab');
    walk.push(await focused(page));
  }
  expect(walk).toEqual([
    'Folder ~/code/ledger',
    'Started from',
    'Credence Menu',
    'print',
    'All modes',
    '~/.zshrc:42',
    'API keyANTHROPIC_API_KEY',
    '~/.zshrc:42',
    'Claude loginMax',
    'Clear ANTHROPIC_API_KEY from ~/.zshrc:42…',
    'Open the file, to do this: Clear ANTHROPIC_API_KEY from ~/.zshrc:42',
    'Open the file, to do this: Cancel ANTHROPIC_API_KEY with an empty value in your user settings',
    'Interactive sessions ignore this key',
    'Changes',
    expect.any(String),
  ]);
});

test('the focus is a ring of 2 px with a gap of 2 px', async ({ open }) => {
  const page = await open(hard);
  await page.keyboard.press('Tab');
  const ring = await page.evaluate(() => {
    const { outlineWidth, outlineStyle, outlineOffset } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return [outlineWidth, outlineStyle, outlineOffset];
  });
  expect(ring).toEqual(['2px', 'solid', '2px']);
});

test('arrow keys go through the modes', async ({ open }) => {
  const page = await open(hard);
  await page.getByRole('radio', { name: /Print/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await commandsOf(page)).toEqual([
    ['setMode', 'bare'],
    ['setMode', 'interactive'],
  ]);
  // The window says what the snapshot says, until there is another one.
  await expect(page.getByRole('radio', { name: /Print/ })).toBeChecked();
});

test('a menu is opened, walked and left with the keyboard, and the focus comes back', async ({ open }) => {
  const page = await open(hard);
  const button = page.getByRole('button', { name: 'Credence Menu' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toContain('Print in ledger');
  await page.keyboard.press('ArrowUp');
  expect(await focused(page)).toContain('Quit Credence');
  await page.keyboard.press('m');
  expect(await focused(page)).toBe('Mode');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toContain('Interactive');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toContain('Print in ledger');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  expect(await commandsOf(page)).toEqual([['menuAction', 'quit']]);
});

test('a menu that is closed and opened again at once is entered', async ({ open }) => {
  const page = await open(hard);
  await page.getByRole('button', { name: 'Credence Menu' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toContain('Print in ledger');
  // In one turn, so that the browser has told of neither.
  await page.evaluate(() => {
    const menu = document.querySelector<HTMLElement>('[role="menu"]:popover-open');
    menu?.hidePopover();
    menu?.showPopover();
  });
  await expect.poll(() => focused(page)).toContain('Print in ledger');
});

test('a place in a sentence is opened with either key', async ({ open }) => {
  const page = await open(hard);
  await page.getByRole('heading', { level: 1 }).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await commandsOf(page)).toEqual([
    ['openPlace', 'place-1'],
    ['openPlace', 'place-1'],
  ]);
  expect(new URL(page.url()).hash).toBe('');
});

test('a rung is opened and closed with the keyboard', async ({ open }) => {
  const page = await open(hard);
  const rung = page.getByRole('button', { name: 'API key ANTHROPIC_API_KEY' });
  await rung.focus();
  await page.keyboard.press('Enter');
  await expect(rung).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByText('Found in 3 places')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByText('Found in 3 places')).toBeHidden();
});

test('Escape leaves the matrix, and the focus comes back; what was open still is', async ({ open }) => {
  const page = await open(matrix);
  await page.getByRole('button', { name: 'API key ANTHROPIC_API_KEY' }).click();
  const link = page.getByRole('button', { name: 'All modes' });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
  await expect(page).toHaveTitle('Credence, all modes: ~/code/ledger');
  await page.keyboard.press('Escape');
  await expect(link).toBeFocused();
  await expect(page).toHaveTitle('Credence: ~/code/ledger');
  await expect(page.getByText('Found in 3 places')).toBeVisible();
  expect(await commandsOf(page)).toEqual([['openMatrix'], ['closeMatrix']]);
});

test('the cells of the matrix are one tab stop, and arrow keys choose', async ({ open }) => {
  const page = await open(matrix, 'matrix');
  await page.keyboard.press('Tab');
  const heading = page.locator('.matrix-chosen h2');
  await expect(heading).toHaveText('Print, Terminal');
  await page.keyboard.press('ArrowLeft');
  await expect(heading).toHaveText('Interactive, Terminal');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(heading).toHaveText('Interactive, VS Code');
  // There is nothing to the right of it, and nothing below.
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(heading).toHaveText('Interactive, VS Code');
  expect(await focused(page)).toBe('asks firstslate-finch');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Show this answer');
});

test('nothing moves when a person wants no motion, and never longer than 140 ms', async ({ open }) => {
  const page = await open(hard);
  const longest = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')].flatMap((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return `${transitionDuration},${animationDuration}`
            .split(',')
            .map((time) => Number.parseFloat(time));
        }),
      ),
    );
  await page.getByRole('button', { name: 'API key ANTHROPIC_API_KEY' }).click();
  expect(await longest()).toBe(0.14);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await longest()).toBe(0);
});

test('from the conflict to the question, the plan, the change and its undo by keyboard alone', async ({
  open,
}) => {
  const page = await open(canChoose);
  const tabTo = async (name: string): Promise<void> => {
    for (let step = 0; (await focused(page)) !== name; step += 1) {
      expect(step, `no way to ${name}`).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
  };
  await tabTo('Which do you want to use?…');
  await page.keyboard.press('Enter');
  await publish(page, question, 2);
  // One tab stop for all options, on the chosen one; the arrow keys choose.
  expect(await focused(page)).toBe('Answer');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('use-login');
  await page.keyboard.press('ArrowDown');
  await publish(page, questionOfKey, 3);
  expect(await focused(page)).toBe('use-key');
  await page.keyboard.press('ArrowUp');
  await publish(page, question, 4);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Show the plan');
  await page.keyboard.press('Enter');
  await publish(page, plan, 5);
  expect(await focused(page)).toBe('Question');
  await tabTo('Clear from ~/.zshrc');
  await page.keyboard.press('Enter');
  await publish(page, planWorking, 6);
  expect(await focused(page)).toBe('Changing…');
  await publish(page, done, 7);
  expect(await focused(page)).toBe('Answer');
  await tabTo('Undo');
  await page.keyboard.press('Enter');
  await publish(page, undone, 8);
  expect(await focused(page)).toBe('Answer');
  await tabTo('Back to the answer');
  await page.keyboard.press('Enter');
  await publish(page, canChoose, 9);
  expect(await focused(page)).toBe('Which do you want to use?…');
  expect(await commandsOf(page)).toEqual([
    ['askWhich'],
    ['chooseOption', 'use-key'],
    ['chooseOption', 'use-login'],
    ['showPlan'],
    ['applyPlan', 'plan-1'],
    ['undoChange', 'done-1'],
    ['leaveChange'],
  ]);
});

test('the ring of a choice is drawn inside its row', async ({ open }) => {
  const page = await open(question);
  await page.keyboard.press('Tab');
  const ring = await page.evaluate(() => {
    const row = document.activeElement?.closest('.choice');
    const { outlineWidth, outlineStyle, outlineOffset } = getComputedStyle(row ?? document.body, '::after');
    return [outlineWidth, outlineStyle, outlineOffset];
  });
  expect(ring).toEqual(['2px', 'solid', '-2px']);
});
