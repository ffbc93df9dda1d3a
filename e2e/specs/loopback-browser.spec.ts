/** The loopback in front of a real browser, which comes back from a provider. */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { LandingPage } from '../../shared/ports/loopback.ts';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { LAUNCH, loopbackInBrowser, SECRET, watch } from '../support/loopback-in-browser.ts';
import { RIGHT } from '../support/loopback-visitor.ts';
import { filesBelow } from '../support/made-up-homes.ts';

const { already, done, notThis } = CONTRACT_PAGES;
const { attempt, newPage, provider, signIn } = loopbackInBrowser();
/** Of Chromium’s history: `PAGE_TRANSITION_CHAIN_END`. */
const CHAIN_END = 0x2000_0000;

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
      const page = await newPage({
        colorScheme,
        bypassCSP: true,
        viewport: { width: 320, height: 480 },
      });
      await signIn(page, found, query);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    }
  });
});

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
