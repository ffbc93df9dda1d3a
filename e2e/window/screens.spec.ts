import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { hard } from './made-up/hard.ts';
import { PICTURES } from './snapshots.ts';
import { openPicture, test } from './window-page.ts';

const SCREENS = path.resolve(import.meta.dirname, '../../out/e2e/screens');
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 440, 720] as const;

test.use({ deviceScaleFactor: 2, reducedMotion: 'reduce' } as object);

for (const picture of PICTURES) {
  test(`${picture.name} is drawn, accessible in light and dark, and never scrolls sideways`, async ({
    open,
  }) => {
    const page = await openPicture(open, picture);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 720 });
        await expectNoSidewaysScroll(page, `${String(width)} px`);
        if (width === 440 || scheme === 'light')
          await shoot(page, `${picture.name}-${String(width)}-${scheme}`);
      }
      await page.setViewportSize({ width: 440, height: 720 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    // Not a style attribute, which the policy would refuse in HTML: the same as a larger text size in the system.
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 720 });
      await expectNoSidewaysScroll(page, `200 % text at ${String(width)} px`);
    }
    await page.setViewportSize({ width: 440, height: 720 });
    await shoot(page, `${picture.name}-text-200-light`);
  });
}

test('the hard case is drawn in the person’s own colours', async ({ open }) => {
  const page = await open(hard);
  await page.setViewportSize({ width: 440, height: 720 });
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  await shoot(page, 'hard-440-forced-colors');
});

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(SCREENS, `${name}.png`), fullPage: true });
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(excess, where).toBe(0);
}
