/** A credential is cleared from tray and window: question, plan, change, what is true then, and back again. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { writeDemoHome } from '../../build/demo-home.mjs';
import { test } from './support/app-test.ts';
import type { MadeUpHome } from './support/made-up-home.ts';

const NOW = Date.now();
const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');
const METERED = /API key from ~\/\.zshrc:42 \(metered\)/;
const LOGIN = /Max login/;

/** What the terminal command says a print run in a new terminal sends. */
function winnerInNewTerminal(home: MadeUpHome, folder: string): string {
  const clean = {
    HOME: home.path,
    SHELL: '/bin/zsh',
    PATH: '/usr/bin:/bin',
    XDG_CONFIG_HOME: path.join(home.path, '.config'),
  };
  // As a new terminal has it: what the login shell exports.
  const exported = execFileSync('/bin/zsh', ['-lic', '/usr/bin/env -0'], {
    env: clean,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const variables = Object.fromEntries(
    exported.split('\0').flatMap((pair) => {
      const equals = pair.indexOf('=');
      return equals > 0 ? [[pair.slice(0, equals).trim(), pair.slice(equals + 1)]] : [];
    }),
  );
  const said = execFileSync(
    process.execPath,
    [COMMAND, 'status', '--json', '--mode', 'print', '--folder', folder],
    {
      env: { ...clean, ...variables },
      encoding: 'utf8',
    },
  );
  const { sends } = JSON.parse(said) as { sends: Readonly<Record<string, { source: string } | null>> };
  return Object.values(sends)
    .flatMap((slot) => (slot === null ? [] : [slot.source]))
    .join(' + ');
}

test('A stale key is cleared from the tray, window and terminal say that the login wins, and undo puts it back', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const file = path.join(home.path, '.zshrc');
  chmodSync(file, 0o640);
  const before = readFileSync(file);
  const credence = await launch({ folder: notes });
  const tooltip = async (): Promise<string> => (await credence.tray()).tooltip;
  await expect.poll(tooltip).toMatch(METERED);
  expect(winnerInNewTerminal(home, notes)).toBe('api-key');

  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from ~\/\.zshrc:42/);
  const page = await credence.mainWindow();
  await expect.poll(() => credence.isShown()).toBe(true);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Clear the API key from ~/.zshrc');
  const added = page.getByText(/# credence [0-9a-f]{8}: export ANTHROPIC_API_KEY=••••••••/);
  await expect(added).toBeVisible();
  await credence.screenshot('clear-plan');
  // Nothing is written until somebody says so.
  expect(readFileSync(file)).toEqual(before);

  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done');
  await credence.screenshot('clear-done');
  await expect.poll(tooltip).toMatch(LOGIN);
  expect(readFileSync(file, 'utf8')).toMatch(/^# credence [0-9a-f]{8}: export ANTHROPIC_API_KEY=/m);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(winnerInNewTerminal(home, notes)).toBe('claude-login');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Undone');
  await expect.poll(tooltip).toMatch(METERED);
  expect(readFileSync(file)).toEqual(before);
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('“Which do you want to use?” leads to the same by keyboard alone', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const credence = await launch({ folder: notes });
  const page = await credence.openWindow();
  await page
    .getByRole('button', { name: /^Which do you want to use/ })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Which do you want to use?');
  await credence.screenshot('clear-question');
  const login = page.getByRole('radio', { name: /Max login/ });
  await expect(login).toBeChecked();
  await login.focus();
  await page.keyboard.press('ArrowDown');
  await expect(login).not.toBeChecked();
  await page.keyboard.press('ArrowUp');
  await expect(login).toBeChecked();
  await page.getByRole('button', { name: 'Show the plan' }).focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Use your Max login');
  // Back to the question, and on again.
  await page.keyboard.press('Escape');
  await expect(heading).toHaveText('Which do you want to use?');
  await page.getByRole('button', { name: 'Show the plan' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Clear from/ }).focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('Done');
  await page.keyboard.press('Escape');
  await expect(heading).toContainText('Max login');
  expect(winnerInNewTerminal(home, notes)).toBe('claude-login');
});

test('A file that changes between plan and change is not touched, and the window says why', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const file = path.join(home.path, '.zshrc');
  const credence = await launch({ folder: notes });
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(METERED);
  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
  const page = await credence.mainWindow();
  await expect(page.getByRole('button', { name: 'Clear from ~/.zshrc' })).toBeVisible();
  const edited = `${readFileSync(file, 'utf8')}export MINE=1\n`;
  home.write('.zshrc', edited);
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'It was changed' })).toContainText(
    '~/.zshrc: It was changed in the meantime. Look again. Nothing was changed.',
  );
  expect(readFileSync(file, 'utf8')).toBe(edited);
});

test('What was changed is listed, and undo over somebody else’s edit is refused with both sides', async ({
  home,
  launch,
}) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const file = path.join(home.path, '.zshrc');
  const credence = await launch({ folder: notes });
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(METERED);
  await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
  const page = await credence.mainWindow();
  await page.getByRole('button', { name: 'Clear from ~/.zshrc' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done');
  const edited = `${readFileSync(file, 'utf8')}export MINE=1\n`;
  home.write('.zshrc', edited);

  await credence.clickTray('Changes…');
  await expect(page.getByText('Cleared the API key in ~/.zshrc')).toBeVisible();
  await credence.screenshot('changes');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(
    page.getByText('It was changed after Credence changed it. Undoing would lose that.'),
  ).toBeVisible();
  await expect(page.getByText('export MINE=')).toBeVisible();
  await credence.screenshot('changes-refused');
  expect(readFileSync(file, 'utf8')).toBe(edited);
});

test('What a crash left half done is taken back when the app starts', async ({ home, launch }) => {
  const { notes } = writeDemoHome(home.path, NOW);
  const file = path.join(home.path, '.zshrc');
  const before = readFileSync(file, 'utf8');
  const env = {
    HOME: home.path,
    PATH: '/usr/bin:/bin',
    SHELL: '/bin/zsh',
    XDG_CONFIG_HOME: path.join(home.path, '.config'),
  };
  execFileSync(process.execPath, [COMMAND, 'clear', 'ANTHROPIC_API_KEY', '--apply', '--folder', notes], {
    env,
    stdio: 'ignore',
  });
  const folder = path.join(home.path, '.config/credence/changes');
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  // As it is written down before the first file is touched.
  const name = execFileSync('/bin/sh', ['-c', 'ls *.json'], { cwd: folder, encoding: 'utf8' }).trim();
  const record = readFileSync(path.join(folder, name), 'utf8').replace(
    '"state":"applied"',
    '"state":"intended"',
  );
  home.write(`.config/credence/changes/${name}`, record, 0o600);
  const credence = await launch({ folder: notes });
  await expect.poll(async () => (await credence.tray()).tooltip).toMatch(METERED);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(path.join(folder, name))).toBe(true);
});
