import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ask,
  attempts,
  expectAlive,
  RIGHT,
  send,
  statusesOf,
  type Attempt,
} from '../../../e2e/support/loopback-visitor.ts';

const attempt = attempts();

/** `HOST` stands for the header that a browser would send. */
const filledIn = (bytes: string, { server }: Attempt): Buffer =>
  Buffer.from(bytes.replaceAll('HOST', `Host: 127.0.0.1:${server.port}`), 'utf8');

const GET = `GET /callback?${RIGHT} HTTP/1.1`;

describe('No bytes get further than to a refusal:', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['a host that is none', `${GET}\r\nHost: [\r\n\r\n`, ['421']],
    ['no host', `${GET}\r\n\r\n`, ['400']],
    ['no host, as it once was', `GET /callback?${RIGHT} HTTP/1.0\r\n\r\n`, ['421']],
    ['two hosts', `${GET}\r\nHOST\r\nHost: evil.test\r\n\r\n`, ['400']],
    ['two hosts, ours last', `${GET}\r\nHost: evil.test\r\nHOST\r\n\r\n`, ['400']],
    ['the same host twice', `${GET}\r\nHOST\r\nHOST\r\n\r\n`, ['400']],
    ['two hosts in one', `${GET}\r\nHOST\r\n evil.test\r\n\r\n`, ['400']],
    ['a host with a tab', `${GET}\r\nHOST\t.\r\n\r\n`, ['421']],
    ['a NUL in the host', `${GET}\r\nHOST\0\r\n\r\n`, ['400']],
    ['an address for a target', `GET http://HOST/callback?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a foreign address', `GET http://evil.test/callback?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a target of two slashes', `GET // HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a target of three', `GET ///callback?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a backslash', `GET \\callback?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['no target', `GET  HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a bad escape in the path', `GET /callback%?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['404']],
    ['a line break in the target', `GET /callback?a\r\nb HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['an emoji in the path', `GET /🐙?${RIGHT} HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['an emoji in a header', `${GET}\r\nHost: 🐙\r\n\r\n`, ['421']],
    ['HTTP/0.9', `GET /callback?${RIGHT}\r\n\r\n`, ['421']],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', ['400']],
    ['HTTP/9.9', `GET /callback?${RIGHT} HTTP/9.9\r\nHOST\r\n\r\n`, ['400']],
    ['TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', ['400']],
    ['SSH', 'SSH-2.0-OpenSSH_9.2p1\r\n', ['400']],
    ['a method that is none', `GE\0T / HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a method that nobody has', `BREW /callback HTTP/1.1\r\nHOST\r\n\r\n`, ['400']],
    ['a header without a name', `${GET}\r\nHOST\r\n: a\r\n\r\n`, ['400']],
    ['a header over two lines', `${GET}\r\nHOST\r\nA: b\r\n c\r\n\r\n`, ['400']],
    ['lines that end in LF', `GET /callback HTTP/1.1\nHOST\n\n`, ['400']],
    ['lengths that differ', `${GET}\r\nHOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`, ['400']],
    ['a negative length', `${GET}\r\nHOST\r\nContent-Length: -1\r\n\r\n`, ['400']],
    [
      'a length and pieces',
      `${GET}\r\nHOST\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      ['400'],
    ],
    ['an endless body', `${GET}\r\nHOST\r\nContent-Length: 99999999999\r\n\r\n`, ['400']],
    ['a tunnel', `CONNECT evil.test:443 HTTP/1.1\r\nHOST\r\n\r\n`, []],
    ['a tunnel to us', `CONNECT 127.0.0.1:80 HTTP/1.1\r\nHOST\r\n\r\n`, []],
    ['an expectation', `${GET}\r\nHost: [\r\nExpect: 100-continue\r\n\r\n`, ['100', '421']],
    ['a strange expectation', `${GET}\r\nHOST\r\nExpect: the-unexpected\r\n\r\n`, ['417']],
    ['200 headers', `${GET}\r\nHOST\r\n${'a: b\r\n'.repeat(200)}\r\n`, ['431']],
    ['5,000 headers', `${GET}\r\nHOST\r\n${'a: b\r\n'.repeat(5_000)}\r\n`, ['431']],
    ['one large header', `${GET}\r\nHOST\r\nCookie: ${'a'.repeat(64 * 1024)}\r\n\r\n`, ['431']],
    ['a query of 64 KB', `GET /callback?${'a'.repeat(64 * 1024)} HTTP/1.1\r\nHOST\r\n\r\n`, ['431']],
    ['a megabyte', 'a'.repeat(1024 * 1024), ['400']],
  ])('%s', async (_, bytes, statuses) => {
    const found = await attempt();
    const answer = await send(found.server.port, filledIn(bytes, found));
    // A reset on the heels of an answer may have swallowed it, where there was more to read than was read.
    const told = statusesOf(answer);
    if (bytes.length < 65_536 || told.length > 0) expect(told).toEqual(statuses);
    expect(answer).not.toMatch(/made-up|done\/|<html/);
    expect(found.asked).toEqual([]);
    await expectAlive(found);
  });

  test.each<readonly [string, string]>([
    ['a bad escape', 'error=access_denied&error_description=%&state=%zz'],
    ['CR LF for a header', 'state=%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a<script>'],
    ['half a character', 'state=%C3&code=%F0%9F'],
    ['a script', 'error_description=<script>alert(1)</script>'],
    ['bytes of UTF-8', 'state=🐙'],
    ['60 KB', 'a'.repeat(60 * 1024)],
    ['question marks', '???'],
    ['nothing', ''],
  ])('%s in a query', async (_, query) => {
    const found = await attempt();
    const answer = await send(
      found.server.port,
      filledIn(`GET /callback?${query} HTTP/1.1\r\nHOST\r\n\r\n`, found),
    );
    expect(statusesOf(answer)).toHaveLength(1);
    expect(['303', '400']).toContain(statusesOf(answer)[0]);
    expect(answer).not.toMatch(/set-cookie|script/i);
    await expectAlive(found);
  });

  test('Whatever is sent, in whatever pieces: nothing escapes, and the attempt lives.', async () => {
    const found = await attempt();
    const word = fc.constantFrom(
      'GET ', 'POST ', '/callback', '?', 'state=', 'right', '//', '*', ' HTTP/1.1', ' HTTP/1.0', '\r\n', '\n', '\r\n\r\n',
      'HOST', 'Host: [', ':', 'Content-Length: 3', 'Transfer-Encoding: chunked', 'Upgrade: a', 'Connection: upgrade',
      'Expect: 100-continue', '%', '%00', '\0', '🐙', ' ', '\t', 'CONNECT ', '[', '\\', '#',
    ); // prettier-ignore
    const bytes = fc.oneof(
      fc.array(word, { maxLength: 24 }).map((words) => filledIn(words.join(''), found)),
      fc
        .array(word, { maxLength: 8 })
        .map((words) => filledIn(`GET /callback${words.join('')} HTTP/1.1\r\nHOST\r\n\r\n`, found)),
      fc
        .array(word, { maxLength: 8 })
        .map((words) => filledIn(`${GET}\r\nHost: ${words.join('')}\r\n\r\n`, found)),
      fc.uint8Array({ maxLength: 256 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 8, maxLength: 8 }), async (requests) => {
        await Promise.all(requests.map((one) => send(found.server.port, one, { ends: true })));
        expect((await ask(found.server.port, '/favicon.ico')).status).toBe(404);
      }),
    );
    expect(found.taken).toEqual([]);
    await expectAlive(found);
  });
});
