import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { API_KEY, HELPER, KEY, OAUTH, TOKEN, worldOf, type Given } from '../../shared/testing/given.ts';
import { schemaValidator } from '../schema/published-schemas.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { layJsonWorld, type LaidWorld } from './lay-json-world.ts';

let base = '';
let credence: BuiltCommand;
let worlds = 0;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-live-')));
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

interface Seen {
  readonly line: string;
  readonly headers: readonly string[];
}

interface LocalServer {
  readonly url: string;
  readonly seen: readonly Seen[];
}

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LocalServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.rawHeaders });
    answer(request, response);
  });
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const says =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, headers).end('{"type":"error"}');
  };

const lay = (given: Given): LaidWorld =>
  layJsonWorld(
    { ...worldOf(given), name: 'made up', says: { outcome: 'sends' } },
    path.join(base, `world-${++worlds}`),
  );

const closed = schemaValidator({ undocumented: false });

async function live(world: LaidWorld, words: readonly string[] = []) {
  const { stdout, stderr, exitCode } = await credence.ask(['check', '--live', '--json', ...words], world);
  expect(stderr).toBe('');
  expect(stdout).not.toContain(API_KEY);
  const said = JSON.parse(stdout) as {
    readonly live: Readonly<Record<string, unknown>>;
    readonly met: boolean;
  };
  expect(closed('check', said)).toEqual([]);
  const { checkedAt, ...rest } = said.live;
  expect(Math.abs(Date.parse(String(checkedAt)) - Date.now())).toBeLessThan(60_000);
  return { live: rest, met: said.met, exitCode };
}

const shellKey = (url: string, more: Given = {}): Given => ({
  ...more,
  shell: { ...KEY, ANTHROPIC_BASE_URL: url, ...more.shell },
});

describe.runIf(onLinux)('A live check', () => {
  test.each([
    [200, 'accepted', null, 0],
    [401, 'stale', null, 1],
    [400, 'cannot-tell', 'other-answer', 3],
    [403, 'cannot-tell', 'other-answer', 3],
    [404, 'cannot-tell', 'other-answer', 3],
    [429, 'cannot-tell', 'other-answer', 3],
    [500, 'cannot-tell', 'other-answer', 3],
    [529, 'cannot-tell', 'other-answer', 3],
    [301, 'cannot-tell', 'other-answer', 3],
    [307, 'cannot-tell', 'other-answer', 3],
  ] as const)('takes %i for %s (%s), and ends with %i.', async (status, state, why, code) => {
    const elsewhere = await serve(says(200));
    const server = await serve(
      says(status, status < 400 && status > 299 ? { location: `${elsewhere.url}/v1/models` } : {}),
    );
    expect(await live(lay(shellKey(server.url)))).toEqual({
      live: { state, why, status },
      met: state === 'accepted',
      exitCode: code,
    });
    expect(server.seen).toHaveLength(1);
    expect(elsewhere.seen).toEqual([]);
  });

  test('is one request with the key, the version of the interface, and a name.', async () => {
    const server = await serve(says(200));
    await live(lay(shellKey(`${server.url}/gateway/`)));
    expect(server.seen).toEqual([
      {
        line: 'GET /gateway/v1/models',
        headers: [
          'host',
          server.url.slice('http://'.length),
          'connection',
          'close',
          'x-api-key',
          API_KEY,
          'anthropic-version',
          '2023-06-01',
          'user-agent',
          expect.stringMatching(/^credence\/\d+\.\d+\.\d+$/),
        ],
      },
    ]);
  });

  test('cannot tell without an answer in five seconds.', async () => {
    const server = await serve(() => undefined);
    const start = performance.now();
    expect(await live(lay(shellKey(server.url)))).toMatchObject({
      live: { state: 'cannot-tell', why: 'timed-out', status: null },
      exitCode: 3,
    });
    expect(performance.now() - start).toBeGreaterThan(4_900);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test('cannot tell where nobody listens, or the connection breaks.', async () => {
    const server = await serve((request) => request.socket.destroy());
    const broken = { live: { state: 'cannot-tell', why: 'no-connection', status: null }, exitCode: 3 };
    expect(await live(lay(shellKey(server.url)))).toMatchObject(broken);
    expect(server.seen).toHaveLength(1);
    const gone = servers.pop();
    await new Promise((resolve) => gone?.close(resolve));
    expect(await live(lay(shellKey(server.url)))).toMatchObject(broken);
  });

  test.each([
    ['http://192.0.2.1', 'bad-address'],
    ['http://user:password@127.0.0.1', 'bad-address'],
    ['http://127.0.0.1/?a=b', 'bad-address'],
  ])('does not send the key to %s.', async (url, why) => {
    expect(await live(lay(shellKey(url)))).toMatchObject({
      live: { state: 'cannot-tell', why },
      exitCode: 3,
    });
  });

  test('takes key and address from the user’s own settings, too.', async () => {
    const server = await serve(says(401));
    const world = lay({
      user: { ...KEY, ANTHROPIC_BASE_URL: server.url },
      shell: { ANTHROPIC_API_KEY: 'another' },
    });
    expect(await live(world)).toMatchObject({ live: { state: 'stale' }, exitCode: 1 });
    expect(server.seen[0]?.headers).toContain(API_KEY);
    const fromClaudeJson = lay({ claudeJson: { ...KEY, ANTHROPIC_BASE_URL: server.url } });
    expect(await live(fromClaudeJson)).toMatchObject({ live: { state: 'stale' } });
  });

  test.each<[string, (url: string) => Given]>([
    ['a key of the folder', (url) => ({ project: KEY, shell: { ANTHROPIC_BASE_URL: url } })],
    ['a key of the folder’s local settings', (url) => ({ local: KEY, shell: { ANTHROPIC_BASE_URL: url } })],
    ['an address of the folder', (url) => ({ shell: KEY, project: { ANTHROPIC_BASE_URL: url } })],
    ['an address of its local settings', (url) => ({ shell: KEY, local: { ANTHROPIC_BASE_URL: url } })],
    ['both', (url) => ({ project: { ...KEY, ANTHROPIC_BASE_URL: url } })],
  ])('sends nothing for %s.', async (_, given) => {
    const server = await serve(says(200));
    expect(await live(lay(given(server.url)))).toMatchObject({
      live: { state: 'cannot-tell', why: 'from-project', status: null },
      exitCode: 3,
    });
    expect(server.seen).toEqual([]);
  });

  test.each<[string, Given]>([
    ['a login', { login: true }],
    ['an OAuth token', { shell: OAUTH }],
    ['a gateway’s token', { shell: TOKEN }],
    ['what a helper prints', { helper: HELPER }],
    ['a Console key', { consoleKey: true }],
    ['nothing', {}],
  ])('sends nothing for %s.', async (_, given) => {
    const server = await serve(says(200));
    const world = lay({ ...given, shell: { ...given.shell, ANTHROPIC_BASE_URL: server.url } });
    expect(await live(world, ['--run-helper'])).toMatchObject({
      live: { state: 'cannot-tell', why: 'no-api-key', status: null },
      exitCode: 3,
    });
    expect(server.seen).toEqual([]);
  });

  test('An expectation that is not met weighs more than what cannot be told, and a check without it asks nobody.', async () => {
    const server = await serve(says(500));
    const world = lay(shellKey(server.url));
    expect(await live(world, ['--expect', 'claude-login'])).toMatchObject({ met: false, exitCode: 1 });
    expect(server.seen).toHaveLength(1);
    const { stdout } = await credence.ask(['check', '--json', '--expect', 'api-key'], world);
    expect(JSON.parse(stdout)).toMatchObject({ live: null, met: true });
    for (const command of ['status', 'explain', 'matrix', 'doctor'])
      await credence.ask([command, '--json'], world);
    expect(server.seen).toHaveLength(1);
  });

  test('In words it is one line.', async () => {
    const server = await serve(says(401));
    const { stdout, stderr } = await credence.ask(['check', '--live'], lay(shellKey(server.url)));
    expect(stdout).toContain('✕ not met  live: the server refuses the API key\n');
    expect(stdout + stderr).not.toContain(API_KEY);
  });

  test.runIf(existsSync('/usr/bin/strace'))('The key goes to the server and nowhere else.', async () => {
    const server = await serve(says(401));
    const world = lay(shellKey(server.url));
    const trace = path.join(base, 'trace');
    const words = [
      '-f',
      '-y',
      '-s',
      '65535',
      '-o',
      trace,
      'node',
      credence.file,
      'check',
      '--live',
      '--json',
    ];
    const status = await new Promise((resolve) => {
      spawn('/usr/bin/strace', words, {
        cwd: world.folder,
        env: { PATH: credence.searchPath, ...world.variables },
        stdio: 'ignore',
      }).on('exit', resolve);
    });
    expect(status).toBe(1);
    const lines = readFileSync(trace, 'utf8').split('\n');
    const withKey = lines.filter((line) => line.includes(API_KEY));
    expect(withKey.length).toBeGreaterThan(0);
    for (const line of withKey)
      expect(line).toMatch(/^\d+ +(?:write|writev|sendto|sendmsg)\(\d+<(?:TCP|socket):/);
    expect(lines.filter((line) => line.includes('execve(')).join('\n')).not.toContain(API_KEY);
  });
});
