import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { isAlive } from '../is-alive.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** What a second instance tells the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

interface Holder {
  readonly pid: number;
  readonly socket: string;
}

/** Run by the stand-in as its own Node: Electron's call waits for the first instance, and Node's sockets cannot. */
const MESSENGER = `
const [, socket, message] = process.argv;
const connection = require('node:net').connect(socket, () => connection.end(message));
connection.on('error', () => process.exit(1)).resume();
`;

/** One instance per folder of user data: a file with the holder's process, and a socket to speak with it. */
export class SingleInstance {
  readonly #tell: (second: SecondInstance) => void;
  #held: { readonly file: string; readonly folder: string; readonly server: Server } | undefined;

  constructor(tell: (second: SecondInstance) => void) {
    this.#tell = tell;
  }

  get held(): boolean {
    return this.#held !== undefined;
  }

  /** @returns whether this is the first instance; if not, the first one has been told */
  request(userData: string, second: SecondInstance): boolean {
    if (this.#held !== undefined) return true;
    mkdirSync(userData, { recursive: true });
    const file = path.join(userData, 'standin-lock.json');
    // Somebody else may hold it, or may have died holding it, or may be taking it at this moment.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (this.#take(file)) return true;
      const holder = readHolder(file);
      if (holder !== undefined && isAlive(holder.pid) && tellHolder(holder, second)) return false;
      rmSync(file, { force: true });
    }
    return false;
  }

  release(): void {
    if (this.#held === undefined) return;
    const { file, folder, server } = this.#held;
    this.#held = undefined;
    server.close();
    rmSync(file, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }

  #take(file: string): boolean {
    const folder = temporaryFolder();
    const socket = path.join(folder, 'socket');
    const holder: Holder = { pid: process.pid, socket };
    try {
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return false;
    }
    const server = createServer((connection) => {
      connection.setEncoding('utf8');
      let text = '';
      connection.on('data', (chunk: string) => (text += chunk));
      connection.on('end', () => {
        this.#tell(JSON.parse(text) as SecondInstance);
      });
    });
    server.listen(socket).unref();
    this.#held = { file, folder, server };
    return true;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function tellHolder({ socket }: Holder, second: SecondInstance): boolean {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = ['-e', MESSENGER, socket, JSON.stringify(second)];
  return spawnSync(process.execPath, args, { env, stdio: 'ignore', timeout: 10_000 }).status === 0;
}
