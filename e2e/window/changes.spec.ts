import { expect } from '@playwright/test';
import { changesMany, changesRefused, keyRefused } from './made-up/changes.ts';
import { hard } from './made-up/hard.ts';
import { commandsOf, publish, test } from './window-page.ts';

test('the changes are told while they are shown, from the answer and from the settings', async ({ open }) => {
  const page = await open(changesMany);
  await page.getByRole('button', { name: 'Changes', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Changes');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Changes', exact: true })).toBeFocused();
  await page.evaluate(() => {
    window.fake.show('settings');
  });
  await page.getByRole('button', { name: 'Changes…' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('h1:visible')).toContainText(['Print runs send the API key']);
  expect(await commandsOf(page)).toEqual([
    ['openChanges'],
    ['closeChanges'],
    ['openProviders'],
    ['openChanges'],
    ['closeChanges'],
  ]);
});

test('an undone change keeps the focus in its row', async ({ open }) => {
  const page = await open(changesMany, 'changes');
  const row = page.locator('.change').first();
  const undo = row.getByRole('button');
  await undo.focus();
  await page.keyboard.press('Enter');
  await expect(undo).toHaveText('Undoing…');
  const { changes } = changesMany;
  const rows = changes?.rows.map((one, at) =>
    at === 0 ? { ...one, word: 'undone', undoable: false, working: false } : one,
  );
  await publish(page, { ...changesMany, changes: { refused: null, footer: '', rows: rows ?? [] } }, 2);
  await expect(row).toContainText('undone');
  await expect(row).toBeFocused();
});

test('an undo that is refused shows both sides of the file, beside each other where there is room', async ({
  open,
}) => {
  const page = await open(changesRefused, 'changes');
  const row = page.locator('.change').first();
  await expect(row.getByRole('alert')).toContainText('Not undone: ~/.zshrc was changed');
  const sides = row.locator('.refused-file').first().locator('.diff');
  await expect(sides.locator('figcaption')).toHaveText(['Credence changed', 'Since then']);
  const tops = () => sides.evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().top));
  await page.setViewportSize({ width: 720, height: 720 });
  const [one, other] = await tops();
  expect(one).toBe(other);
  await page.setViewportSize({ width: 440, height: 720 });
  const [above, below] = await tops();
  expect(below).toBeGreaterThan(above ?? Infinity);
});

test('what the server said of the key is one sentence, and is said', async ({ open }) => {
  const page = await open({ ...hard, canCheckKey: true });
  const ask = page.getByRole('button', { name: 'Is this key refused?' });
  await ask.click();
  const checking = { ...keyRefused, keyCheck: { state: 'checking', text: 'Asking Anthropic…' } } as const;
  await publish(page, checking, 2);
  await ask.click({ force: true });
  await publish(page, keyRefused, 3);
  await expect(page.getByRole('status').last()).toHaveText('Anthropic refused this key at 14:03.');
  expect(await commandsOf(page)).toEqual([['checkKey']]);
});
