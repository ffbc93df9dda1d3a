import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
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
        await expectNoOverlap(page, `${String(width)} px`);
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
      await expectNoOverlap(page, `200 % text at ${String(width)} px`);
    }
    await page.setViewportSize({ width: 440, height: 720 });
    await shoot(page, `${picture.name}-text-200-light`);
  });
}

const FORCED = ['hard', 'question', 'plan', 'plan-working', 'changes-refused', 'login-code-incomplete'];
for (const picture of PICTURES.filter(({ name }) => FORCED.includes(name))) {
  test(`${picture.name} is drawn in the person’s own colours`, async ({ open }) => {
    const page = await openPicture(open, picture);
    await page.setViewportSize({ width: 440, height: 720 });
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
    await shoot(page, `${picture.name}-440-forced-colors`);
  });
}

/** The whole page, as a window that is high enough shows it: a foot that stays in sight stands at the end then. */
async function shoot(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 440, height: 720 };
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  await page.screenshot({ path: path.join(SCREENS, `${name}.png`) });
  await page.setViewportSize({ width, height });
}

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const excess = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(excess, where).toBe(0);
}

/** No words lie upon others, but for what is meant to: a menu, and a foot that what is above it scrolls under. */
async function expectNoOverlap(page: Page, where: string): Promise<void> {
  const overlaps = await page.evaluate(() => {
    const ABOVE = '.menu, .task-foot, .trouble';
    // Cut on purpose, so that what is measured is not what is seen.
    const CUT = '.visually-hidden, option, .version, .folder-name, .matrix thead';
    const HALF_A_LETTER = 3;
    const lines: { readonly text: string; readonly above: Element | null; readonly box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const { currentNode: node } = walker;
      const text = node.textContent?.trim() ?? '';
      const parent = node.parentElement;
      if (text === '' || parent === null || parent.closest(CUT) !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) lines.push({ text, above: parent.closest(ABOVE), box });
    }
    const over = (one: DOMRect, other: DOMRect): boolean =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > HALF_A_LETTER &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > HALF_A_LETTER;
    return lines.flatMap((one, at) =>
      lines
        .slice(at + 1)
        .filter((other) => other.above === one.above && over(one.box, other.box))
        .map((other) => `${one.text.slice(0, 40)} | ${other.text.slice(0, 40)}`),
    );
  });
  expect(overlaps, where).toEqual([]);
}
