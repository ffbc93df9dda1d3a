/** A key moves into a real keychain and back, and says why where there is none. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { madeUpSession } from '../support/made-up-keyring.ts';
import { test } from './support/app-test.ts';
import { canary, holders } from './support/canary.ts';
import type { AppUnderTest } from './support/launch-app.ts';
import type { MadeUpHome } from './support/made-up-home.ts';

const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-CANARY83AA';
const ZSHRC = `export EDITOR=vi\nexport ANTHROPIC_API_KEY=${KEY}\n`;
const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');

/** A working login, which the key takes the place of. */
function layLogin(home: MadeUpHome): void {
  home.json(
    '.claude/.credentials.json',
    {
      claudeAiOauth: {
        accessToken: 'made-up-login-access',
        refreshToken: 'made-up-login-refresh',
        expiresAt: Date.now() + 14_400_000,
        scopes: ['user:inference', 'user:profile', 'user:sessions:claude_code'],
        subscriptionType: 'max',
      },
    },
    0o600,
  );
}

/** The terminal command, where the app finds it. */
function install(home: MadeUpHome): string {
  const file = path.join(home.path, '.desktop/bin/credence');
  home.write('.desktop/bin/credence', `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Chooses the way into the keychain, wherever it is offered in the window. */
async function startMoving(credence: AppUnderTest): Promise<Page> {
  const page = await credence.openWindow();
  await expect(page.locator('main')).toContainText('~/.zshrc');
  const id = await page.evaluate(async () => {
    const bridge = Reflect.get(globalThis, 'credence') as { getSnapshot: () => Promise<unknown> };
    const rows: { readonly title: string; readonly change: string | null }[] = [];
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('change' in value && 'title' in value) rows.push(value as never);
      for (const inner of Object.values(value)) walk(inner);
    };
    walk(await bridge.getSnapshot());
    return rows.find(({ title, change }) => /keychain/i.test(title) && change !== null)?.change ?? null;
  });
  expect(id, 'a way into the keychain').not.toBeNull();
  const reply = await page.evaluate(
    (wish) =>
      (Reflect.get(globalThis, 'credence') as { startChange: (id: string) => Promise<unknown> }).startChange(
        wish,
      ),
    id ?? '',
  );
  expect(reply, JSON.stringify(reply)).toMatchObject({ ok: true });
  return page;
}

test('A key moves from ~/.zshrc into the keychain, Claude Code’s helper finds it there, and undo puts it back', async ({
  home,
  launch,
}) => {
  const base = realpathSync(mkdtempSync('/tmp/credence-k-'));
  const session = await madeUpSession(base);
  try {
    await session.startKeyring();
    const command = install(home);
    home.write('.zshrc', ZSHRC, 0o600);
    layLogin(home);
    home.json('.claude/settings.json', { model: 'opus' }, 0o600);
    const bus = { DBUS_SESSION_BUS_ADDRESS: session.variables['DBUS_SESSION_BUS_ADDRESS'] ?? '' };
    const credence = await launch({ folder: home.path, env: bus });
    const page = await startMoving(credence);
    const watch = await canary(credence, page, [KEY]);
    const heading = page.getByRole('heading', { level: 1 });
    await expect(page.getByText('the system’s keychain').first()).toBeVisible();
    await page.getByRole('button', { name: 'Move to the keychain' }).click();
    await expect(heading).toHaveText('Done');
    await credence.screenshot('to-keychain-done');
    expect(holders(home.path, KEY)).toEqual({});
    const settings = JSON.parse(readFileSync(path.join(home.path, '.claude/settings.json'), 'utf8')) as {
      readonly apiKeyHelper: string;
    };
    expect(settings.apiKeyHelper).toBe(`${command} secret ANTHROPIC_API_KEY`);
    // As Claude Code runs it.
    const env = { ...home.environment, ...bus };
    expect(execFileSync('/bin/sh', ['-c', settings.apiKeyHelper], { env, encoding: 'utf8' }).trim()).toBe(
      KEY,
    );
    await expect.poll(async () => (await credence.tray()).tooltip).toMatch(/settings\.json:3/);

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(heading).toHaveText('Undone');
    expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(ZSHRC);
    expect(() =>
      execFileSync(command, ['secret', 'ANTHROPIC_API_KEY'], { env, encoding: 'utf8', stdio: 'pipe' }),
    ).toThrow();
    const { programs } = await watch.sweep();
    await watch.end();
    expect(programs).toBeGreaterThan(0);
    expect(Object.keys(holders(home.path, KEY))).toEqual(['.zshrc']);
    expect(session.prompts()).toBe(0);
    await credence.quit();
  } finally {
    await session.end();
    rmSync(base, { recursive: true, force: true });
  }
});

test('A keychain that is locked meanwhile takes nothing, and the file stays as it is', async ({
  home,
  launch,
}) => {
  const base = realpathSync(mkdtempSync('/tmp/credence-k-'));
  const session = await madeUpSession(base);
  try {
    await session.startKeyring();
    install(home);
    home.write('.zshrc', ZSHRC, 0o600);
    layLogin(home);
    home.json('.claude/settings.json', {}, 0o600);
    const bus = { DBUS_SESSION_BUS_ADDRESS: session.variables['DBUS_SESSION_BUS_ADDRESS'] ?? '' };
    const credence = await launch({ folder: home.path, env: bus });
    const page = await startMoving(credence);
    const move = page.getByRole('button', { name: 'Move to the keychain' });
    await expect(move).toBeVisible();
    await session.lock();
    await move.click();
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was changed.' })).toContainText(
      'The service that keeps it did not do it.',
    );
    expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(ZSHRC);
    expect(session.prompts()).toBe(0);
    await credence.quit();
  } finally {
    await session.end();
    rmSync(base, { recursive: true, force: true });
  }
});

test('Without a keychain the plan says that there is none, and changes nothing', async ({ home, launch }) => {
  install(home);
  home.write('.zshrc', ZSHRC, 0o600);
  layLogin(home);
  home.json('.claude/settings.json', {}, 0o600);
  const credence = await launch({ folder: home.path, env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  const page = await startMoving(credence);
  await expect(page.getByText('No keychain answers here.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move to the keychain' })).toHaveCount(0);
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(ZSHRC);
});

test('Without the terminal command nothing moves, for nothing could look it up', async ({ home, launch }) => {
  home.write('.zshrc', ZSHRC, 0o600);
  layLogin(home);
  const credence = await launch({ folder: home.path });
  const page = await credence.openWindow();
  await expect(page.locator('main')).toContainText('~/.zshrc');
  await expect(startMoving(credence)).rejects.toThrow(/Install the terminal command/);
  expect(readFileSync(path.join(home.path, '.zshrc'), 'utf8')).toBe(ZSHRC);
});
