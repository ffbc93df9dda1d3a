/** A change reaches every kind of file, and ends in words where it cannot. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { test } from './support/app-test.ts';
import { canary, holders } from './support/canary.ts';
import type { MadeUpHome } from './support/made-up-home.ts';

const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-CANARY78AA';
const TOKEN = 'made-up-helper-token-for-a-test-CANARY79AA';
const LOGIN = {
  accessToken: 'sk-ant-oat01-MADE-UP-FOR-A-TEST-CANARY80AA',
  refreshToken: 'sk-ant-ort01-MADE-UP-FOR-A-TEST-CANARY81AA',
};
const SECRETS = [KEY, TOKEN, LOGIN.accessToken, LOGIN.refreshToken];
const isRoot = process.geteuid?.() === 0;

/** A working login, and a folder that is trusted; the folder’s path. */
function layLogin(home: MadeUpHome): string {
  const now = Date.now();
  home.json(
    '.claude/.credentials.json',
    {
      claudeAiOauth: {
        ...LOGIN,
        expiresAt: now + 14_400_000,
        refreshTokenExpiresAt: now + 30 * 86_400_000,
        scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
        subscriptionType: 'max',
      },
    },
    0o600,
  );
  const folder = path.join(home.path, 'work');
  mkdirSync(folder);
  home.json('.claude.json', { projects: { [folder]: { hasTrustDialogAccepted: true } } }, 0o600);
  return folder;
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('A key in user settings is cleared, everything else in the file stays, and undo puts it back', async ({
  home,
  launch,
}) => {
  const folder = layLogin(home);
  const file = path.join(home.path, '.claude/settings.json');
  const text = `\uFEFF{\r\n\t"model": "opus",\r\n\t"env": {\r\n\t\t"EDITOR": "vi",\r\n\t\t"ANTHROPIC_API_KEY": "${KEY}"\r\n\t},\r\n\t"unknownToUs": [1, 2.50, "\\u00e9"]\r\n}`;
  home.write('.claude/settings.json', text, 0o600);
  const credence = await launch({ folder });
  const page = await credence.openWindow();
  const watch = await canary(credence, page, SECRETS);
  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
  await expect(heading(page)).toHaveText('Clear the API key from ~/.claude/settings.json');
  await page.getByRole('button', { name: /^Clear from/ }).click();
  await expect(heading(page)).toHaveText('Done');
  expect(readFileSync(file, 'utf8')).toBe(text.replace(/,\r\n\t\t"ANTHROPIC_API_KEY": "[^"]*"/, ''));
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(/Max login/);

  await credence.clickTray('Changes…');
  const row = page.getByText('Cleared the API key in ~/.claude/settings.json');
  await expect(row).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByText(/^undone$/i)).toBeVisible();
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(lstatSync(file).mode & 0o777).toBe(0o600);
  await expect.poll(async () => (await credence.tray()).tooltip).not.toMatch(/Max login/);
  await watch.sweep();
  await watch.end();
  const others = Object.entries(holders(home.path, KEY)).filter(([name]) => name !== '.claude/settings.json');
  for (const [name, mode] of others)
    expect([name.split('/').slice(0, 3).join('/'), mode]).toEqual(['.config/credence/changes', 0o600]);
});

test('“Use your Max login here…” clears a key, a helper and a provider’s switch in one change, and undo brings all back', async ({
  home,
  launch,
}) => {
  const folder = layLogin(home);
  const settings = `${JSON.stringify({ apiKeyHelper: `echo ${TOKEN}`, env: { CLAUDE_CODE_USE_BEDROCK: '1' }, model: 'opus' }, null, 2)}\n`;
  home.write('.claude/settings.json', settings, 0o600);
  const zshrc = `export EDITOR=vi\nexport ANTHROPIC_API_KEY=${KEY}\n`;
  home.write('.zshrc', zshrc, 0o600);
  const credence = await launch({ folder });
  const page = await credence.openWindow();
  const watch = await canary(credence, page, SECRETS);
  await credence.clickTray('Use your Max login here…');
  await expect(heading(page)).toHaveText('Use your Max login');
  await expect(page.getByText('Max login', { exact: true }).first()).toBeVisible();
  await credence.screenshot('use-login-plan');
  await page.getByRole('button', { name: /^Clear from 2 places$/ }).click();
  await expect(heading(page)).toHaveText('Done');
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(/Max login/);
  const left = JSON.parse(readFileSync(path.join(home.path, '.claude/settings.json'), 'utf8')) as object;
  expect(left).toEqual({ env: {}, model: 'opus' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(heading(page)).toHaveText('Undone');
  expect(readFileSync(path.join(home.path, '.claude/settings.json'), 'utf8')).toBe(settings);
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(zshrc);
  await watch.sweep();
  await watch.end();
});

test('A terminal that changes the file while a plan is open wins, and a new plan is made over it', async ({
  home,
  launch,
}) => {
  const folder = layLogin(home);
  home.write('.zshrc', `export ANTHROPIC_API_KEY=${KEY}\n`, 0o600);
  home.write('.zprofile', `export ANTHROPIC_API_KEY=${KEY}\n`, 0o600);
  const credence = await launch({ folder });
  const page = await credence.openWindow();
  const watch = await canary(credence, page, SECRETS);
  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
  const clear = page.getByRole('button', { name: /^Clear from 2 places$/ });
  await expect(clear).toBeVisible();
  const command = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');
  const answer = JSON.parse(
    execFileSync(
      process.execPath,
      [command, 'clear', 'ANTHROPIC_API_KEY', '--apply', '--json', '--folder', folder],
      {
        env: { ...home.environment, PATH: '/usr/bin:/bin' },
        encoding: 'utf8',
      },
    ),
  ) as { readonly changeId: string; readonly applied: boolean };
  expect(answer.applied).toBe(true);
  const cleared = readFileSync(path.join(home.path, '.zshrc'), 'utf8');
  await clear.click();
  await expect(page.getByRole('alert').filter({ hasText: 'It was changed' })).toContainText(
    'It was changed in the meantime. Look again. Nothing was changed.',
  );
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(cleared);
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(/Max login/);
  // What the terminal did is undone from the window.
  await credence.clickTray('Changes…');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(page.getByText(/^undone$/i)).toBeVisible();
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(`export ANTHROPIC_API_KEY=${KEY}\n`);
  await watch.sweep();
  await watch.end();
});

if (isRoot && process.platform === 'linux') {
  test('A file that nobody may change is left, and the plan says so', async ({ home, launch }) => {
    const folder = layLogin(home);
    const file = path.join(home.path, '.zshrc');
    home.write('.zshrc', `export ANTHROPIC_API_KEY=${KEY}\n`, 0o600);
    const credence = await launch({ folder });
    const page = await credence.openWindow();
    await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
    const clear = page.getByRole('button', { name: 'Clear from ~/.zshrc' });
    await expect(clear).toBeVisible();
    execFileSync('chattr', ['+i', file]);
    try {
      await clear.click();
      await expect(page.getByRole('alert').filter({ hasText: 'chattr' })).toContainText(
        '~/.zshrc: It is marked as not to be changed (chattr +i). Take the mark away first. Nothing was changed.',
      );
      await credence.clickTray('Open Credence');
      await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
      await expect(
        page.getByText('There is nothing that Credence can change.', { exact: true }),
      ).toBeVisible();
      await expect(page.getByText('It is marked as not to be changed (chattr +i).')).toBeVisible();
      await expect(page.getByRole('button', { name: /^Clear from/ })).toHaveCount(0);
    } finally {
      execFileSync('chattr', ['-i', file]);
    }
    expect(readFileSync(file, 'utf8')).toBe(`export ANTHROPIC_API_KEY=${KEY}\n`);
  });

  test('A disk that is full leaves everything as it is, and the window says so', async ({ home, launch }) => {
    const folder = layLogin(home);
    const small = path.join(home.path, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'made-up', small]);
    try {
      const text = `export ANTHROPIC_API_KEY=${KEY}\n`;
      writeFileSync(path.join(small, 'zshrc'), text, { mode: 0o600 });
      symlinkSync('small/zshrc', path.join(home.path, '.zshrc'));
      const credence = await launch({ folder });
      const page = await credence.openWindow();
      await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
      const clear = page.getByRole('button', { name: /^Clear from/ });
      await expect(clear).toBeVisible();
      fill(path.join(small, 'filler'));
      await clear.click();
      await expect(page.getByRole('alert').filter({ hasText: 'full' })).toContainText(
        'The disk is full. Make room and try again. Nothing was changed.',
      );
      expect(readFileSync(path.join(small, 'zshrc'), 'utf8')).toBe(text);
      expect(execFileSync('ls', ['-A', small], { encoding: 'utf8' })).toBe('filler\nzshrc\n');
      // With room again the same click does it.
      writeFileSync(path.join(small, 'filler'), '');
      await clear.click();
      await expect(heading(page)).toHaveText('Done');
      expect(readFileSync(path.join(small, 'zshrc'), 'utf8')).toMatch(/^# credence/);
      await credence.quit();
    } finally {
      execFileSync('umount', ['-l', small]);
    }
    expect(existsSync(path.join(small, 'zshrc'))).toBe(false);
  });
}

/** Until not a byte more goes in. */
function fill(file: string): void {
  for (const size of [4096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size, 'x'), { flag: 'a' });
    } catch {
      // Full.
    }
  }
}
