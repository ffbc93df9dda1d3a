/** A key is checked on a click, and nothing but that click sends it anywhere. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test as base } from './support/app-test.ts';
import { canary, holders } from './support/canary.ts';

const KEY = 'sk-ant-api03-MADE-UP-FOR-A-TEST-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-CANARY77AA';

interface MadeUpServer {
  status: number;
  readonly address: string;
  /** “GET /v1/models with the key”. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

async function listening(): Promise<MadeUpServer> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    const key = request.headers['x-api-key'] === KEY ? 'the key' : 'no key';
    requests.push(`${request.method ?? ''} ${request.url ?? ''} with ${key}`);
    response.writeHead(made.status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made = {
    status: 401,
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return made;
}

const test = base.extend<{ readonly server: MadeUpServer }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
  server: async ({}, use) => {
    const server = await listening();
    await use(server);
    await server.close();
  },
});

for (const [where, place] of [
  ['user settings', '.claude/settings.json'],
  ['~/.zshrc', '.zshrc'],
] as const) {
  test(`A key in ${where} that the server refuses is said to be, and can be cleared`, async ({
    home,
    launch,
    server,
  }) => {
    const env = { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.address };
    if (place === '.zshrc')
      home.write(
        place,
        Object.entries(env)
          .map(([name, value]) => `export ${name}=${value}\n`)
          .join(''),
        0o600,
      );
    else home.json(place, { env }, 0o600);
    const credence = await launch({ folder: home.path });
    const page = await credence.openWindow();
    const watch = await canary(credence, page, [KEY]);
    const button = page.getByRole('button', { name: 'Is this key refused?' });
    await expect(button).toBeVisible();
    expect(server.requests).toEqual([]);
    const bare = page.getByRole('radio', { name: /^Bare/ });
    await expect(bare).not.toHaveAccessibleName(/broken/);
    await button.click();
    const says = page.locator('.key-check-says');
    await expect(says).toHaveText(/The server refuses the API key \(asked at \d\d:\d\d\)\.$/);
    expect(server.requests).toEqual(['GET /v1/models with the key']);
    await expect(page.getByRole('heading', { name: 'The API key is stale' })).toBeVisible();
    // In every mode that sends it, and with that in the icon.
    await expect(bare).toHaveAccessibleName(/broken/);
    await expect
      .poll(async () => (await credence.tray()).items.map(({ label }) => label).join('\n'))
      .toMatch(/^Clear ANTHROPIC_API_KEY from/m);
    await credence.screenshot(`live-check-${place === '.zshrc' ? 'shell' : 'settings'}`);

    // It stays with the key over later looks, and asks nobody again.
    home.write('.claude/settings.local.json', '{}');
    await credence.clickTray('Refresh');
    await expect(says).toHaveText(/refuses/);
    expect(server.requests).toHaveLength(1);

    await credence.clickTray(/^Clear ANTHROPIC_API_KEY from/);
    await page.getByRole('button', { name: /^Clear from/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Done');
    await credence.clickTray('Open Credence');
    await expect(says).toHaveCount(0);
    expect(server.requests).toHaveLength(1);

    const { snapshots, programs } = await watch.sweep();
    await watch.end();
    expect(snapshots).toBeGreaterThan(3);
    // The shell, at least.
    expect(programs).toBeGreaterThan(0);
    const held = holders(home.path, KEY);
    const backups = Object.entries(held).filter(([file]) => file.startsWith('.config/credence/changes/'));
    const others = Object.keys(held).filter((file) => !file.startsWith('.config/credence/changes/'));
    expect(others).toEqual(place === '.zshrc' ? ['.zshrc'] : []);
    for (const [, mode] of backups) expect(mode).toBe(0o600);
  });
}

test('What the server says is said: accepted, something else, and nothing at all', async ({
  home,
  launch,
  server,
}) => {
  home.json('.claude/settings.json', { env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.address } });
  const credence = await launch({ folder: home.path });
  const page = await credence.openWindow();
  const watch = await canary(credence, page, [KEY]);
  const button = page.getByRole('button', { name: 'Is this key refused?' });
  const says = page.locator('.key-check-says');
  server.status = 200;
  await button.click();
  await expect(says).toHaveText(/The server accepts the API key \(asked at/);
  server.status = 302;
  await button.click();
  await expect(says).toHaveText(/Cannot tell: the server answered 302 \(asked at/);
  await server.close();
  await button.click();
  await expect(says).toHaveText(/Cannot tell: there was no connection \(asked at/);
  expect(server.requests).toHaveLength(2);
  await expect(page.getByRole('heading', { name: 'The API key is stale' })).toHaveCount(0);
  await watch.sweep();
  await watch.end();
});

test('A key or an address that the folder brings is not offered to be sent', async ({
  home,
  launch,
  server,
}) => {
  home.write('work/a/.git/HEAD', 'ref: refs/heads/main\n');
  home.json('work/a/.claude/settings.json', { env: { ANTHROPIC_BASE_URL: server.address } });
  home.write('.zshrc', `export ANTHROPIC_API_KEY=${KEY}\n`);
  home.json('.claude.json', { projects: { [`${home.path}/work/a`]: { hasTrustDialogAccepted: true } } });
  const credence = await launch({ folder: `${home.path}/work/a` });
  const page = await credence.openWindow();
  await expect(page.locator('main')).toContainText('API key');
  await expect(page.getByRole('button', { name: 'Is this key refused?' })).toHaveCount(0);
  const reply = await page.evaluate(() =>
    (Reflect.get(globalThis, 'credence') as { checkKey: () => Promise<unknown> }).checkKey(),
  );
  expect(reply).toMatchObject({ ok: false });
  expect(server.requests).toEqual([]);
});
