/** Hostile text neither runs nor breaks the window, and a flood of changes ends in the truth. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { test } from './support/app-test.ts';

const MARKUP = `<img src=x onerror="globalThis.ran='yes'"><script>globalThis.ran='yes'</script>`;
/** A file's name cannot have a slash. */
const NAME = MARKUP.replaceAll('/', '\u2215');
const REVERSED = '\u202Egpj.exe\u2066\u061C';
const LONG = 'x'.repeat(4096);

interface Complaints {
  readonly list: readonly string[];
}

/** What the page says when something is wrong in it. */
function listen(page: Page): Complaints {
  const list: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) list.push(message.text());
  });
  page.on('pageerror', (error) => list.push(String(error)));
  return { list };
}

async function expectUnharmed(page: Page, complaints: Complaints): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(globalThis, 'ran') as unknown)).toBeUndefined();
  expect(await page.locator('img, iframe, object, main script').count()).toBe(0);
  for (const width of [360, 440, 720]) {
    await page.setViewportSize({ width, height: 720 });
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(excess, `scrolls sideways at ${width} px`).toBe(0);
  }
  expect(complaints.list).toEqual([]);
}

for (const [what, name] of [
  ['markup', NAME],
  ['text that turns around', `a${REVERSED}b`],
  ['a line break and other controls', 'one\ntwo\u0007\u001B[31m'],
  ['the longest name there is', 'ü'.repeat(127)],
] as const) {
  test(`A folder whose name is ${what} is shown, and does nothing`, async ({ home, launch }) => {
    const folder = path.join(home.path, name, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(home.path, name, 'CLAUDE.md'), '');
    mkdirSync(path.join(folder, '.claude'));
    writeFileSync(
      path.join(folder, '.claude/settings.local.json'),
      JSON.stringify({
        env: { ANTHROPIC_AUTH_TOKEN: 'made-up-token', ANTHROPIC_BASE_URL: `https://${name}/` },
      }),
    );
    const credence = await launch({ folder });
    const page = await credence.openWindow();
    const complaints = listen(page);
    await expect(page.locator('main')).toContainText('Auth token');
    await credence.clickTray('Settings…');
    await credence.clickTray('All modes and places…');
    await credence.clickTray('Open Credence');
    await expectUnharmed(page, complaints);
    for (const line of await credence.trayLines()) {
      expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(line.length).toBeLessThan(200);
    }
  });
}

test('Hostile values in every file are told without running, turning or tearing anything', async ({
  home,
  launch,
}) => {
  const bad = `${MARKUP}${REVERSED}`;
  home.json('.claude/settings.json', {
    apiKeyHelper: `/bin/echo '${bad}' ${LONG}`,
    model: bad,
    env: {
      ANTHROPIC_BASE_URL: `https://${LONG}.example/${MARKUP}`,
      ANTHROPIC_AUTH_TOKEN: bad + LONG,
      ANTHROPIC_CUSTOM_HEADERS: `x-api-key: ${bad}`,
      [bad]: bad,
    },
  });
  home.json('.claude.json', {
    oauthAccount: { emailAddress: `${bad}@example.com`, organizationName: bad + LONG, accountUuid: LONG },
    projects: { [bad]: { hasTrustDialogAccepted: bad } },
  });
  home.json('.claude/.credentials.json', {
    claudeAiOauth: { accessToken: bad, subscriptionType: bad + LONG, expiresAt: bad },
  });
  home.write('.zshrc', `export ANTHROPIC_API_KEY='${bad}${LONG}'\n`);
  const credence = await launch({ folder: home.path });
  const page = await credence.openWindow();
  const complaints = listen(page);
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
  await expect(page.locator('main li').first()).toBeVisible();
  const folded = page.locator('main [aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
  await expectUnharmed(page, complaints);
  await credence.clickTray('All modes and places…');
  await expect(page.getByRole('table')).toBeVisible();
  await expectUnharmed(page, complaints);
  await credence.screenshot('hostile');
});

test('Two hundred changes a second for ten seconds end in the last one, with a window that answers all the while', async ({
  home,
  launch,
}) => {
  const SECONDS = 10;
  const gateway = (host: string): void => {
    home.json('.claude/settings.json', {
      env: { ANTHROPIC_BASE_URL: `https://${host}.example`, ANTHROPIC_AUTH_TOKEN: 'made-up-token' },
    });
  };
  gateway('first');
  const credence = await launch({ folder: home.path });
  const page = await credence.openWindow();
  const answer = page.getByRole('heading', { level: 1 });
  await expect(answer).toContainText('first.example');

  const start = performance.now();
  let written = 0;
  let slowest = 0;
  let answers = 0;
  while (performance.now() - start < SECONDS * 1000) {
    const due = ((performance.now() - start) / 1000) * 200;
    for (; written < due; written++) gateway(`change-${written}`);
    const asked = performance.now();
    if (written % 100 < 2) {
      await page.evaluate(() => document.body.innerText.length);
      slowest = Math.max(slowest, performance.now() - asked);
      answers += 1;
    }
    await after(5);
  }
  gateway('last');
  const end = performance.now();
  await expect(answer).toContainText('last.example');
  const late = performance.now() - end;
  // Nothing older comes afterwards.
  await after(1500);
  await expect(answer).toContainText('last.example');
  test.info().annotations.push({
    type: 'load',
    description: `${written} changes; the window answered ${answers} times, within ${slowest.toFixed(0)} ms; the last state was there after ${late.toFixed(0)} ms`,
  });
  expect(written).toBeGreaterThan(150 * SECONDS);
  expect(slowest).toBeLessThan(2000);
  expect(late).toBeLessThan(5000);
});
