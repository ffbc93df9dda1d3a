/** Everything that Credence does with secrets in one go, and a look for each of them everywhere: it is in its store and nowhere else. */
import { Buffer } from 'node:buffer';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';
import {
  organisationItem,
  organisationToken,
  organisationTokenBytes,
} from '../../shared/usecases/keyring-services/organisation-token.ts';
import { undoSeal } from '../../shared/usecases/keyring-services/undo-seal.ts';
import { faultProxy } from '../provider/fault-proxy.mjs';
import type { AppUnderTest } from './support/launch-app.ts';
import type { MadeUpHome } from './support/made-up-home.ts';
import { layProvider, ORGANISATION, signInDesktop, type SignInDesktop } from './support/sign-in-desktop.ts';
import { addAddress, addRequest, recordAnswers } from './support/recorded-secrets.ts';
import { KINDS, PLACES, placesOf } from './support/secret-places.ts';
import type { Ran } from './support/sweep.ts';
import { LIMIT, test as base } from './support/sweep-test.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');
const KEYRING_PROCESS = path.resolve(import.meta.dirname, '../../out/cli/keyring-process.cjs');
const HOUR = 3_600_000;

/** Made up, and such that no form of one is like another’s. */
const MADE_UP = {
  key: 'sk-ant-api03-MADE-UP-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-Sweep11AA',
  helped: 'helped/by+a"script"=wxqjkzvyhbfgmtrn&Sweep22BB',
  access: 'sk-ant-oat01-MADE-UP-vxzkqwjyhbgfmtrn-Sweep33CC',
  refresh: 'sk-ant-ort01-MADE-UP-jyhwxkqzvbfgmtrn-Sweep44DD',
  pasted: 'made-up-code-of-the-page-zvkqxwjyhbfgmtrn-Sweep55EE',
  keychain: 'made-up-password-of-the-keychain-bfgmtrnkqzvxw-Sweep66FF',
} as const;

const test = base.extend<{ readonly desktop: SignInDesktop }>({
  desktop: async ({ home }, use) => {
    const { access, refresh, pasted, keychain } = MADE_UP;
    const desktop = await signInDesktop(home, { tokens: { access, refresh }, code: pasted }, {}, keychain);
    await use(desktop);
    await desktop.end();
  },
});

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 });

/** As from a clipboard: not through a script in the page, which would leave it there. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').focus();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

function layHome(home: MadeUpHome): void {
  home.json('.claude/settings.json', { model: 'opus', env: { ANTHROPIC_API_KEY: MADE_UP.key } }, 0o600);
  home.write('.vault/answer', `${MADE_UP.helped}\n`, 0o600);
  home.json('.claude-other/settings.json', { apiKeyHelper: 'cat ~/.vault/answer' }, 0o600);
  home.write('work/notes.txt', 'Nothing.\n');
  home.write('.desktop/bin/credence', `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
  chmodSync(path.join(home.path, '.desktop/bin/credence'), 0o755);
}

test('Whatever is done with a secret, it is in its store and nowhere else, in no form, at no time', async ({
  home,
  launch,
  desktop,
  room,
  sweepOf,
}) => {
  test.setTimeout(LIMIT);
  layHome(home);
  const proxy = await faultProxy(desktop.provider);
  layProvider(home, desktop.provider);
  const { home: keychain } = desktop.keychain;
  const sweep = await sweepOf([home.path, keychain], { home: home.path, keychain });
  for (const [name, value] of Object.entries(MADE_UP)) sweep.add({ name, value });
  recordAnswers(proxy, sweep);

  const variables = {
    ...desktop.variables,
    TMPDIR: path.join(room, 't'),
    XDG_RUNTIME_DIR: path.join(room, 'run'),
  };
  const env = { ...home.environment, ...variables };
  const credence = (name: string, ...args: readonly string[]): Promise<Ran> =>
    sweep.run(name, [process.execPath, COMMAND, ...args], env);
  const keyring = keyringOf(desktop, home);

  const app = await launch({ folder: home.path, env: variables });
  const page = await app.openWindow();
  await sweep.follow(app, page);
  await expect(titleOf(page)).toContainText('settings.json');

  await test.step('see', async () => {
    for (const args of [
      ['status'],
      ['status', '--json'],
      ['status', '--short'],
      ['explain'],
      ['matrix', '--json'],
      ['what-if', '--without', 'api-key'],
      ['check'],
      ['doctor'],
      ['doctor', '--json'],
      ['doctor', '--report'],
      ['scan', '--json'],
      ['changes', '--json'],
      ['providers', '--json'],
      ['completion', 'zsh'],
      ['nonsense'],
    ])
      await credence(args.join(' '), ...args);
    const other = { ...env, CLAUDE_CONFIG_DIR: path.join(home.path, '.claude-other') };
    const helped = await sweep.run(
      'helper',
      [process.execPath, COMMAND, 'status', '--run-helper', '--mode', 'print', '--json'],
      other,
      { folder: path.join(home.path, 'work') },
    );
    expect(helped.stdout).toContain('"helper": "ran"');
    await app.clickTray(/^Open Credence/);
    await sweep.look();
  });

  await test.step('log in', async () => {
    await app.clickTray(/^Log in/, /^Claude subscription/);
    await page.getByRole('button', { name: 'Log in anyway' }).click();
    await expect(page.getByRole('textbox')).toBeVisible();
    const file = path.join(home.path, '.desktop/claude-opened.txt');
    await expect.poll(() => existsSync(file)).toBe(true);
    const state = new URL(readFileSync(file, 'utf8').trim()).searchParams.get('state') ?? '';
    sweep.add({ name: 'claude state', value: state });
    await sweep.look();
    await paste(page, `${MADE_UP.pasted}#${state}`);
    await expect(titleOf(page)).toHaveText('You are logged in.');
    await sweep.look('with memory');
    await credence('status logged in', 'status', '--json');
  });

  await test.step('sign in by the browser', async () => {
    await app.clickTray(/^Log in/, new RegExp(`^${ORGANISATION}`));
    await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
    await expect.poll(() => home.opened().length).toBeGreaterThan(0);
    addAddress(sweep, home);
    await page.getByRole('button', { name: /^Copy/ }).first().click();
    await sweep.look();
    const browser = await desktop.openInBrowser();
    await browser.getByRole('button', { name: 'Sign in' }).click();
    await browser.getByRole('button', { name: 'Allow' }).click();
    await expect(titleOf(page)).toHaveText(`You are signed in to ${ORGANISATION}.`);
    await sweep.look();
  });

  await test.step('renew', async () => {
    const first = await credence('token', 'token', '--provider', ORGANISATION);
    await age(keyring, 2);
    const renewed = await credence('token', 'token', '--provider', ORGANISATION);
    expect(renewed.stdout).not.toBe(first.stdout);
    expect(await desktop.provider.isStillGood(renewed.stdout.trim())).toBe(true);
    await sweep.look();
  });

  await test.step('move a key to the keychain, and back', async () => {
    await credence('plan', 'clear', 'ANTHROPIC_API_KEY', '--keychain', '--json');
    const moved = await credence('clear', 'clear', 'ANTHROPIC_API_KEY', '--keychain', '--apply', '--json');
    expect(moved.exitCode, moved.stderr).toBe(0);
    const settings = readFileSync(path.join(home.path, '.claude/settings.json'), 'utf8');
    expect(settings).not.toContain(MADE_UP.key);
    const { apiKeyHelper } = JSON.parse(settings) as { readonly apiKeyHelper: string };
    const asked = await sweep.run('secret', ['/bin/sh', '-c', apiKeyHelper], env);
    expect(asked.stdout.trim()).toBe(MADE_UP.key);
    const answer = await keyring.get(undoSeal.item);
    if (answer.state !== 'found') throw new Error(answer.state);
    sweep.add({ name: 'undo key', value: Buffer.from(answer.secret, 'latin1') });
    await credence('run', 'run', '--', '/usr/bin/env');
    await sweep.look();
    const changes = await credence('changes after', 'changes', '--json');
    const id = /"changeId": ?"([^"]+)"/.exec(changes.stdout)?.[1] ?? '';
    const undone = await credence('undo', 'clear', '--undo', id, '--apply', '--json');
    expect(undone.exitCode, undone.stdout + changes.stdout).toBe(0);
    await sweep.look();
  });

  await test.step('sign out, and in by a code for another machine', async () => {
    await signOut(app, page);
    await app.clickTray(/^Log in/, new RegExp(`^${ORGANISATION}`));
    await expect(titleOf(page)).toHaveText(`Finish signing in to ${ORGANISATION} in your browser.`);
    addAddress(sweep, home);
    await page.getByRole('button', { name: 'Use a code instead' }).click();
    const letters = await page.locator('.device-letters').innerText();
    await sweep.look();
    await desktop.provider.approveDevice(letters);
    await expect(titleOf(page)).toHaveText(`You are signed in to ${ORGANISATION}.`, { timeout: 30_000 });
    await credence('token', 'token', '--provider', ORGANISATION);
    await credence('doctor after', 'doctor', '--report');
    await sweep.look();
  });

  await test.step('log out, sign out, quit', async () => {
    await page.getByRole('button', { name: 'Back to the answer' }).click();
    await app.clickTray(/^Log in/, 'Log out…');
    await page.getByRole('button', { name: 'Log out', exact: true }).click();
    await expect(titleOf(page)).toHaveText('You are logged out.');
    await signOut(app, page);
    await sweep.look('with memory');
    await app.quit();
    await sweep.look('without app');
  });

  for (const { body } of proxy.requests()) addRequest(sweep, body);
  const finds = await sweep.end();
  await proxy.close();
  const places = placesOf(finds, [
    [home.path, '~'],
    [room, 'ROOM'],
    [`TCP:${new URL(proxy.url).port}`, 'TCP:provider'],
  ]);
  for (const [secret, { is, may = [] }] of Object.entries(PLACES)) {
    const found = places.get(secret) ?? [];
    expect(
      found.filter((place) => ![...is, ...may].some((one) => one.test(place))),
      `leaks of ${secret}`,
    ).toEqual([]);
    expect(
      is.filter((one) => !found.some((place) => one.test(place))).map(String),
      `places of ${secret} where it was not found`,
    ).toEqual([]);
  }
  expect([...places.keys()].filter((secret) => !(secret in PLACES))).toEqual([]);
  for (const kind of KINDS) expect(sweep.counts()[kind], kind).toBeGreaterThan(0);
});

async function signOut(app: AppUnderTest, page: Page): Promise<void> {
  await app.clickTray(/^Log in/, new RegExp(`^Sign out of ${ORGANISATION}`));
  await page.getByRole('button', { name: `Sign out of ${ORGANISATION}` }).click();
  await expect(titleOf(page)).toHaveText(`You are signed out of ${ORGANISATION}.`);
}

function keyringOf(desktop: SignInDesktop, home: MadeUpHome): Keyring {
  return keyringOfSystem({
    environment: {
      platform: 'linux',
      variables: desktop.keychain.variables,
      userId: process.geteuid?.() ?? 0,
    },
    keychain: null,
    folder: path.join(home.path, '.config/credence'),
    start: nodeKeyringProcess(KEYRING_PROCESS),
  });
}

/** Makes the token that is kept look as if it had come so many hours earlier. */
async function age(keyring: Keyring, hours: number): Promise<void> {
  const item = organisationItem(ORGANISATION);
  const answer = await keyring.get(item);
  const token = answer.state === 'found' ? organisationToken(ORGANISATION).parse(answer.secret) : null;
  if (token === null) throw new Error(`nothing is kept: ${answer.state}`);
  const { boot, milliseconds } = token.obtainedUptime;
  const older = organisationTokenBytes({
    ...token,
    obtainedAt: token.obtainedAt - hours * HOUR,
    obtainedUptime: { boot, milliseconds: milliseconds - hours * HOUR },
  });
  expect(await keyring.set(item, older)).toMatchObject({ state: 'stored' });
}
