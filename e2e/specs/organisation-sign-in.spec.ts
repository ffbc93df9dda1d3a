import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { constants } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startProvider, type Lab } from '../provider/start-provider.mjs';
import { schemaValidator } from '../schema/published-schemas.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { madeUpSession, type MadeUpSession } from '../support/made-up-keyring.ts';
import { onLinux } from '../support/on-system.ts';
import { runningCommand, type RunningCommand } from '../support/running-command.ts';

const published = schemaValidator({ undocumented: true });
const closed = schemaValidator({ undocumented: false });

let base = '';
let credence: BuiltCommand;
let session: MadeUpSession;
let lab: Lab;

beforeAll(() => {
  // Sockets have a limit of 108 bytes.
  base = realpathSync(mkdtempSync('/tmp/credence-o-'));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});
beforeEach(async () => {
  lab = await startProvider();
  session = await madeUpSession(base);
  configure({});
});
afterEach(async () => {
  await session.end();
  await lab.close();
});

function configure(more: Readonly<Record<string, unknown>>): void {
  const folder = path.join(session.home, '.config/credence');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const provider = {
    name: 'lab',
    issuer: lab.issuer,
    clientId: lab.clientId,
    scopes: ['openid', 'email', 'gateway'],
    ...more,
  };
  writeFileSync(
    path.join(folder, 'providers.json'),
    JSON.stringify({ schemaVersion: 1, providers: [provider] }),
    {
      mode: 0o600,
    },
  );
}

function start(args: readonly string[], terminal = false): RunningCommand {
  return runningCommand(credence, args, { folder: session.home, variables: session.variables, terminal });
}
const login = (...more: readonly string[]): RunningCommand => start(['login', '--provider', 'lab', ...more]);

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/auth\?\S+/;
const portOf = (address: string): number => {
  const redirect = new URL(address).searchParams.get('redirect_uri') ?? '';
  return Number(new URL(redirect).port);
};

async function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

/** The answer in JSON, as published. */
function answerOf(command: RunningCommand, schema: 'login' | 'logout'): Readonly<Record<string, unknown>> {
  const said = JSON.parse(command.stdout()) as Readonly<Record<string, unknown>>;
  expect(published(schema, said)).toEqual([]);
  expect(closed(schema, said)).toEqual([]);
  return said;
}

async function signedIn(...more: readonly string[]): Promise<RunningCommand> {
  const command = login('--no-browser', ...more);
  const [address] = await command.says(ADDRESS);
  const page = await fetch(await lab.signIn(address));
  expect(await page.text()).toContain('Signed in to lab');
  expect(await command.ended).toMatchObject({ exitCode: 0 });
  return command;
}

async function token(): Promise<{ readonly exitCode: number | null; readonly stdout: string }> {
  const command = start(['token', '--provider', 'lab']);
  const { exitCode } = await command.ended;
  return { exitCode, stdout: command.stdout() };
}

describe.runIf(onLinux)('Signing in to a real provider with gnome-keyring', () => {
  beforeEach(async () => {
    await session.startKeyring();
  });

  test('goes from the command over the page and back to a token that the provider takes.', async () => {
    const command = await signedIn();
    expect(command.said()).toContain('You are signed in to lab as petra@northwind.example.');
    const { exitCode, stdout } = await token();
    expect(exitCode).toBe(0);
    expect(await lab.isStillGood(stdout.trim())).toBe(true);
    expect(lab.counts().grants).toEqual({ authorization_code: 1 });
    // Neither the code nor a token is anywhere but in the keychain.
    expect(command.said()).not.toContain(stdout.trim());
    expect(command.said()).not.toMatch(/[?&]code=/);

    const list = start(['providers', '--json']);
    await list.ended;
    expect(JSON.parse(list.stdout())).toMatchObject({
      providers: [{ name: 'lab', signIn: { state: 'signed-in', account: 'petra@northwind.example' } }],
    });
  });

  test('answers in JSON alone on standard output, and tells the way on the other.', async () => {
    const command = await signedIn('--json');
    expect(answerOf(command, 'login')).toMatchObject({
      kind: 'organisation',
      provider: 'lab',
      outcome: 'signed-in',
      signIn: { account: 'petra@northwind.example' },
      failure: null,
    });
  });

  test('opens the page in the browser by itself, and prints its address as well.', async () => {
    const file = path.join(session.home, 'opened');
    const browser = path.join(session.home, 'browser.sh');
    writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${file}'\n`, { mode: 0o755 });
    const variables = { ...session.variables, BROWSER: browser };
    const command = runningCommand(credence, ['login', '--provider', 'lab'], {
      folder: session.home,
      variables,
    });
    const [address] = await command.says(ADDRESS);
    await fetch(await lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(address);
  });

  test('needs no input that stays open.', async () => {
    const command = login('--no-browser');
    command.closeInput();
    const [address] = await command.says(ADDRESS);
    await fetch(await lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 0 });
  });

  test('frees its port, and waits for nothing that is not its own.', async () => {
    const command = login('--no-browser');
    const [address] = await command.says(ADDRESS);
    const port = portOf(address);
    const origin = `http://127.0.0.1:${String(port)}`;
    for (const query of ['error=access_denied', 'code=x&state=y', 'code=a&code=b', ''])
      expect(await (await fetch(`${origin}/callback?${query}`)).text()).toContain('Nothing happened');
    expect((await fetch(`${origin}/favicon.ico`)).status).toBe(404);
    const page = await fetch(await lab.signIn(address));
    expect(await page.text()).toContain('Signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(await isListening(port)).toBe(false);
  });

  test('takes the address at which a browser stopped, from a pipe.', async () => {
    const command = login('--no-browser');
    const [address] = await command.says(ADDRESS);
    command.write('what is this?\n');
    await command.says(/That is no such address/);
    command.write(`http://127.0.0.1:${String(portOf(address))}/callback?code=x&state=other\n`);
    await command.says(/belongs to another sign-in/);
    const callback = await lab.signIn(address);
    command.write(`  <${callback}>\r\n`);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect((await token()).exitCode).toBe(0);
  });

  test('takes a paste in a terminal without showing it, and gives the terminal back.', async () => {
    const command = start(['login', '--provider', 'lab', '--no-browser'], true);
    const [address] = await command.says(ADDRESS);
    await command.says(/Waiting for 1 second …/);
    const callback = await lab.signIn(address);
    command.write(`\u001b[200~${callback}\u001b[201~\r`);
    await command.says(/You are signed in to lab/);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect(command.said()).not.toContain(new URL(callback).searchParams.get('code'));
  });

  test('says so when the person says no.', async () => {
    const command = login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    const page = await fetch(await lab.signIn(address, { deny: true }));
    expect(await page.text()).toContain('Not signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(answerOf(command, 'login')).toMatchObject({
      outcome: 'failed',
      signIn: null,
      failure: { code: 'denied' },
    });
    expect((await token()).exitCode).toBe(1);
  });

  test('says which scopes were not granted.', async () => {
    const command = login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await fetch(await lab.signIn(address, { withhold: ['gateway'] }));
    await command.ended;
    expect(answerOf(command, 'login')).toMatchObject({ signIn: { missingScopes: ['gateway'] } });
  });

  test('signs in by a code on another machine.', async () => {
    const command = login('--device');
    const [, code = ''] = await command.says(/type this code:\s+(\S+)/);
    expect(command.said()).toContain(`${lab.issuer}/device`);
    expect(command.said().replace(/\s+/g, ' ')).toMatch(/The code is good for \d+ (?:minutes|seconds)\./);
    // Who asked for a code need not be told why.
    expect(command.said()).not.toContain('No browser');
    await lab.approveDevice(code);
    expect(await command.ended).toMatchObject({ exitCode: 0 });
    expect((await token()).exitCode).toBe(0);
  });

  test('chooses the code by itself where no browser could come back.', async () => {
    configure({ deviceFlow: true });
    const variables = { ...session.variables, SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22', DISPLAY: ':99' };
    const command = runningCommand(credence, ['login', '--provider', 'lab'], {
      folder: session.home,
      variables,
    });
    await command.says(/type this code/);
    expect(command.said()).toMatch(/^No browser that is known here could come back/);
    command.signal('SIGINT');
    expect(await command.ended).toMatchObject({ exitCode: 130 });
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops at %s, frees the port and keeps nothing.',
    async (signal) => {
      const command = login('--no-browser', '--json');
      const [address] = await command.says(ADDRESS);
      command.signal(signal);
      expect(await command.ended).toEqual({ exitCode: 128 + constants.signals[signal], signal: null });
      expect(answerOf(command, 'login')).toMatchObject({ outcome: 'cancelled', failure: null });
      expect(await isListening(portOf(address))).toBe(false);
      expect(lab.counts().token).toBe(0);
    },
  );

  test('stops at Ctrl+C in a terminal.', async () => {
    const command = start(['login', '--provider', 'lab', '--no-browser'], true);
    await command.says(ADDRESS);
    command.write('\u0003');
    await command.says(/was cancelled/);
    expect(await command.ended).toMatchObject({ exitCode: 130 });
  });

  test('lets no second one begin, until the first is over, however it ends.', async () => {
    const first = login('--no-browser');
    await first.says(ADDRESS);
    const second = login('--no-browser', '--json');
    expect(await second.ended).toMatchObject({ exitCode: 1 });
    expect(answerOf(second, 'login')).toMatchObject({ failure: { code: 'already-under-way' } });
    first.signal('SIGKILL');
    await first.ended;
    await signedIn();
  });

  test('signs out: the token is revoked and gone.', async () => {
    await signedIn();
    const { stdout } = await token();
    const logout = start(['logout', '--provider', 'lab', '--json']);
    expect(await logout.ended).toMatchObject({ exitCode: 0 });
    expect(answerOf(logout, 'logout')).toMatchObject({
      outcome: 'signed-out',
      revoked: 'revoked',
      failure: null,
    });
    expect(await lab.isStillGood(stdout.trim())).toBe(false);
    expect((await token()).exitCode).toBe(1);
    const again = start(['logout', '--provider', 'lab', '--json']);
    expect(await again.ended).toMatchObject({ exitCode: 0 });
    expect(answerOf(again, 'logout')).toMatchObject({ outcome: 'not-signed-in' });
  });

  test('keeps the token where it cannot be revoked, and deletes it anyway when told to.', async () => {
    await signedIn();
    await lab.close();
    const logout = start(['logout', '--provider', 'lab', '--json']);
    expect(await logout.ended).toMatchObject({ exitCode: 4 });
    expect(answerOf(logout, 'logout')).toMatchObject({ outcome: 'failed', failure: { code: 'not-revoked' } });
    expect((await token()).exitCode).toBe(0);
    const anyway = start(['logout', '--provider', 'lab', '--anyway', '--json']);
    expect(await anyway.ended).toMatchObject({ exitCode: 0 });
    expect(answerOf(anyway, 'logout')).toMatchObject({ outcome: 'signed-out', revoked: 'failed' });
    expect((await token()).exitCode).toBe(1);
  });

  test('removes no provider that somebody is signed in to.', async () => {
    await signedIn();
    const file = path.join(session.home, '.config/credence/providers.json');
    const before = readFileSync(file, 'utf8');
    const remove = start(['providers', '--remove', 'lab']);
    expect(await remove.ended).toMatchObject({ exitCode: 4 });
    expect(remove.said()).toContain('credence logout --provider lab');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('gives the token back when the keychain is locked meanwhile.', async () => {
    const command = login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await session.lock();
    const page = await fetch(await lab.signIn(address));
    expect(await page.text()).toContain('Not signed in to lab');
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(answerOf(command, 'login')).toMatchObject({ failure: { code: 'not-kept', trouble: 'locked' } });
    expect(lab.counts().revocation).toBeGreaterThan(0);
    expect(session.prompts()).toBe(0);
  });
});

describe.runIf(onLinux)('Signing in without a keychain', () => {
  test.each([
    ['no session bus', { DBUS_SESSION_BUS_ADDRESS: '' }],
    ['a session bus that nobody answers on', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }],
  ])('sends nobody to a page whose token could not be kept: %s.', async (_, bus) => {
    const command = runningCommand(credence, ['login', '--provider', 'lab', '--no-browser', '--json'], {
      folder: session.home,
      variables: { ...session.variables, ...bus },
    });
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(answerOf(command, 'login')).toMatchObject({
      outcome: 'failed',
      failure: { code: 'no-place', trouble: 'no-keychain' },
    });
    expect(lab.counts()).toMatchObject({ authorization: 0, token: 0 });
  });

  test('gives the token back where a keychain answers that holds nothing.', async () => {
    const command = login('--no-browser', '--json');
    const [address] = await command.says(ADDRESS);
    await fetch(await lab.signIn(address));
    expect(await command.ended).toMatchObject({ exitCode: 1 });
    expect(answerOf(command, 'login')).toMatchObject({
      failure: { code: 'not-kept', trouble: 'no-keychain' },
    });
    expect(lab.counts().revocation).toBeGreaterThan(0);
  });
});
