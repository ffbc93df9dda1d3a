import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import {
  connectToBus,
  type DbusCall,
  type DbusReply,
} from '../../electron/adapters/keyring/dbus/session-bus.ts';

const PASSWORD = 'made up';
const ROOT = '/org/freedesktop/secrets';
export const LOGIN_COLLECTION = `${ROOT}/collection/login`;

/** A session bus with a home of its own, and gnome-keyring on it when a test starts one. */
export interface MadeUpSession {
  readonly variables: Readonly<Record<string, string>>;
  readonly home: string;
  /** Where to connect to. */
  readonly socket: string;
  /** The daemon’s own process; its collection “login” is made on the first start, and open. */
  startKeyring(): Promise<ChildProcess>;
  call(call: Omit<DbusCall, 'destination'>): Promise<DbusReply>;
  lock(): Promise<void>;
  /** How often something has tried to ask the user for a password. */
  prompts(): number;
  end(): Promise<void>;
}

/**
 * @param base     an empty folder; a short path, since sockets have a limit
 * @param password that opens the keychain, for tests that look where it turns up
 */
export async function madeUpSession(base: string, password = PASSWORD): Promise<MadeUpSession> {
  const home = mkdtempSync(path.join(base, 'h-'));
  const runtime = path.join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const own = { PATH: '/usr/bin:/bin', HOME: home, XDG_RUNTIME_DIR: runtime };
  const bus = spawn('dbus-run-session', ['--', 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'], {
    env: own,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  bus.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = await firstLine(bus);
  const variables = { ...own, DBUS_SESSION_BUS_ADDRESS: address };
  const socket = /unix:path=([^,]+)/.exec(address)?.[1] ?? '';
  const started: ChildProcess[] = [];
  const session: MadeUpSession = {
    variables,
    home,
    socket,
    startKeyring: async () => {
      const daemon = spawn(
        'gnome-keyring-daemon',
        ['--unlock', '--replace', '--foreground', '--components=secrets'],
        { env: variables, stdio: ['pipe', 'ignore', 'ignore'] },
      );
      started.push(daemon);
      daemon.stdin.end(password);
      await until('gnome-keyring', async () => (await owner(session, socket)) === daemon.pid);
      await until('collection', async () => (await locked(session)) === false);
      return daemon;
    },
    call: async (call) => {
      const connection = await connectToBus(socket, process.getuid?.() ?? 0, AbortSignal.timeout(10_000));
      if (connection === null) throw new Error('no bus');
      const reply = await connection.call({ ...call, destination: 'org.freedesktop.secrets' });
      connection.end();
      return reply;
    },
    lock: async () => {
      await session.call({
        path: ROOT,
        interface: 'org.freedesktop.Secret.Service',
        member: 'Lock',
        signature: 'ao',
        values: [[LOGIN_COLLECTION]],
      });
      if ((await locked(session)) !== true) throw new Error('not locked');
    },
    prompts: () => said.split("Activating service name='org.gnome.keyring.SystemPrompter'").length - 1,
    end: async () => {
      for (const daemon of started) daemon.kill('SIGKILL');
      bus.stdin.end();
      await new Promise((resolve) => bus.once('close', resolve));
    },
  };
  return session;
}

async function owner(
  { variables: { DBUS_SESSION_BUS_ADDRESS: address } }: MadeUpSession,
  socket: string,
): Promise<number | null> {
  if (address === undefined) return null;
  const connection = await connectToBus(socket, process.getuid?.() ?? 0, AbortSignal.timeout(10_000));
  const reply = await connection?.call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'GetConnectionUnixProcessID',
    signature: 's',
    values: ['org.freedesktop.secrets'],
  });
  connection?.end();
  return reply?.state === 'answered' ? Number(reply.values[0]) : null;
}

async function locked(session: MadeUpSession): Promise<boolean | null> {
  const reply = await session.call({
    path: LOGIN_COLLECTION,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    values: ['org.freedesktop.Secret.Collection', 'Locked'],
  });
  const [variant] = reply.state === 'answered' ? reply.values : [];
  return typeof variant === 'object' && 'value' in variant ? variant.value === true : null;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      reject(new Error('the session ended'));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 200; left > 0; left--) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come`);
}
