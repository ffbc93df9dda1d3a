import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectToBus } from '../../electron/adapters/keyring/dbus/session-bus.ts';
import { keyringOfSystem } from '../../electron/adapters/keyring/keyring-of-system.ts';
import { nodeKeyringProcess } from '../../electron/adapters/keyring/start-keyring-process.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';
import { keyringContract } from '../../shared/testing/keyring-contract.ts';
import { preferKeyring } from '../../shared/usecases/keyring-services/prefer-keyring.ts';
import { moveToKeyring } from '../../shared/usecases/keyring-services/move-to-keyring.ts';
import { insecureFileKeyring } from '../../electron/adapters/keyring/insecure-file-keyring.ts';
import { LOGIN_COLLECTION, madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const PROCESS = path.join(ROOT, 'out/cli/keyring-process.cjs');
const MARK = 'made-up-7Qx2-secret';
const KEY = `sk-ant-api03-${MARK}`;
const ITEM = { service: 'Credence', account: 'key:ANTHROPIC_API_KEY' };
/** Milliseconds: the adapter’s, and patience with a machine that has other work too. */
const DEADLINE = 5_000;
const PATIENCE = 3_000;

let base = '';
let credence: BuiltCommand;

beforeAll(() => {
  // Sockets have a limit of 108 bytes.
  base = realpathSync(mkdtempSync('/tmp/credence-k-'));
  expect(existsSync(PROCESS), 'build it first with “npm run build”').toBe(true);
  credence = builtCommand(base);
  // As a package manager lays it.
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(base, 'lib', 'node_modules'));
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

function keyringIn(variables: Readonly<Record<string, string | undefined>>): Keyring {
  return keyringOfSystem({
    environment: { platform: 'linux', variables, userId: process.getuid?.() ?? 0 },
    keychain: null,
    folder: null,
    start: nodeKeyringProcess(PROCESS),
  });
}

interface Timed<Answer> {
  readonly answer: Answer;
  /** Milliseconds. */
  readonly took: number;
  /** How often a timer of 10 ms went off meanwhile. */
  readonly ticks: number;
}

async function timed<Answer>(run: () => Promise<Answer>): Promise<Timed<Answer>> {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 10);
  const started = performance.now();
  const answer = await run();
  const took = performance.now() - started;
  clearInterval(timer);
  return { answer, took, ticks };
}

describe.runIf(onLinux)('With gnome-keyring', () => {
  let session: MadeUpSession;
  let daemon: ChildProcess;
  let keyring: Keyring;

  beforeEach(async () => {
    session = await madeUpSession(base);
    daemon = await session.startKeyring();
    keyring = keyringIn(session.variables);
  });

  afterEach(async () => {
    await session.end();
  });

  test('It holds to the contract.', async () => {
    for (const { title, run } of keyringContract(() => keyring)) {
      await run()?.catch((error: unknown) => {
        throw new Error(title, { cause: error });
      });
    }
    expect(session.prompts()).toBe(0);
  });

  test('What is stored is found, also by another process after the daemon has been started again.', async () => {
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'stored' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    expect(await keyring.get({ ...ITEM, account: 'key:NONE' })).toEqual({ state: 'absent' });
    daemon.kill('SIGTERM');
    await new Promise((resolve) => daemon.once('close', resolve));
    await session.startKeyring();
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'removed' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'absent' });
  });

  test('A locked one is told as locked, for what is there and for what is not, and nobody is asked.', async () => {
    await keyring.set(ITEM, KEY);
    await session.lock();
    expect(await keyring.get(ITEM)).toEqual({ state: 'locked' });
    expect(await keyring.get({ ...ITEM, account: 'key:NONE' })).toEqual({ state: 'locked' });
    expect(await keyring.set(ITEM, 'other')).toEqual({ state: 'locked' });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'locked' });
    expect(session.prompts()).toBe(0);
  });

  test('The counter of prompts counts: the package alone does ask.', async () => {
    await keyring.set(ITEM, KEY);
    await session.lock();
    const { state } = await nodeKeyringProcess(PROCESS)(
      { operation: 'get', ...ITEM },
      session.variables,
    ).reply.then((reply) => reply ?? { state: 'none' });
    expect(state).toBe('locked');
    expect(session.prompts()).toBe(1);
  });

  test('A frozen one holds nobody up for longer than the deadline, and timers go on.', async () => {
    await keyring.set(ITEM, KEY);
    daemon.kill('SIGSTOP');
    try {
      const [get, set] = await Promise.all([
        timed(() => keyring.get(ITEM)),
        timed(() => keyring.set(ITEM, 'other')),
      ]);
      for (const { answer, took, ticks } of [get, set]) {
        expect(answer).toEqual({ state: 'unreachable' });
        expect(took).toBeLessThan(DEADLINE + PATIENCE);
        expect(ticks).toBeGreaterThan(100);
      }
    } finally {
      daemon.kill('SIGCONT');
    }
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });

  test('One that freezes between the look and the question is ended with its process.', async () => {
    await keyring.set(ITEM, KEY);
    const start = nodeKeyringProcess(PROCESS);
    const system = {
      platform: 'linux',
      variables: session.variables,
      userId: process.getuid?.() ?? 0,
    } as const;
    const freezing = keyringOfSystem({
      environment: system,
      keychain: null,
      folder: null,
      start: (request, variables) => {
        daemon.kill('SIGSTOP');
        return start(request, variables);
      },
    });
    const asked = await timed(() => freezing.get(ITEM));
    daemon.kill('SIGCONT');
    expect(asked.answer).toEqual({ state: 'unreachable' });
    expect(asked.took).toBeLessThan(DEADLINE + PATIENCE);
    expect(asked.ticks).toBeGreaterThan(50);
  });

  test('A killed one is started again by the bus, locked; what was stored is not absent.', async () => {
    await keyring.set(ITEM, KEY);
    daemon.kill('SIGKILL');
    await new Promise((resolve) => daemon.once('close', resolve));
    expect(await keyring.get(ITEM)).toEqual({ state: 'locked' });
    expect(session.prompts()).toBe(0);
  });

  test('Two items of one name are ambiguous, and neither is read, changed or removed.', async () => {
    await keyring.set(ITEM, KEY);
    await addTwin(session);
    expect(await keyring.get(ITEM)).toEqual({ state: 'ambiguous' });
    expect(await keyring.set(ITEM, 'other')).toEqual({ state: 'ambiguous' });
    expect(await keyring.remove(ITEM)).toEqual({ state: 'ambiguous' });
  });

  test('What another program has put under the name is damaged, and can be replaced.', async () => {
    await addTwin(session);
    expect(await keyring.get(ITEM)).toEqual({ state: 'damaged' });
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'stored' });
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });

  test('Where new items would be forgotten by a logout, nothing is stored.', async () => {
    await alias(session, '/org/freedesktop/secrets/collection/session');
    expect(await keyring.set(ITEM, KEY)).toEqual({ state: 'unreachable' });
    await alias(session, LOGIN_COLLECTION);
    expect(await keyring.get(ITEM)).toEqual({ state: 'absent' });
  });

  test('What was kept in clear moves here, and is gone from the file after that only.', async () => {
    const insecure = insecureFileKeyring(path.join(session.home, 'insecure'));
    const without = preferKeyring(keyringIn({ HOME: session.home }), insecure);
    expect(await without.set(ITEM, KEY)).toEqual({ state: 'stored' });
    await session.lock();
    expect(await moveToKeyring(insecure, keyring)).toEqual({ moved: [], left: [ITEM] });
    expect(await without.get(ITEM)).toEqual({ state: 'found', secret: KEY });
    await session.startKeyring();
    expect(await moveToKeyring(insecure, keyring)).toEqual({ moved: [ITEM], left: [] });
    expect(insecure.items()).toEqual([]);
    expect(await keyring.get(ITEM)).toEqual({ state: 'found', secret: KEY });
  });

  describe('credence secret', () => {
    const ask = (args: readonly string[], variables: Readonly<Record<string, string>> = session.variables) =>
      credence.ask(['secret', ...args], { folder: session.home, variables });

    test('It prints the key in one line and nothing else.', async () => {
      await keyring.set(ITEM, KEY);
      const run = await ask(['ANTHROPIC_API_KEY']);
      expect(run).toMatchObject({ stdout: `${KEY}\n`, stderr: '', exitCode: 0 });
    });

    test.each([
      [[], false],
      [['--show'], true],
    ])('In a terminal, with %j, it is shown: %s.', async (more, shown) => {
      await keyring.set(ITEM, KEY);
      const command = ['node', credence.file, 'secret', 'ANTHROPIC_API_KEY', ...more].join(' ');
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        env: { ...session.variables, PATH: credence.searchPath },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      const exitCode = await new Promise((resolve) => child.once('close', resolve));
      if (shown) expect(printed.trim()).toBe(KEY);
      else expect(printed).not.toContain(MARK);
      expect(exitCode).toBe(shown ? 0 : 4);
    });

    test('Twenty at once all get it.', async () => {
      await keyring.set(ITEM, KEY);
      const runs = await Promise.all(Array.from({ length: 20 }, () => ask(['ANTHROPIC_API_KEY'])));
      for (const run of runs) expect(run).toMatchObject({ stdout: `${KEY}\n`, exitCode: 0 });
    });

    test('Nothing secret is in any argument, and no program is started beside Node.', async () => {
      const trace = path.join(session.home, 'trace');
      await keyring.set(ITEM, KEY);
      const child = spawn(
        'strace',
        [
          '-f',
          '-e',
          'trace=execve',
          '-s',
          '65535',
          '-v',
          '-o',
          trace,
          'node',
          credence.file,
          'secret',
          'ANTHROPIC_API_KEY',
        ],
        { env: { ...session.variables, PATH: credence.searchPath }, stdio: ['ignore', 'pipe', 'ignore'] },
      );
      let printed = '';
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await new Promise((resolve) => child.once('close', resolve));
      expect(printed).toBe(`${KEY}\n`);
      const calls = readFileSync(trace, 'utf8');
      expect(calls.match(/execve\(/g)?.length).toBeGreaterThanOrEqual(2);
      expect(calls).not.toContain(MARK);
      expect(calls).not.toContain(Buffer.from(MARK).toString('base64url').slice(2, -2));
    });

    test.each([
      ['locked', 'The keychain is locked'],
      ['absent', 'The keychain holds no ANTHROPIC_API_KEY'],
    ])('A keychain that is %s is told on standard error, with exit code 3.', async (state, words) => {
      if (state === 'locked') {
        await keyring.set(ITEM, KEY);
        await session.lock();
      }
      const run = await ask(['ANTHROPIC_API_KEY']);
      expect(run).toMatchObject({ stdout: '', exitCode: 3 });
      expect(run.stderr).toContain(words);
      expect(session.prompts()).toBe(0);
    });
  });
});

describe.runIf(onLinux)('Without a session bus', () => {
  const places: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no variable at all', {}],
    ['an empty one', { DBUS_SESSION_BUS_ADDRESS: '' }],
    ['a bus that would be started', { DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }],
    ['a socket that is not there', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['nothing in the folder for sockets', { XDG_RUNTIME_DIR: '/nonexistent' }],
    ['a folder for sockets that is none', { XDG_RUNTIME_DIR: 'relative' }],
    ['nonsense', { DBUS_SESSION_BUS_ADDRESS: '\n;;=,unix:;unix:path' }],
  ];

  test.each(places)(
    'With %s the keychain is unreachable at once, and nothing is started.',
    async (_, variables) => {
      let started = 0;
      const keyring = keyringOfSystem({
        environment: { platform: 'linux', variables: { HOME: base, ...variables }, userId: 0 },
        keychain: null,
        folder: null,
        start: () => {
          started += 1;
          throw new Error('started');
        },
      });
      const before = readFileSync('/proc/keys', 'utf8');
      const { answer, took } = await timed(() => keyring.set(ITEM, KEY));
      expect(answer).toEqual({ state: 'unreachable' });
      expect(await keyring.get(ITEM)).toEqual({ state: 'unreachable' });
      expect(await keyring.remove(ITEM)).toEqual({ state: 'unreachable' });
      expect(took).toBeLessThan(500);
      expect(started).toBe(0);
      expect(readFileSync('/proc/keys', 'utf8')).toBe(before);
    },
  );

  test('The process by itself reaches none either, and leaves nothing with the kernel.', async () => {
    const account = `key:KERNEL_${String(process.pid)}`;
    const request = { operation: 'set', service: ITEM.service, account, stored: MARK } as const;
    expect(await nodeKeyringProcess(PROCESS)(request, { HOME: base }).reply).toEqual({
      state: 'unreachable',
    });
    // Where the package would keep it if it were let: under this name, until the next restart.
    expect(readFileSync('/proc/keys', 'utf8')).not.toContain(account);
  });

  test('credence secret says so, with exit code 3.', async () => {
    const run = await credence.ask(['secret', 'ANTHROPIC_API_KEY'], {
      folder: base,
      variables: { HOME: base },
    });
    expect(run).toMatchObject({ stdout: '', exitCode: 3 });
    expect(run.stderr).toContain('The keychain does not answer');
  });

  test.each([
    [['ANTHROPIC_API_KEY', '--json'], 2],
    [[], 2],
    [['A', 'B'], 2],
    [['no name'], 2],
    [['../x'], 2],
    [[''], 2],
  ])('credence secret %j is refused.', async (args, exitCode) => {
    const run = await credence.ask(['secret', ...args], { folder: base, variables: { HOME: base } });
    expect(run.exitCode).toBe(exitCode);
  });
});

async function alias(session: MadeUpSession, collection: string): Promise<void> {
  const reply = await session.call({
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'SetAlias',
    signature: 'so',
    values: ['default', collection],
  });
  expect(reply.state).toBe('answered');
}

/** Another item that answers to the same name, as another program could have made it. */
async function addTwin({ socket }: MadeUpSession): Promise<void> {
  const bus = await connectToBus(socket, process.getuid?.() ?? 0, AbortSignal.timeout(10_000));
  if (bus === null) throw new Error('no bus');
  const destination = 'org.freedesktop.secrets';
  const opened = await bus.call({
    destination,
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    values: ['plain', { type: 's', value: '' }],
  });
  const session = opened.state === 'answered' ? opened.values[1] : undefined;
  if (session === undefined) throw new Error('no session');
  const names = [
    ['service', ITEM.service],
    ['username', ITEM.account],
  ];
  const made = await bus.call({
    destination,
    path: LOGIN_COLLECTION,
    interface: 'org.freedesktop.Secret.Collection',
    member: 'CreateItem',
    signature: 'a{sv}(oayays)b',
    values: [
      [
        ['org.freedesktop.Secret.Item.Label', { type: 's', value: 'twin' }],
        ['org.freedesktop.Secret.Item.Attributes', { type: 'a{ss}', value: names }],
      ],
      [session, [], [...Buffer.from('theirs')], 'text/plain'],
      false,
    ],
  });
  expect(made.state).toBe('answered');
  bus.end();
}
