/** The loopback in front of a real browser with hostile pages in it, and of a squatter beside it. */
import { chromium } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { CONTRACT_PAGES } from '../../shared/testing/loopback-contract.ts';
import { LAUNCH, loopbackInBrowser } from '../support/loopback-in-browser.ts';
import { RIGHT } from '../support/loopback-visitor.ts';

const { done, notThis } = CONTRACT_PAGES;
const { attempt, expectAlive, newPage, signIn, site } = loopbackInBrowser();

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
