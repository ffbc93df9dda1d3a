/**
 * `npm run bench:sign-in`: how long after the click in the tray the organisation’s page is asked for, and how long after the browser
 * has come back the window says who is signed in; on the host that is there, with a real provider and a real keychain: once in clear,
 * and once with a proxy in front that speaks TLS with a certificate of an authority of its own. What is not Credence’s own is told
 * beside: a browser that only asks for its page, the provider, and a Node that does nothing. No test: a busy machine shows in it.
 */
import type { Page } from '@playwright/test';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median } from '../../bench/medians.ts';
import { pickHost, useHost } from '../../host/pick-host.ts';
import { faultProxy } from '../../provider/fault-proxy.mjs';
import { madeUpCertificate } from '../../provider/made-up-certificate.mjs';
import type { Lab, Visit } from '../../provider/start-provider.mjs';
import { launchApp, type AppUnderTest } from '../support/launch-app.ts';
import { makeHome, type MadeUpHome } from '../support/made-up-home.ts';
import { layProvider, ORGANISATION, signInDesktop } from '../support/sign-in-desktop.ts';

/** Milliseconds. */
const LIMIT = 300;
/** What is not there after this will not come: milliseconds. */
const PATIENCE = 20_000;
/** Where the tray has it. */
const MENU = [/^Log in/, new RegExp(`^${ORGANISATION}`)];
const TITLE = `You are signed in to ${ORGANISATION}.`;
const BROWSER = '.desktop/bin/xdg-open';

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '9' },
    rounds: { type: 'string', default: '5' },
    idle: { type: 'string', default: '2000' },
  },
});
const starts = Number(values.starts);
/** Sign-ins after each start. */
const rounds = Number(values.rounds);
/** Between the first answer and the first click: milliseconds. */
const idle = Number(values.idle);
const host = pickHost();
useHost(host);

/** Milliseconds of one sign-in. */
interface Times {
  /** From the click until the provider’s page was asked for, and what the provider took for its metadata meanwhile. */
  readonly page: number;
  readonly metadata: number;
  /** From the callback until the title in the window, without what the provider took for the token. */
  readonly answer: number;
  readonly token: number;
}

async function measure(isSecure: boolean): Promise<void> {
  const home = makeHome();
  // Petra had something before, so that there is an answer to look for again.
  home.json('.claude/settings.json', { env: { ANTHROPIC_API_KEY: 'made-up-key-0123456789' } });
  const desktop = await signInDesktop(home);
  // Asked for where the provider itself is, also where a proxy stands in front: the handshake of a browser is none of Credence’s.
  layBrowser(home, new URL(desktop.provider.issuer).host);
  const { variables, end } = isSecure ? await standInFront(home, desktop.provider) : IN_CLEAR;
  const first: Times[] = [];
  const later: Times[] = [];
  try {
    for (let start = 0; start < starts; start++) {
      const credence = await launchApp({
        home,
        folder: home.path,
        env: { ...desktop.variables, ...variables },
      });
      try {
        const page = await credence.openWindow();
        await wait(idle);
        for (let round = 0; round < rounds; round++) {
          (round === 0 ? first : later).push(await signIn(credence, page, desktop.provider));
          // What follows a sign-in by itself is over then.
          await wait(500);
        }
      } finally {
        await credence.quit();
      }
    }
    const load = loadavg()[0] ?? 0;
    console.log(
      `${isSecure ? '\nBy https' : 'In clear'}, on ${host.name}, load ${load.toFixed(1)} on ${String(availableParallelism())} cores, ` +
        `${String(starts)} starts with ${String(rounds)} sign-ins each.`,
    );
    print(
      'first click → provider’s page asked for',
      first.map((one) => one.page),
      LIMIT,
    );
    print(
      '  of that, the provider’s metadata',
      first.map((one) => one.metadata),
    );
    print(
      'later clicks → provider’s page asked for',
      later.map((one) => one.page),
      LIMIT,
    );
    if (!isSecure) print('  in both, the browser alone', await browserTimes(home));
    print(
      'first callback → new answer, without provider',
      first.map((one) => one.answer),
      LIMIT,
    );
    print(
      '  beside that, the provider',
      first.map((one) => one.token),
    );
    print(
      'later callbacks → new answer, without provider',
      later.map((one) => one.answer),
      LIMIT,
    );
    print(
      '  beside that, the provider',
      later.map((one) => one.token),
    );
    print('node -e 0', nodeTimes());
  } finally {
    await end();
    await desktop.end();
    home.remove();
  }
}

const IN_CLEAR = { variables: {}, end: () => Promise.resolve() };

/** A provider of https, whose certificate is trusted as an organisation’s own is: by a file that a variable names. */
async function standInFront(home: MadeUpHome, provider: Lab): Promise<typeof IN_CLEAR> {
  const { clientId } = provider;
  const tls = madeUpCertificate();
  const proxy = await faultProxy(provider, { tls });
  layProvider(home, { issuer: proxy.url, clientId });
  const file = '.desktop/authority.pem';
  home.write(file, tls.cert);
  // For the person, who signs in from here.
  setDefaultCACertificates([...getCACertificates(), tls.cert]);
  return { variables: { NODE_EXTRA_CA_CERTS: path.join(home.path, file) }, end: proxy.close };
}

async function signIn(credence: AppUnderTest, page: Page, lab: Lab): Promise<Times> {
  const before = lab.visits().length;
  const since = (): readonly Visit[] => lab.visits().slice(before);
  const clicked = await click(credence);
  const asked = await until(() => since().find(({ url }) => new URL(url).pathname === '/auth'));
  const metadata = timeIn(since(), clicked, asked.came);
  const callback = await lab.signIn(asked.url);
  const shown = titleTime(page);
  // It is being listened for by then, and nothing else goes on.
  await wait(300);
  const came = Date.now();
  const landing = await visit(callback);
  const at = await Promise.race([shown, wait(PATIENCE, null)]);
  if (at === null) throw new Error('The window does not say it.');
  if (landing !== 200) throw new Error(`The browser was left with ${String(landing)}.`);
  const token = timeIn(since(), came, at);
  return { page: asked.came - clicked, metadata, answer: at - came - token, token };
}

/** When the item was chosen: milliseconds since 1970, as everything here. */
async function click(credence: AppUnderTest): Promise<number> {
  let { items } = await credence.tray();
  const labels = MENU.map((wanted) => {
    const found = items.find(({ label }) => wanted.test(label));
    if (found === undefined) throw new Error(`The tray has no ${String(wanted)}.`);
    ({ items } = found);
    return found.label;
  });
  return credence.app.evaluate((_, given) => {
    const now = Date.now();
    globalThis.__probe.choose(given);
    return now;
  }, labels);
}

/** When the window’s document says it. */
function titleTime(page: Page): Promise<number> {
  return page.evaluate(
    (title) =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (document.querySelector('.task h1')?.textContent !== title) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    TITLE,
  );
}

/** How much of the time between two moments the provider was busy with somebody: milliseconds. */
function timeIn(visits: readonly Visit[], from: number, to: number): number {
  let busyUntil = from;
  let time = 0;
  for (const { came, answered } of visits) {
    const start = Math.max(came, busyUntil);
    const end = Math.min(answered ?? to, to);
    if (end <= start) continue;
    time += end - start;
    busyUntil = end;
  }
  return time;
}

/** As a browser does: to where it is sent, and it waits for the page there. */
async function visit(url: string): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).on('error', reject);
  });
  response.resume();
  const { location } = response.headers;
  return location === undefined ? (response.statusCode ?? 0) : visit(new URL(location, url).href);
}

/**
 * In place of the desktop’s own: asks for the page at once, with no other program than a shell.
 *
 * @param authority where, whatever the address says
 */
function layBrowser(home: MadeUpHome, authority: string): void {
  const script = [
    '#!/bin/bash',
    'rest=${1#*://}',
    `authority=${authority}`,
    'exec 3<>"/dev/tcp/${authority%:*}/${authority#*:}"',
    'printf "GET /%s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n" "${rest#*/}" "$authority" >&3',
    'read -r _ <&3',
  ];
  home.write(BROWSER, `${script.join('\n')}\n`);
  chmodSync(path.join(home.path, BROWSER), 0o755);
}

/** From the start of the made-up browser until it has asked. */
async function browserTimes(home: MadeUpHome): Promise<readonly number[]> {
  const times: number[] = [];
  let asked = 0;
  const server = createServer((_, response) => {
    asked = Date.now();
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  layBrowser(home, `127.0.0.1:${String(port)}`);
  for (let round = 0; round < 15; round++) {
    const started = Date.now();
    const child = spawn(path.join(home.path, BROWSER), [`http://127.0.0.1:${String(port)}/auth?made=up`]);
    await new Promise((resolve) => child.on('exit', resolve));
    times.push(asked - started);
  }
  await new Promise((resolve) => server.close(resolve));
  return times;
}

function nodeTimes(): readonly number[] {
  return Array.from({ length: 15 }, () => {
    const start = performance.now();
    spawnSync('node', ['-e', '0'], { stdio: 'ignore' });
    return performance.now() - start;
  });
}

async function until<Found>(look: () => Found | undefined): Promise<Found> {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const found = look();
    if (found !== undefined) return found;
    await wait(5);
  }
  throw new Error('Nothing came.');
}

function print(what: string, times: readonly number[], limit: number | null = null): void {
  const sorted = [...times].sort((one, other) => one - other);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
  const middle = median(times);
  const met = limit === null ? '' : `≤ ${String(limit)} ${middle <= limit ? 'yes' : 'NO'}`;
  const figures = [middle, p95].map((time) => `${time.toFixed(0).padStart(4)} ms`);
  console.log(`${what.padEnd(48)} median ${figures.join('   p95 ')}   ${met}`.trimEnd());
}

await measure(false);
await measure(true);
