/** Everything that Credence does with secrets in one go, and a look for each of them everywhere: it is in its store and nowhere else. */
import { Buffer } from 'node:buffer';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
import { test as base } from './support/app-test.ts';
import type { AppUnderTest } from './support/launch-app.ts';
import type { MadeUpHome } from './support/made-up-home.ts';
import { layProvider, ORGANISATION, signInDesktop, type SignInDesktop } from './support/sign-in-desktop.ts';
import { FORMS } from './support/secret-forms.ts';
import { startSweep, type Find, type Ran, type Sweep } from './support/sweep.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../out/cli/credence.cjs');
const KEYRING_PROCESS = path.resolve(import.meta.dirname, '../../out/cli/keyring-process.cjs');
const HOUR = 3_600_000;
/** Milliseconds; on a machine with other work to do, each look takes its time. */
const LIMIT = 1_200_000;

/** Made up, and such that no form of one is like another’s. */
const MADE_UP = {
  key: 'sk-ant-api03-MADE-UP-NOT-A-REAL-KEY-kqzvxwjyhbfgmtrn-Sweep11AA',
  helped: 'helped/by+a"script"=wxqjkzvyhbfgmtrn&Sweep22BB',
  access: 'sk-ant-oat01-MADE-UP-vxzkqwjyhbgfmtrn-Sweep33CC',
  refresh: 'sk-ant-ort01-MADE-UP-jyhwxkqzvbfgmtrn-Sweep44DD',
  pasted: 'made-up-code-of-the-page-zvkqxwjyhbfgmtrn-Sweep55EE',
  keychain: 'made-up-password-of-the-keychain-bfgmtrnkqzvxw-Sweep66FF',
} as const;

/** What is looked at. */
const KINDS = [
  'said',
  'complained',
  'file',
  'link',
  'snapshot',
  'page',
  'tray',
  'notification',
  'clipboard',
  'heap',
  'memory',
  'shared',
  'argument',
  'variable',
  'start',
  'write',
  'window',
] as const;

interface Places {
  readonly is: readonly RegExp[];
  /** Where it may be seen or not, as it happens. */
  readonly may?: readonly RegExp[];
}

/** Between processes of this user: to `claude`, to the one that talks to the keychain, and from there to the keychain. */
const WITHIN = /^write:(UNIX|socket|pipe)$/;
const TO_PROVIDER = /^write:TCP:provider$/;
const TO_KEYCHAIN: Places = { is: [WITHIN, TO_PROVIDER] };
/** What a person types into the window is in the memory of the browser that shows it, until that is used for something else. */
const TYPED = /^(?:memory|shared):(browser|renderer|gpu-process)$/;
/** The address of a page goes to the browser by the desktop’s opener, which has a list of what it opened here. */
const ADDRESS: Places = {
  is: [/^start:.*\/xdg-open$/, /^file:home\/\.desktop\/opened\.txt$/, /^clipboard:$/],
  may: [
    /^argument:(xdg-open|sh|printf)$/,
    /^write:~\/\.desktop\/opened\.txt$/,
    // The clipboard, as this test asks for it.
    /^write:TCP:\d+$/,
  ],
};
/** The fake program’s own text, which it has everything from that it gives. */
const BY_NATURE = /^file:home\/\.local\/bin\/claude\.json$/;
const LOGIN: Places = {
  is: [/^file:home\/\.claude\/\.credentials\.json$/, BY_NATURE],
  may: [
    /^write:~\/\.claude\/\.credentials\.json\.\d+\.tmp$/,
    /^file:home\/\.claude\/\.credentials\.json\.\d+\.tmp$/,
  ],
};

/** Where each may be, and is. Everything else is a leak. */
const PLACES: Readonly<Record<string, Places>> = {
  key: {
    is: [
      /^file:home\/\.claude\/settings\.json$/,
      // When it is put back.
      /^write:~\/\.claude\/\.settings\.json\.credence-[0-9a-f]+$/,
      /^said:secret$/,
      WITHIN,
    ],
  },
  helped: { is: [/^file:home\/\.vault\/answer$/, WITHIN] },
  access: LOGIN,
  refresh: LOGIN,
  pasted: { is: [BY_NATURE, WITHIN], may: [TYPED] },
  'claude state': {
    is: [/^start:.*\/browser$/, /^file:home\/\.desktop\/claude-opened\.txt$/, WITHIN],
    may: [/^argument:(browser|sh|printf)$/, /^write:~\/\.desktop\/claude-opened\.txt$/, TYPED],
  },
  keychain: { is: [] },
  'undo key': { is: [WITHIN] },
  'access token': { is: [...TO_KEYCHAIN.is, /^said:token$/] },
  'refresh token': TO_KEYCHAIN,
  'id token': { is: [] },
  'device code': { is: [TO_PROVIDER] },
  'authorization code': { is: [TO_PROVIDER] },
  verifier: { is: [TO_PROVIDER] },
  state: ADDRESS,
  nonce: ADDRESS,
};

/** The places of each secret, with names that say the same in every run. */
function placesOf(
  finds: readonly Find[],
  names: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { secret, place } of finds) {
    const named = names.reduce((text, [from, to]) => text.replaceAll(from, to), place);
    places.set(secret, [...(places.get(secret) ?? []), named]);
  }
  return places;
}

interface Given {
  readonly desktop: SignInDesktop;
  /** For what is temporary; a short path, since there will be sockets in it. */
  readonly room: string;
  /** Looks into these homes and folders, and into those of `room`, until the test ends. */
  readonly sweepOf: (homes: readonly string[], folders: Readonly<Record<string, string>>) => Promise<Sweep>;
}

const test = base.extend<Given>({
  desktop: async ({ home }, use) => {
    const { access, refresh, pasted, keychain } = MADE_UP;
    const desktop = await signInDesktop(home, { tokens: { access, refresh }, code: pasted }, {}, keychain);
    await use(desktop);
    await desktop.end();
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
  room: async ({}, use) => {
    const room = realpathSync(mkdtempSync('/tmp/credence-r-'));
    for (const name of ['t', 'run', 'notes']) mkdirSync(path.join(room, name), { mode: 0o700 });
    await use(room);
    rmSync(room, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  sweepOf: async ({ room }, use) => {
    const started: Sweep[] = [];
    await use(async (homes, folders) => {
      const [temporary, runtime] = [path.join(room, 't'), path.join(room, 'run')];
      const sweep = await startSweep(homes, { ...folders, temporary, runtime }, path.join(room, 'notes'));
      started.push(sweep);
      return sweep;
    });
    for (const sweep of started) await sweep.stop();
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

test('What is planted is found: in every kind of place, in every form, also where it is gone a moment later', async ({
  home,
  launch,
  room,
  sweepOf,
}) => {
  test.setTimeout(LIMIT);
  home.json('.claude/settings.json', { model: 'opus' });
  const sweep = await sweepOf([home.path], { home: home.path });
  const secrets = Object.keys(FORMS).map((form, at) => ({
    name: form,
    value: `planted-${String(at)}-${'qzvkxwjy'.slice(at)}${'QZVKXWJY'.slice(0, at)}-bfgm"t+r/n-${String(at)}-Sweep77`,
  }));
  sweep.add(...secrets);
  const planted = secrets.map(({ name, value }) => FORMS[name]?.plant(value) ?? Buffer.alloc(0));
  const all = Buffer.concat(planted.flatMap((bytes) => [bytes, Buffer.from('\n')]));
  /** Where there is text, there are no bytes. */
  const text = planted
    .filter((bytes) => !bytes.includes(0))
    .map((bytes) => bytes.toString())
    .join('\n');
  const wide = secrets.find(({ name }) => name === 'utf-16')?.value ?? '';

  const variables = { TMPDIR: path.join(room, 't'), XDG_RUNTIME_DIR: path.join(room, 'run') };
  const app = await launch({ folder: home.path, env: variables });
  const page = await app.openWindow();
  await sweep.follow(app, page);

  // The stand-in has a folder for more than one thing.
  const profile = readdirSync(path.join(room, 't')).find((name) =>
    existsSync(path.join(room, 't', name, 'profile')),
  );
  if (profile === undefined)
    throw new Error('The browser has no profile in the folder for what is temporary.');
  for (const folder of [home.path, path.join(home.path, '.config/credence'), path.join(room, 'run')])
    writeFileSync(path.join(folder, 'planted'), all);
  writeFileSync(path.join(room, 't', profile, 'profile/planted'), all);
  symlinkSync(text, path.join(home.path, 'planted-link'));

  const env = { ...home.environment, ...variables };
  const script = `const fs = require('node:fs'), file = process.env.HOME + '/gone';
    const bytes = fs.readFileSync(0);
    fs.writeFileSync(file, bytes); fs.rmSync(file);
    process.stdout.write(bytes); process.stderr.write(bytes);
    setTimeout(() => {}, 500);`;
  await sweep.run(
    'planted',
    [process.execPath, '-e', script, text],
    { ...env, PLANTED: text },
    { input: all },
  );

  await page.evaluate(
    ([given, wider]) => {
      const kept = `${given} ${wider} \u{1f511}`;
      Reflect.set(globalThis, 'planted', kept.split('\n').join('\n'));
      document.body.dataset['planted'] = given;
      localStorage.setItem('planted', given);
      const field = document.createElement('textarea');
      field.value = given;
      document.body.append(field, given);
      globalThis.__published.push(JSON.stringify({ given }));
    },
    [text, wide] as const,
  );
  await app.app.evaluate(({ BrowserWindow, clipboard, Notification }, given) => {
    console.log(given);
    globalThis.__probe.tray().tray.setToolTip(given);
    new Notification({ title: 'planted', body: given }).show();
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('planted', given);
    return clipboard.writeText(given);
  }, text);
  await sweep.look('with memory');
  await app.quit();

  const found = new Map<string, Set<string>>();
  for (const { place, form } of await sweep.end()) {
    const kind = place.replace(/^(\w+):.*$/s, '$1');
    const file = /^(?:file|write):.*?(planted|gone)$/.test(place) ? place.replace(home.path, '~') : kind;
    found.set(file, (found.get(file) ?? new Set()).add(form));
  }
  const inBytes = [...new Set(Object.keys(FORMS).map((form) => form.replace(/ by .*/, '')))].toSorted();
  const inText = inBytes.filter((form) => form !== 'utf-16');
  const places: Readonly<Record<string, readonly string[]>> = {
    'file:home/planted': inBytes,
    'file:home/.config/credence/planted': inBytes,
    'file:runtime/planted': inBytes,
    [`file:temporary/${profile}/profile/planted`]: inBytes,
    'write:~/gone': inBytes,
    link: inText,
    said: inBytes,
    complained: inBytes,
    argument: inText,
    variable: inText,
    start: inText,
    page: inText,
    snapshot: inText,
    window: inText,
    tray: inText,
    notification: inText,
    clipboard: inText,
    heap: inText,
    memory: inBytes,
  };
  for (const [place, forms] of Object.entries(places))
    expect([...(found.get(place) ?? [])].toSorted(), place).toEqual(expect.arrayContaining([...forms]));
});

async function signOut(app: AppUnderTest, page: Page): Promise<void> {
  await app.clickTray(/^Log in/, new RegExp(`^Sign out of ${ORGANISATION}`));
  await page.getByRole('button', { name: `Sign out of ${ORGANISATION}` }).click();
  await expect(titleOf(page)).toHaveText(`You are signed out of ${ORGANISATION}.`);
}

/** What the provider gives: tokens and device codes. */
function recordAnswers(proxy: Awaited<ReturnType<typeof faultProxy>>, sweep: Sweep): void {
  for (const at of ['/token', '/device/auth'])
    proxy.when(
      { path: at },
      {
        do: 'rewrite',
        body: (text) => {
          const answer = JSON.parse(text) as Readonly<Record<string, unknown>>;
          for (const name of ['access_token', 'refresh_token', 'id_token', 'device_code']) {
            const value = answer[name];
            if (typeof value === 'string') sweep.add({ name: name.replace('_', ' '), value });
          }
          return text;
        },
      },
    );
}

/** What Credence sends: codes and verifiers. */
function addRequest(sweep: Sweep, body: string): void {
  const form = new URLSearchParams(body);
  for (const [field, name] of [
    ['code', 'authorization code'],
    ['code_verifier', 'verifier'],
  ] as const) {
    const value = form.get(field);
    if (value !== null) sweep.add({ name, value });
  }
}

/** What binds the newest address to this attempt. */
function addAddress(sweep: Sweep, home: MadeUpHome): void {
  const { searchParams } = new URL(home.opened().at(-1) ?? '');
  for (const name of ['state', 'nonce']) sweep.add({ name, value: searchParams.get(name) ?? '' });
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
