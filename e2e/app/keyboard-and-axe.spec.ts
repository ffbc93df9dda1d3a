/** Everything can be done without a mouse, and nothing on any screen is hidden from a screen reader. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { writeDemoHome } from '../../build/demo-home.mjs';
import { test } from './support/app-test.ts';

const NOW = Date.now();

/** Presses Tab until the focus is on what has that name; a person gives up at some time, too. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    const focused = page.locator(':focus');
    const label = (await focused.count()) === 0 ? '' : await nameOf(page);
    if (name.test(label)) return;
    seen.push(label);
    await page.keyboard.press('Tab');
  }
  throw new Error(`The focus never came to ${String(name)}; it was on: ${seen.join(' | ')}`);
}

function nameOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return element.getAttribute('aria-label') ?? label ?? element.innerText;
  });
}

async function expectNoViolations(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // The usual mode opens a further page, which Electron’s contexts cannot.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    expect(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

test('The first look, a mode, the menu and the settings are reached by keyboard alone', async ({
  home,
  launch,
}) => {
  writeDemoHome(home.path, NOW);
  const credence = await launch();
  const page = await credence.mainWindow();
  const heading = page.getByRole('heading', { level: 1 });
  await tabTo(page, /^Look in ~/);
  await page.keyboard.press('Enter');
  await expect(heading).toContainText('~/.zshrc:42');

  await tabTo(page, /^Interactive/);
  await page.keyboard.press('ArrowRight');
  await expect(heading).toContainText('Print runs');
  // The focus stays where it was, though all around it is drawn anew.
  await expect.poll(() => nameOf(page)).toMatch(/^Print/);

  await tabTo(page, /Menu/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu', { name: 'Credence' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu', { name: 'Credence' })).toBeHidden();
  await expect.poll(() => nameOf(page)).toMatch(/Menu/);
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: /^Settings/ });
  await expect(item).toBeVisible();
  // Whoever types faster than the menu takes the focus presses keys for nobody.
  await expect(page.locator('[role="menuitem"]:focus')).toBeVisible();
  for (
    let presses = 0;
    presses < 30 && !(await item.evaluate((it) => it === document.activeElement));
    presses++
  )
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Settings');
});

test('A rung unfolds by keyboard, and a file is opened from it', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('~/.zshrc:42');
  await tabTo(page, /^API key/);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: /^API key/ })).toHaveAttribute('aria-expanded', 'true');
  await credence.screenshot('rung-open');
  await tabTo(page, /^~\/\.zshrc:42/);
  await page.keyboard.press('Enter');
  await expect.poll(home.opened).toHaveLength(1);
});

test('No screen has anything that axe objects to', async ({ home, launch }) => {
  writeDemoHome(home.path, NOW);
  const credence = await launch();
  const page = await credence.mainWindow();
  const heading = page.getByRole('heading', { level: 1 });
  await expectNoViolations(page, 'first run');
  await credence.clickTray('Look now');
  await expect(heading).toContainText('~/.zshrc:42');
  await expectNoViolations(page, 'answer');
  await page.getByRole('button', { name: /^API key/ }).click();
  await expectNoViolations(page, 'answer with a rung open');
  await page.getByRole('button', { name: 'Credence Menu' }).click();
  await expectNoViolations(page, 'menu');
  await page.keyboard.press('Escape');
  await credence.clickTray('All modes and places…');
  await expect(page.getByRole('table')).toBeVisible();
  await expectNoViolations(page, 'matrix');
  await credence.screenshot('matrix');
  await credence.clickTray('Settings…');
  await expect(heading).toHaveText('Settings');
  await expectNoViolations(page, 'settings');
  await credence.screenshot('settings');
});

test('A settings file that is dropped as a whole is said', async ({ home, launch }) => {
  const { beta } = writeDemoHome(home.path, NOW);
  const broken = await launch({ folder: beta });
  const page = await broken.openWindow();
  await page.getByRole('button', { name: 'A settings file is ignored as a whole' }).click();
  await expect(page.locator('main')).toContainText('~/clients/beta/.claude/settings.json');
  await expectNoViolations(page, 'broken settings');
  await broken.screenshot('broken-settings');
});

test('A home with no credential in it is told so', async ({ launch }) => {
  const credence = await launch();
  const page = await credence.mainWindow();
  await page.getByRole('button', { name: 'Look in ~' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/not logged in|nothing/i);
  await expectNoViolations(page, 'nothing found');
  await credence.screenshot('nothing-found');
});
