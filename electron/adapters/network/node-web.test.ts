import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webContract, type ServerBehaviour } from '../../../shared/testing/web-contract.ts';
import { nodeWeb } from './node-web.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'credence-test-web-'));
const key = path.join(folder, 'key.pem');
const certificate = path.join(folder, 'certificate.pem');
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(() => {
  const alternatives = 'subjectAltName=DNS:api.example.test,DNS:localhost,IP:127.0.0.1';
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ].concat(['-subj', '/CN=made up', '-addext', alternatives, '-keyout', key, '-out', certificate]),
    { stdio: 'ignore' },
  );
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

const tlsFiles = () => ({ key: readFileSync(key), cert: readFileSync(certificate) });
const trusted = () => [readFileSync(certificate, 'utf8')];
const DEADLINE = 5_000;

describe('As every web', () => {
  const cases = webContract(async (behaviour) => {
    let asked = 0;
    const web = nodeWeb({ variables: {} });
    if (behaviour === null) {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      return { web, url: `http://127.0.0.1:${port}`, asked: () => asked };
    }
    const answer: http.RequestListener = (request, response) => {
      asked++;
      behave(behaviour, request, response);
    };
    const secure = 'notTrusted' in behaviour;
    const server = secure ? https.createServer(tlsFiles(), answer) : http.createServer(answer);
    const port = await listen(server);
    return { web, url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, asked: () => asked };
  });
  test.each(cases)('$title', ({ run }) => run());
});

function behave(
  behaviour: ServerBehaviour,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  if ('resets' in behaviour) {
    request.socket.destroy();
    return;
  }
  if ('notTrusted' in behaviour) {
    response.end();
    return;
  }
  const { status, after = 0, location, endless } = behaviour;
  setTimeout(() => {
    response.writeHead(status, location === undefined ? {} : { location });
    if (endless === true) response.write('x'.repeat(100_000));
    else response.end('{}');
  }, after);
}

test('The server sees one request with these headers and those that every request has, and then the end.', async () => {
  const seen: unknown[] = [];
  let closed = false;
  const port = await listen(
    http.createServer((request, response) => {
      seen.push([request.method, request.url, request.rawHeaders]);
      request.socket.on('close', () => (closed = true));
      response.end('{}');
    }),
  );
  const headers = { 'x-api-key': 'made-up', 'user-agent': 'credence/0' };
  const url = `http://127.0.0.1:${port}/base/v1/models`;
  await nodeWeb({ variables: {} }).head({ url, headers, deadline: DEADLINE });
  expect(seen).toEqual([
    [
      'GET',
      '/base/v1/models',
      [
        'host',
        `127.0.0.1:${port}`,
        'connection',
        'close',
        'x-api-key',
        'made-up',
        'user-agent',
        'credence/0',
      ],
    ],
  ]);
  await expect.poll(() => closed).toBe(true);
});

test('Of the machine’s own name only the machine is meant.', async () => {
  const port = await listen(http.createServer((_, response) => response.end()));
  const answer = await nodeWeb({ variables: {} }).head({
    url: `http://localhost:${port}/`,
    headers: {},
    deadline: DEADLINE,
  });
  expect(answer).toEqual({ state: 'answered', status: 200 });
});

test('A certificate for another host is not taken, though its issuer is trusted.', async () => {
  const port = await listen(https.createServer(tlsFiles(), (_, response) => response.end()));
  const web = nodeWeb({ variables: {}, trusted: trusted() });
  const request = { headers: {}, deadline: DEADLINE };
  expect(await web.head({ ...request, url: `https://127.0.0.1:${port}/` })).toEqual({
    state: 'answered',
    status: 200,
  });
  expect(await web.head({ ...request, url: `https://127.0.0.2:${port}/` })).toEqual({
    state: 'no-connection',
  });
  const elsewhere = await listen(
    https.createServer(tlsFiles(), (_, response) => response.end()),
    '127.0.0.2',
  );
  expect(await web.head({ ...request, url: `https://127.0.0.2:${elsewhere}/` })).toEqual({
    state: 'not-trusted',
  });
});

test.each(['connects and says nothing', 'speaks no TLS', 'answers with no HTTP'])(
  'The deadline goes for everything: a server that %s.',
  async (what) => {
    const port = await listen(
      createServer((socket) => {
        if (what === 'answers with no HTTP') socket.end('SSH-2.0-x\r\n\r\n');
        if (what === 'speaks no TLS') socket.resume();
      }),
    );
    const scheme = what === 'speaks no TLS' ? 'https' : 'http';
    const start = performance.now();
    const url = `${scheme}://127.0.0.1:${port}/`;
    const answer = await nodeWeb({ variables: {} }).head({ url, headers: {}, deadline: 400 });
    expect(answer.state).toBe(what === 'answers with no HTTP' ? 'no-connection' : 'timed-out');
    expect(performance.now() - start).toBeLessThan(3_000);
  },
);

test('A header that cannot be sent is no connection, and its value is not told.', async () => {
  const port = await listen(http.createServer((_, response) => response.end()));
  const url = `http://127.0.0.1:${port}/`;
  const answer = await nodeWeb({ variables: {} }).head({
    url,
    headers: { 'x-api-key': 'a\nb' },
    deadline: DEADLINE,
  });
  expect(answer).toEqual({ state: 'no-connection' });
});

// ── Proxies ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

interface CountingProxy {
  readonly url: string;
  readonly seen: readonly string[];
}

/** Leads every name to this machine. */
async function startProxy(to: number): Promise<CountingProxy> {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(500).end();
  });
  server.on('connect', (request: http.IncomingMessage, socket: Socket) => {
    seen.push(
      `CONNECT ${request.url ?? ''} ${request.headers['x-api-key'] === undefined ? '' : 'with the key'}`.trim(),
    );
    const upstream = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => undefined);
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, seen };
}

describe('The user’s proxy', () => {
  const head = (url: string, variables: Readonly<Record<string, string>>) =>
    nodeWeb({ variables, trusted: trusted() }).head({
      url,
      headers: { 'x-api-key': 'made-up' },
      deadline: DEADLINE,
    });

  test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'is asked to connect, and does not see what is sent: %s',
    async (name) => {
      let got: unknown = null;
      const port = await listen(
        https.createServer(tlsFiles(), (request, response) => {
          got = request.headers['x-api-key'];
          response.writeHead(401).end();
        }),
      );
      const proxy = await startProxy(port);
      const answer = await head('https://api.example.test/v1/models', { [name]: proxy.url });
      expect(answer).toEqual({ state: 'answered', status: 401 });
      expect(proxy.seen).toEqual(['CONNECT api.example.test:443']);
      expect(got).toBe('made-up');
    },
  );

  test('is passed over where the user says so.', async () => {
    const port = await listen(https.createServer(tlsFiles(), (_, response) => response.end()));
    const proxy = await startProxy(port);
    const answer = await head(`https://127.0.0.1:${port}/`, {
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1',
    });
    expect(answer).toEqual({ state: 'answered', status: 200 });
    expect(proxy.seen).toEqual([]);
  });

  test('does not get what goes over this machine in clear.', async () => {
    const port = await listen(http.createServer((_, response) => response.end()));
    const proxy = await startProxy(port);
    const answer = await head(`http://127.0.0.1:${port}/`, { HTTP_PROXY: proxy.url, http_proxy: proxy.url });
    expect(answer).toEqual({ state: 'answered', status: 200 });
    expect(proxy.seen).toEqual([]);
  });

  test.each(['http://127.0.0.1:1', 'not a URL', 'socks5://127.0.0.1:1'])(
    'that is no use is no connection: %s',
    async (proxy) => {
      expect(await head('https://api.example.test/', { HTTPS_PROXY: proxy })).toEqual({
        state: 'no-connection',
      });
    },
  );

  test('cannot make a certificate trusted.', async () => {
    const port = await listen(https.createServer(tlsFiles(), (_, response) => response.end()));
    const proxy = await startProxy(port);
    const answer = await nodeWeb({ variables: { HTTPS_PROXY: proxy.url } }).head({
      url: 'https://api.example.test/',
      headers: {},
      deadline: DEADLINE,
    });
    expect(answer).toEqual({ state: 'not-trusted' });
  });

  test('of this process does not count; only what is given does.', async () => {
    const port = await listen(https.createServer(tlsFiles(), (_, response) => response.end()));
    const proxy = await startProxy(port);
    const before = process.env['HTTPS_PROXY'];
    process.env['HTTPS_PROXY'] = proxy.url;
    try {
      expect(await head(`https://127.0.0.1:${port}/`, {})).toEqual({ state: 'answered', status: 200 });
    } finally {
      if (before === undefined) Reflect.deleteProperty(process.env, 'HTTPS_PROXY');
      else process.env['HTTPS_PROXY'] = before;
    }
    expect(proxy.seen).toEqual([]);
  });
});

test('What Node trusts beside that is trusted.', () => {
  const script = `
    import { nodeWeb } from ${JSON.stringify(path.join(import.meta.dirname, 'node-web.ts'))};
    import { createServer } from 'node:https';
    import { readFileSync } from 'node:fs';
    const server = createServer({ key: readFileSync(process.argv[2]), cert: readFileSync(process.argv[3]) }, (_, r) => r.end());
    server.listen(0, '127.0.0.1', async () => {
      const url = 'https://127.0.0.1:' + server.address().port + '/';
      console.log(JSON.stringify(await nodeWeb({ variables: {} }).head({ url, headers: {}, deadline: 5000 })));
      process.exit();
    });`;
  const file = path.join(folder, 'trust.mjs');
  writeFileSync(file, script);
  const run = (more: Readonly<Record<string, string>>): string =>
    execFileSync(process.execPath, [file, key, certificate], {
      env: { PATH: '/usr/bin:/bin', ...more },
      encoding: 'utf8',
    }).trim();
  expect(run({ NODE_EXTRA_CA_CERTS: certificate })).toBe('{"state":"answered","status":200}');
  expect(run({})).toBe('{"state":"not-trusted"}');
});
