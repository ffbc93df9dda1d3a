import { describe, expect, test } from 'vitest';
import {
  ask,
  attempts,
  come,
  expectAlive,
  RIGHT,
  send,
  statusesOf,
  titleOf,
} from '../../../e2e/support/loopback-visitor.ts';
import type { LandingPage } from '../../../shared/ports/loopback.ts';
import { CONTRACT_PAGES, loopbackContract } from '../../../shared/testing/loopback-contract.ts';
import { loopbackWorks } from '../../../shared/usecases/sign-in/loopback-works.ts';
import { nodeLoopback } from './node-loopback.ts';
import { nodeWeb } from './node-web.ts';

const { done, already } = CONTRACT_PAGES;

describe('As every loopback', () => {
  const cases = loopbackContract(() => ({
    loopback: nodeLoopback(() => false),
    comes: async ({ port, redirectUri }, query) => {
      const { pathname } = new URL(redirectUri);
      try {
        return titleOf((await come(port, `${pathname}?${query}`)).body);
      } catch {
        return null;
      }
    },
  }));
  test.each(cases)('$title', ({ run }) => run());
});

const attempt = attempts();

describe('Only the literal address is ours (DNS rebinding):', () => {
  test.each([
    ['evil.test:PORT'],
    ['evil.test'],
    ['localhost:PORT'],
    ['127.0.0.1'],
    ['127.0.0.1:1'],
    ['127.0.0.1:PORT0'],
    ['127.0.0.1.:PORT'],
    ['127.0.0.1.evil.test:PORT'],
    ['127.1:PORT'],
    ['2130706433:PORT'],
    ['0x7f.0.0.1:PORT'],
    ['127.0.0.2:PORT'],
    ['[::1]:PORT'],
    ['[::ffff:127.0.0.1]:PORT'],
    ['0.0.0.0:PORT'],
    ['user@127.0.0.1:PORT'],
    ['127.0.0.1:PORT, evil.test'],
    ['127.0.0.1:PORT@evil.test'],
    ['evil.test/127.0.0.1:PORT'],
    ['['],
    ['%00'],
    [''],
  ])('not “%s”', async (host) => {
    const found = await attempt();
    const { port } = found.server;
    const name = host.replace('PORT', String(port));
    for (const target of [`/callback?${RIGHT}`, '/callback?state=wrong', '/', '/elsewhere']) {
      const answer = await send(port, `GET ${target} HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
      expect(statusesOf(answer)).toEqual(['421']);
      expect(answer).toMatch(/\r\n\r\n$/);
      expect(answer).not.toMatch(/location|<|done|other|again/i);
    }
    expect(found.asked).toEqual([]);
    expect(found.server.turnedAway()).toBe(4);
    await expectAlive(found);
  });
});

describe('Only that path and that method count:', () => {
  const others: readonly (readonly [string, string, number])[] = [
    ...['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'].map(
      (method) => [method, `/callback?${RIGHT}`, 405] as const,
    ),
    ...[
      '/favicon.ico',
      '/',
      `/?${RIGHT}`,
      `/callback/?${RIGHT}`,
      `/callback/x?${RIGHT}`,
      `/Callback?${RIGHT}`,
      `/callback%20?${RIGHT}`,
      `/%63allback?${RIGHT}`,
      `/callback;x?${RIGHT}`,
      `/callback#?${RIGHT}`,
      `/x/../callback?${RIGHT}`,
      `/./callback?${RIGHT}`,
      '/done/',
      '/done/guess',
      '/other/guess',
      '/.well-known/appspecific/com.chrome.devtools.json',
    ].map((target) => ['GET', target, 404] as const),
    ['GET', `//callback?${RIGHT}`, 400],
    ['GET', '//', 400],
    ['OPTIONS', '*', 400],
    ['POST', '/elsewhere', 404],
  ];
  test.each(others)('%s %s is answered with %i', async (method, target, status) => {
    const found = await attempt();
    const answer = await ask(found.server.port, target, { method });
    expect(answer.status).toBe(status);
    expect(answer.body).toBe('');
    expect(answer.headers.allow).toBe(status === 405 ? 'GET' : undefined);
    expect(answer.headers.connection).toBe('close');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(found.asked).toEqual([]);
    expect(found.server.turnedAway()).toBe(1);
    await expectAlive(found);
  });

  test.each([
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['Purpose', 'prefetch'],
    ['X-Moz', 'prefetch'],
    ['X-Purpose', 'preview'],
  ])('nobody has come back yet when a browser says %s: %s', async (name, value) => {
    const found = await attempt();
    const answer = await ask(found.server.port, `/callback?${RIGHT}`, { headers: { [name]: value } });
    expect(answer).toMatchObject({ status: 503, body: '' });
    expect(found.asked).toEqual([]);
    await expectAlive(found);
  });

  test.each([
    ['an upgrade', 'Connection: Upgrade\r\nUpgrade: websocket\r\n', ''],
    ['HTTP/2 in clear', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: a\r\n', ''],
    ['a body', 'Content-Length: 5\r\n', 'state'],
    ['a body in pieces', 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n'],
  ])('%s comes with no callback', async (_, headers, body) => {
    const found = await attempt();
    const { port } = found.server;
    const answer = await send(
      port,
      `GET /callback?${RIGHT} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}\r\n${body}`,
    );
    expect(statusesOf(answer)).toEqual(['400']);
    expect(found.asked).toEqual([]);
    await expectAlive(found);
  });

  test('Of several requests on one connection the first counts.', async () => {
    const found = await attempt();
    const { port } = found.server;
    const one = (query: string): string =>
      `GET /callback?${query} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const answer = await send(port, one('state=wrong') + one(RIGHT) + one(RIGHT));
    expect(statusesOf(answer)).toEqual(['303']);
    expect(found.asked).toEqual(['state=wrong']);
    expect(found.server.turnedAway()).toBe(3);
    await expectAlive(found);
  });
});

describe('The page', () => {
  const POLICY =
    /^default-src 'none'; style-src 'sha256-[\w+/]+={0,2}'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'$/;

  test('and every other answer forbid the browser all that they do not need.', async () => {
    const { server } = await attempt();
    for (const target of [
      '/callback?state=wrong',
      `/callback?${RIGHT}`,
      `/callback?${RIGHT}`,
      '/favicon.ico',
    ]) {
      const first = await ask(server.port, target);
      const next =
        first.headers.location === undefined ? [] : [await ask(server.port, first.headers.location)];
      for (const { headers } of [first, ...next]) {
        expect(headers['content-security-policy']).toMatch(POLICY);
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          connection: 'close',
        });
        expect(headers['set-cookie']).toBeUndefined();
      }
      expect(JSON.stringify([first, ...next])).not.toContain('made-up-code');
    }
  });

  test('stands behind a redirect to a path that holds nothing of the request.', async () => {
    const { server } = await attempt();
    const places = new Set<string>();
    for (const query of [`state=wrong&error=<script>`, RIGHT, RIGHT]) {
      const first = await ask(server.port, `/callback?${query}`);
      expect(first).toMatchObject({ status: 303, body: '' });
      const location = first.headers.location ?? '';
      expect(location).toMatch(/^\/(?:done|other|again)\/[\w-]{22}$/);
      places.add(location);
    }
    expect(places.size).toBe(3);
    const again = await attempt();
    const other = await ask(again.server.port, '/callback?state=wrong');
    expect(places).not.toContain(other.headers.location);
  });

  test('is the same when it is loaded again, until the end.', async () => {
    const { server, taken } = await attempt();
    const { headers } = await ask(server.port, `/callback?${RIGHT}`);
    const location = headers.location ?? '';
    const pages = [await ask(server.port, location), await ask(server.port, location)];
    expect(pages.map(({ status, body }) => [status, titleOf(body)])).toEqual([
      [200, done.title],
      [200, done.title],
    ]);
    expect(taken).toEqual([RIGHT]);
    await server.close();
    await expect(ask(server.port, location)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('cannot be had before somebody came back, and not with a query of one’s own.', async () => {
    const { server } = await attempt();
    const other = (await ask(server.port, '/callback?state=wrong')).headers.location ?? '';
    const landing = other.replace('/other/', '/done/');
    expect((await ask(server.port, landing)).status).toBe(404);
    expect((await ask(server.port, `${other}?a`)).status).toBe(404);
    await ask(server.port, `/callback?${RIGHT}`);
    expect((await ask(server.port, landing)).status).toBe(200);
    expect((await ask(server.port, landing, { method: 'HEAD' })).status).toBe(405);
  });

  test('shows its sentences as they are written.', async () => {
    const page: LandingPage = {
      title: `<b>"1" & '2'</b>`,
      text: ['<script>x()</script>', '&amp;'],
      went: 'wrong',
    };
    const { server } = await attempt({ onCallback: () => Promise.resolve(page) });
    const { body } = await come(server.port, `/callback?${RIGHT}`);
    expect(body).toContain('<h1>&lt;b&gt;&quot;1&quot; &amp; &#39;2&#39;&lt;/b&gt;</h1>');
    expect(body).toContain('<p>&lt;script&gt;x()&lt;/script&gt;</p>\n<p>&amp;amp;</p>');
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(body).not.toMatch(/<(?:script|a|form|img|link|iframe)\b|https?:|\bon\w+=|\sstyle=/i);
  });

  test.each(['throws', 'rejects'])(
    'is none when what exchanges the code %s; nothing else breaks.',
    async (how) => {
      const { server } = await attempt({
        onCallback: () => {
          if (how === 'throws') throw new Error('Made up.');
          return Promise.reject(new Error('Made up.'));
        },
      });
      expect(await come(server.port, `/callback?${RIGHT}`)).toMatchObject({ status: 500, body: '' });
      expect(titleOf((await come(server.port, `/callback?${RIGHT}`)).body)).toBe(already.title);
    },
  );
});

test('It reaches itself, whatever proxy there is.', async () => {
  const web = nodeWeb({ variables: { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' } });
  expect(await loopbackWorks({ loopback: nodeLoopback(() => false), web })).toBe('works');
});
