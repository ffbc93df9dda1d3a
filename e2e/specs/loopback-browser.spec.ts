/** The loopback in front of a real browser, a hostile page, a squatter, and a crowd. */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LandingPage } from '../../shared/ports/loopback.ts';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { findChromium } from '../host/chromium/find-chromium.mjs';
import { attempts, RIGHT, type Attempt } from '../support/loopback-visitor.ts';
import { madeUpSite, type Answers, type MadeUpSite } from '../support/made-up-site.ts';

const { done, notThis, already } = CONTRACT_PAGES;
const SECRET = 'made-up-code';
/** Of Chromium’s history: `PAGE_TRANSITION_CHAIN_END`. */
const CHAIN_END = 0x2000_0000;

const LAUNCH = {
  executablePath: findChromium(process.env) ?? 'chromium-that-is-not-there',
  args: [
    // Its sandbox wants privileges that containers and root have not; what is shown is only ours.
    '--no-sandbox',
    '--disable-dev-shm-usage',
    // A name of a stranger that leads here, as after DNS rebinding.
    '--host-resolver-rules=MAP evil.test 127.0.0.1,MAP login.test 127.0.0.1',
  ],
};

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(LAUNCH);
});
afterAll(() => browser.close());

const attempt = attempts();
const sites: MadeUpSite[] = [];
const contexts: BrowserContext[] = [];
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await Promise.all(sites.splice(0).map((site) => site.end()));
});

async function site(answers: Answers, host?: string, port?: number): Promise<MadeUpSite> {
  const made = await madeUpSite(answers, host, port);
  sites.push(made);
  return made;
}

async function newPage(): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  return context.newPage();
}

/** What a page wants of anybody, and what it says of its policy. */
function watch(page: Page) {
  const hosts = new Set<string>();
  const trouble: string[] = [];
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => {
    trouble.push(dialog.message());
    void dialog.dismiss();
  });
  return { hosts, trouble };
}

/** The provider sends the browser back, as when a person has signed in there. */
const provider = ({ server }: Attempt, query = RIGHT): Promise<MadeUpSite> =>
  site((path) => (path === '/authorize' ? { to: `${server.redirectUri}?${query}` } : null));

async function signIn(page: Page, found: Attempt, query = RIGHT): Promise<void> {
  const { port } = await provider(found, query);
  await page.goto(`http://login.test:${port}/authorize`);
}

async function expectAlive(found: Attempt, page: Page): Promise<void> {
  expect(found.taken).toEqual([]);
  await signIn(page, found);
  expect(await page.title()).toBe(done.title);
  expect(found.taken).toEqual([RIGHT]);
}

describe('The browser comes back', () => {
  test('to a page that says so, at an address that holds nothing, and asks nobody for anything.', async () => {
    const found = await attempt();
    const page = await newPage();
    const { hosts, trouble } = watch(page);
    const { port } = await provider(found);
    await page.goto(`http://login.test:${port}/authorize`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(done.title);
    expect(await page.getByRole('paragraph').allTextContents()).toEqual([...done.text]);
    expect(page.url()).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${found.server.port}/done/[\\w-]{22}$`));
    expect([...hosts].sort()).toEqual([`127.0.0.1:${found.server.port}`, `login.test:${port}`].sort());
    expect(await page.evaluate('document.referrer')).toBe('');
    // Its style is the one that the policy lets through, and it asks for nothing that the policy keeps out.
    expect(await page.evaluate("getComputedStyle(document.querySelector('main')).borderTopStyle")).toBe(
      'solid',
    );
    expect(trouble).toEqual([]);
    expect(found.taken).toEqual([RIGHT]);
  });

  test('and has no code in its history: not forward, not back, not when it is loaded again.', async () => {
    const found = await attempt();
    const page = await newPage();
    await page.goto('data:text/html,before');
    await signIn(page, found);
    const session = await page.context().newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    expect(entries.map(({ url }) => url)).toEqual(['about:blank', 'data:text/html,before', page.url()]);
    expect(JSON.stringify(entries)).not.toContain(SECRET);
    await page.reload();
    expect(await page.title()).toBe(done.title);
    await page.goBack();
    await page.goForward();
    expect(await page.title()).toBe(done.title);
    expect(found.taken).toEqual([RIGHT]);
    await found.server.close();
    await expect(page.reload()).rejects.toThrow('ERR_CONNECTION_REFUSED');
  });

  test('and waits at the clean address while the exchange goes on.', async () => {
    let settle: (page: LandingPage) => void = () => undefined;
    const found = await attempt({ onCallback: () => new Promise((resolve) => (settle = resolve)) });
    const page = await newPage();
    const { port } = await provider(found);
    const requested = page.waitForRequest(/\/done\//);
    const arrived = page.goto(`http://login.test:${port}/authorize`);
    await requested;
    const second = await newPage();
    await second.goto(`${found.server.redirectUri}?${RIGHT}`);
    expect(await second.title()).toBe(already.title);
    settle(done);
    await arrived;
    expect(await page.title()).toBe(done.title);
  });

  test('also when it is closed the moment the exchange has settled.', async () => {
    const found = await attempt({
      onCallback: () => {
        setImmediate(() => void found.server.close());
        return Promise.resolve(done);
      },
    });
    const page = await newPage();
    await signIn(page, found);
    expect(await page.title()).toBe(done.title);
  });

  test('and neither its cache, nor its sessions, nor the history that it shows keep the code.', async () => {
    const found = await attempt();
    const profile = mkdtempSync(path.join(tmpdir(), 'credence-test-profile-'));
    try {
      const context = await chromium.launchPersistentContext(profile, LAUNCH);
      const page = await context.newPage();
      await signIn(page, found);
      expect(await page.title()).toBe(done.title);
      await context.close();
      const history = path.join(profile, 'Default', 'History');
      const holding = filesBelow(profile).filter((file) => readFileSync(file).includes(SECRET));
      expect(holding.filter((file) => /Cache|Session|Storage/.test(file))).toEqual([]);
      // It notes each address that it was sent through; what it lists for people is where each chain of them ended.
      const visits = new DatabaseSync(history, { readOnly: true });
      const shown = visits
        .prepare('SELECT urls.url FROM urls JOIN visits ON visits.url = urls.id WHERE visits.transition & ?')
        .all(CHAIN_END);
      visits.close();
      expect(shown).toContainEqual({ url: page.url() });
      expect(JSON.stringify(shown)).not.toContain(SECRET);
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });

  test.each(['light', 'dark'] as const)('to a page that all can read (%s).', async (colorScheme) => {
    const pages: readonly (readonly [string, LandingPage])[] = [
      [
        RIGHT,
        { ...done, text: ['A sentence that says what happened.', 'Another one that says what is next.'] },
      ],
      ['state=wrong', notThis],
    ];
    for (const [query, shown] of pages) {
      const found = await attempt({ onCallback: () => Promise.resolve(shown) });
      const context = await browser.newContext({
        colorScheme,
        bypassCSP: true,
        viewport: { width: 320, height: 480 },
      });
      contexts.push(context);
      const page = await context.newPage();
      await signIn(page, found, query);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    }
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

describe('Nothing that the provider’s answer says is shown or run:', () => {
  const SCRIPT = encodeURIComponent('<script>alert(1)</script><img src=x onerror=alert(2)>');
  test.each([
    ['of this attempt', `error=access_denied&error_description=${SCRIPT}&state=right`, true],
    ['of no attempt', `error=access_denied&error_description=${SCRIPT}&state=wrong`, false],
    ['of no attempt, as they are', 'error=<script>alert(1)</script>', false],
  ])('%s', async (_, query, isTaken) => {
    const found = await attempt({ accepts: (asked) => asked.includes('state=right') });
    const page = await newPage();
    const { trouble } = watch(page);
    await signIn(page, found, query);
    expect(await page.title()).toBe((isTaken ? done : notThis).title);
    expect(await page.content()).not.toMatch(/alert|access_denied|<script|<img/);
    expect(page.url()).not.toMatch(/alert|error|\?/);
    expect(trouble.filter((text) => !text.includes('status of 400'))).toEqual([]);
    expect(found.taken.length).toBe(isTaken ? 1 : 0);
  });
});

test('Who sits on the same port of the other family gets nothing.', async () => {
  const found = await attempt();
  const squatter = await site(() => ({ html: 'squatter' }), '::1', found.server.port);
  const page = await newPage();
  await signIn(page, found);
  expect(await page.title()).toBe(done.title);
  expect(squatter.asked).toEqual([]);
  // By name the browser would have gone there.
  await page.goto(`http://localhost:${found.server.port}/callback?by-name`);
  expect(squatter.asked.some(({ url }) => url === '/callback?by-name')).toBe(true);
});

test('A page whose name has been led here (DNS rebinding) finds nobody, and learns nothing.', async () => {
  const found = await attempt();
  const { port } = found.server;
  const args = [...LAUNCH.args, '--disable-features=LocalNetworkAccessChecks'];
  await using older = await chromium.launch({ ...LAUNCH, args });
  const page = await older.newPage();
  for (const target of [`/callback?${RIGHT}`, '/callback?state=wrong', '/']) {
    const answer = await page.goto(`http://evil.test:${port}${target}`).catch(() => null);
    if (answer !== null) {
      expect(answer.status()).toBe(421);
      expect(await answer.text()).toBe('');
    }
  }
  // A page of that name may read what it loads from there, because it is the same origin.
  const read = `(async () => {
    const answer = await fetch('/callback?${RIGHT}', { redirect: 'manual' });
    return [answer.status, await answer.text(), [...answer.headers.keys()].sort().join()];
  })()`;
  await page.route(`http://evil.test:${port}/page`, (route) =>
    route.fulfill({ contentType: 'text/html', body: 'rebound' }),
  );
  await page.goto(`http://evil.test:${port}/page`);
  const [status, text, headers] = await page.evaluate<[number, string, string]>(read);
  expect([status, text]).toEqual([421, '']);
  expect(headers).not.toMatch(/location|cookie/);
  expect(found.asked).toEqual([]);
  expect(found.server.turnedAway()).toBeGreaterThanOrEqual(4);
  await page.unrouteAll();
  await expectAlive(found, page);
});

describe('A page of another origin cannot end the sign-in', () => {
  /** `BACK` is where the browser comes back to. */
  const noise: readonly (readonly [string, string, number])[] = [
    ['with a picture', '<img src="BACK?error=access_denied">', 1],
    ['with a script', '<script src="BACK?error=access_denied"></script>', 1],
    ['with a style', '<link rel="stylesheet" href="BACK?error=access_denied">', 1],
    ['in a frame', '<iframe src="BACK?error=access_denied&state=guess"></iframe>', 1],
    ['with an icon', '<link rel="icon" href="BACK?error=access_denied"><img src="BACK/../favicon.ico">', 1],
    ['by fetch', '<script>fetch("BACK?error=a", { mode: "no-cors" })</script>', 1],
    ['by fetch with a header of its own', '<script>fetch("BACK?STATE", { headers: { a: "b" } })</script>', 1],
    [
      'by fetch that posts',
      '<script>fetch("BACK?STATE", { method: "POST", mode: "no-cors", body: "a" })</script>',
      1,
    ],
    ['by HEAD', '<script>fetch("BACK?STATE", { method: "HEAD", mode: "no-cors" })</script>', 1],
    ['with a beacon', '<script>navigator.sendBeacon("BACK?STATE", "a")</script>', 1],
    ['with a socket', '<script>new WebSocket("BACK?STATE".replace("http", "ws"))</script>', 1],
    ['with a stream', '<script>new EventSource("BACK?error=a")</script>', 1],
    [
      'with a form that posts',
      '<iframe name="f"></iframe><form method="post" action="BACK?STATE" target="f"></form><script>document.forms[0].submit()</script>',
      1,
    ],
    [
      'with a form that asks',
      '<iframe name="f"></iframe><form action="BACK" target="f"><input name="error" value="a"></form><script>document.forms[0].submit()</script>',
      1,
    ],
    ['by loading ahead', '<link rel="prefetch" href="BACK?STATE">', 1],
    [
      'by guessing',
      '<script>for (let i = 0; i < 200; i++) fetch("BACK?code=a&state=" + i, { mode: "no-cors" }).catch(() => 0)</script>',
      200,
    ],
  ];
  test.each(noise)('%s.', async (_, html, least) => {
    const found = await attempt();
    const page = await newPage();
    const filled = html.replaceAll('BACK', found.server.redirectUri).replaceAll('STATE', RIGHT);
    const evil = await site((asked) => (asked === '/' ? { html: filled } : null));
    await page.goto(`http://evil.test:${evil.port}/`);
    // It has come, and has had no effect.
    await expect.poll(found.server.turnedAway, { timeout: 30_000 }).toBeGreaterThanOrEqual(least);
    expect(found.taken).toEqual([]);
    await page.goto('about:blank');
    await expectAlive(found, page);
  });

  test('and sees nothing of it: not in a frame, not in a window that it opened.', async () => {
    const found = await attempt();
    const page = await newPage();
    const evil = await site((asked) =>
      asked === '/' ? { html: `<iframe src="${found.server.redirectUri}?state=guess"></iframe>` } : null,
    );
    await page.goto(`http://evil.test:${evil.port}/`);
    await expect.poll(found.server.turnedAway, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    // What may not be framed is an error page of the browser.
    const [, frame] = page.frames();
    await expect.poll(() => frame?.url()).toMatch(/chrome-error|about:blank|evil\.test|other/);
    expect(await frame?.content()).not.toContain(notThis.title);
    const opened = page.waitForEvent('popup');
    await page.evaluate(`window.other = window.open('${found.server.redirectUri}?state=guess')`);
    const popup = await opened;
    await expect.poll(() => popup.title()).toBe(notThis.title);
    // Its opener has been cut off.
    await expect.poll(() => page.evaluate('window.other.closed')).toBe(true);
    expect(await popup.evaluate('window.opener')).toBeNull();
    await expectAlive(found, page);
  });
});

describe('The port is freed, whoever is connected', () => {
  test('when a browser has connected ahead and says nothing.', async () => {
    const found = await attempt();
    const { port } = found.server;
    const page = await newPage();
    const evil = await site(() => ({ html: `<link rel="preconnect" href="http://127.0.0.1:${port}">` }));
    await page.goto(`http://evil.test:${evil.port}/`);
    const silent = await Promise.all(Array.from({ length: 50 }, () => connected(port)));
    const begun = performance.now();
    await found.server.close();
    // A second is promised; the rest is for a busy machine.
    expect(performance.now() - begun).toBeLessThan(3_000);
    await expect(connected(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    for (const socket of silent) socket.destroy();
  });
});

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

test('Thousands that connect, guess and say nothing do not keep the browser out.', async () => {
  const found = await attempt();
  const page = await newPage();
  const crowd = spawn(process.execPath, [
    path.join(import.meta.dirname, '../support/loopback-flood.ts'),
    String(found.server.port),
  ]);
  try {
    let said = '';
    crowd.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await expect.poll(() => said, { timeout: 30_000 }).toContain('ready');
    const { port } = await provider(found);
    await page.goto(`http://login.test:${port}/authorize`, { timeout: 30_000 });
    expect(await page.title()).toBe(done.title);
    expect(found.taken).toEqual([RIGHT]);
    const ended = new Promise((resolve) => crowd.on('close', resolve));
    crowd.stdin.end();
    await ended;
    expect(Number(said.replace('ready', ''))).toBeGreaterThan(6_000);
    expect(found.server.turnedAway()).toBeGreaterThan(1_000);
  } finally {
    crowd.kill('SIGKILL');
  }
});
