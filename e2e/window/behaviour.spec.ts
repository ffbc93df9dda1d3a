import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { hard } from './made-up/hard.ts';
import { hostile, manyConflicts } from './made-up/hostile.ts';
import { firstRun, failed, matrix, settings } from './made-up/tasks.ts';
import { commandsOf, listen, test } from './window-page.ts';

test('a higher revision is shown, and a lower one is ignored', async ({ open }) => {
  const page = await open({ ...hard, revision: 5 });
  const answerOf = (revision: number, sentence: string) => ({
    ...hard,
    revision,
    answer: {
      ...(hard.answer ?? { mark: 'fine' as const, rows: [], excerpt: null }),
      sentence: [{ kind: 'text' as const, text: sentence, tone: 'ink' as const }],
      consequence: null,
    },
  });
  for (const snapshot of [answerOf(7, 'The seventh.'), answerOf(6, 'The sixth.'), answerOf(7, 'Another.')]) {
    await page.evaluate((next) => {
      window.fake.publish(next);
    }, snapshot);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The seventh.');
});

test('a new answer is said once, and the first is not', async ({ open }) => {
  const page = await open(hard);
  const status = page.getByRole('status');
  await expect(status).toHaveText('');
  const said = await listen(page);
  await page.evaluate((first) => {
    window.fake.publish({ ...first, revision: 2, looking: true });
    const sentence = [{ kind: 'text', text: 'Nothing is sent.', tone: 'ink' }] as const;
    const answer = { mark: 'nothing', sentence, consequence: null, rows: [], excerpt: null } as const;
    window.fake.publish({ ...first, revision: 3, answer });
    window.fake.publish({ ...first, revision: 4, answer: { ...answer } });
  }, hard);
  await expect(status).toHaveText('Nothing is sent.');
  expect(await said.jsonValue()).toEqual(['Nothing is sent.']);
});

test('while it looks, the last answer stays', async ({ open }) => {
  const page = await open({ ...hard, looking: true });
  await expect(page.getByText('Looking…')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Print runs send the API key');
});

test('what is pressed is asked of the main process, by ids alone', async ({ open }) => {
  const page = await open(hard);
  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await page.getByRole('button', { name: 'Folder ~/code/ledger' }).click();
  await page.getByRole('menuitem', { name: '~/clients/…/payments' }).click();
  await page.getByRole('button', { name: 'Folder ~/code/ledger' }).click();
  await page.getByRole('menuitem', { name: 'Choose…' }).click();
  await page.getByLabel('Started from').selectOption({ label: 'VS Code' });
  await page.getByRole('radio', { name: /Interactive/ }).click();
  await page.getByRole('button', { name: /^Open the file, to do this: Clear/ }).click();
  await page.getByRole('button', { name: 'Credence Menu' }).click();
  await page.getByRole('menuitem', { name: 'Mode' }).click();
  await page.getByRole('menuitemradio', { name: 'Print' }).click();
  expect(await commandsOf(page)).toEqual([
    ['openPlace', 'place-1'],
    ['setFolder', 'folder-2'],
    ['chooseFolder'],
    ['setSurface', 'vscode'],
    ['setMode', 'interactive'],
    ['openPlace', 'place-1'],
    ['menuAction', 'mode-print'],
  ]);
});

test('first run and failure ask to look; nothing is asked before', async ({ open }) => {
  const page = await open(firstRun);
  expect(await commandsOf(page)).toEqual([]);
  await expect(page.getByRole('button', { name: 'Look in ~/code/ledger' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.evaluate((next) => {
    window.fake.publish({ ...next, revision: 2 });
  }, failed);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Credence could not read this folder.');
  await page.getByRole('button', { name: 'Look again' }).click();
  expect(await commandsOf(page)).toEqual([['look'], ['look']]);
});

test('a refusal stays in sight until it is closed; a closed dialog is none', async ({ open }) => {
  const page = await open(hard);
  await page.evaluate(() => {
    window.fake.answerWith('openPlace', {
      ok: false,
      failure: 'not-possible',
      message: 'There is no program that opens this file.',
      reference: 'open-77',
    });
    window.fake.answerWith('chooseFolder', {
      ok: false,
      failure: 'cancelled',
      message: 'Nothing was chosen.',
    });
  });
  await page.getByRole('heading', { level: 1 }).getByRole('button').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('There is no program that opens this file. Kind of error: open-77');
  await page.setViewportSize({ width: 440, height: 720 });
  await page.screenshot({ path: path.resolve('out/e2e/screens/trouble-440-light.png') });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.getByRole('button', { name: 'Folder ~/code/ledger' }).click();
  await page.getByRole('menuitem', { name: 'Choose…' }).click();
  await expect(alert).toContainText('There is no program');
  await alert.getByRole('button', { name: 'Close' }).click();
  await expect(alert).toHaveText('');
});

test('a window that was told nothing says so, and asks again', async ({ open }) => {
  const page = await open(hard, 'answer', true);
  await expect(page.getByRole('alert')).toContainText('Nothing was told.');
  await page.evaluate((snapshot) => {
    window.fake.answerWith('getSnapshot', { ok: true, value: snapshot });
  }, hard);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Print runs send the API key');
  await expect(page.getByRole('alert')).toHaveText('');
});

test('settings are asked for, and the data goes only after a second step', async ({ open }) => {
  const page = await open({ ...settings, settings: hard.settings }, 'settings');
  await page.getByRole('checkbox', { name: 'Start Credence when you log in' }).click();
  await page.getByRole('checkbox', { name: 'When another credential wins' }).click();
  const opener = page.getByRole('button', { name: 'Remove all of Credence’s own data…' });
  await opener.click();
  await expect(page.getByRole('button', { name: 'Leave it as it is' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await opener.press('Enter');
  expect(await commandsOf(page)).toEqual([
    ['openProviders'],
    ['setLaunchAtLogin', true],
    ['setNotice', 'winner-changed', true],
  ]);
  await page.getByRole('button', { name: 'Remove this data' }).click();
  expect((await commandsOf(page)).at(-1)).toEqual(['removeOwnData']);
  await page.evaluate((next) => {
    window.fake.publish({ ...next, revision: 2, settings: { ...next.settings, removed: true } });
  }, settings);
  await expect(page.getByText('Removed. What the window’s engine keeps')).toBeVisible();
});

test('a notice is closed by its key', async ({ open }) => {
  const page = await open(manyConflicts);
  await page.getByRole('button', { name: 'Close: This desktop draws no tray' }).click();
  expect(await commandsOf(page)).toEqual([['dismissNotice', 'no-tray']]);
});

test('the matrix is copied, and its cell becomes the answer', async ({ open }) => {
  const page = await open(matrix);
  await page.getByRole('button', { name: 'All modes' }).click();
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page.getByText('Copied')).toBeVisible();
  await page
    .getByRole('button', { name: /asks first/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Interactive, From the Dock' })).toBeVisible();
  await page.getByRole('button', { name: 'Show this answer' }).click();
  await expect(page.getByRole('radiogroup', { name: 'Mode' })).toBeVisible();
  expect(await commandsOf(page)).toEqual([
    ['openMatrix'],
    ['copyMatrix'],
    ['setSurface', 'desktop'],
    ['setMode', 'interactive'],
    ['closeMatrix'],
  ]);
});

test('hostile text is text: nothing of it runs, and nothing around it is turned', async ({ open }) => {
  const page = await open(hostile);
  await page.getByRole('button', { name: /^<img/ }).first().click();
  expect(await page.evaluate(() => window.harmed)).toBeUndefined();
  expect(await page.locator('main img, main script').count()).toBe(0);
  // What follows an override that was never closed still stands to the right of it.
  const [turned, after] = await page.evaluate(() =>
    [...document.querySelectorAll('.consequence bdi')].map((piece) => piece.getBoundingClientRect().left),
  );
  expect(after).toBeGreaterThan(turned ?? Infinity);
});
