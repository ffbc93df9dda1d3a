import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { LoopbackRequest } from '../../shared/ports/loopback.ts';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { findChromium } from '../host/chromium/find-chromium.mjs';
import { attempts, RIGHT, type Attempt } from './loopback-visitor.ts';
import { madeUpSite, type Answers, type MadeUpSite } from './made-up-site.ts';

/** What is secret in the right answer. */
export const SECRET = 'made-up-code';

export const LAUNCH = {
  executablePath: findChromium(process.env) ?? 'chromium-that-is-not-there',
  args: [
    // Its sandbox wants privileges that containers and root have not; what is shown is only ours.
    '--no-sandbox',
    '--disable-dev-shm-usage',
    // A name of a stranger that leads here, as after DNS rebinding.
    '--host-resolver-rules=MAP evil.test 127.0.0.1,MAP login.test 127.0.0.1',
  ],
};

/** Attempts, sites and pages of one test file; whatever a test opens is closed after it. */
export interface LoopbackInBrowser {
  readonly attempt: (own?: Partial<LoopbackRequest>) => Promise<Attempt>;
  readonly site: (answers: Answers, host?: string, port?: number) => Promise<MadeUpSite>;
  /** In a context of its own. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Where a person has signed in: it sends the browser back with this query. */
  readonly provider: (attempt: Attempt, query?: string) => Promise<MadeUpSite>;
  /** Goes there with this page. */
  readonly signIn: (page: Page, attempt: Attempt, query?: string) => Promise<void>;
  /** The attempt has lost nothing: the right answer is still taken. */
  readonly expectAlive: (attempt: Attempt, page: Page) => Promise<void>;
}

export function loopbackInBrowser(): LoopbackInBrowser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await chromium.launch(LAUNCH);
  });
  afterAll(() => browser?.close());
  const attempt = attempts();
  const sites: MadeUpSite[] = [];
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await Promise.all(sites.splice(0).map((site) => site.end()));
  });
  const site: LoopbackInBrowser['site'] = async (answers, host, port) => {
    const made = await madeUpSite(answers, host, port);
    sites.push(made);
    return made;
  };
  const provider: LoopbackInBrowser['provider'] = ({ server }, query = RIGHT) =>
    site((path) => (path === '/authorize' ? { to: `${server.redirectUri}?${query}` } : null));
  const signIn: LoopbackInBrowser['signIn'] = async (page, found, query) => {
    const { port } = await provider(found, query);
    await page.goto(`http://login.test:${port}/authorize`);
  };
  return {
    attempt,
    site,
    newPage: async (options) => {
      if (browser === null) throw new Error('There is no browser before the tests begin.');
      const context = await browser.newContext(options);
      contexts.push(context);
      return context.newPage();
    },
    provider,
    signIn,
    expectAlive: async (found, page) => {
      expect(found.taken).toEqual([]);
      await signIn(page, found);
      expect(await page.title()).toBe(CONTRACT_PAGES.done.title);
      expect(found.taken).toEqual([RIGHT]);
    },
  };
}

/** What a page wants of anybody, and what it says of its policy. */
export function watch(page: Page): {
  readonly hosts: ReadonlySet<string>;
  readonly trouble: readonly string[];
} {
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
