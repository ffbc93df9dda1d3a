import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isAlive } from './is-alive.ts';

/** What the names begin with; the process that made the folder follows. */
const NAME = 'credence-standin-';

/** The path of a socket has to fit into 108 bytes, and there will be sockets in these folders. */
const LONGEST = 40;

/** @returns a new folder, which is to be removed by the one who asked for it */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(place(), `${NAME}${String(process.pid)}-`));
}

/** Removes the folders of hosts that were killed and could not do it themselves. */
export function sweepTemporaryFolders(): void {
  for (const name of readdirSync(place())) {
    const pid = name.startsWith(NAME) ? Number.parseInt(name.slice(NAME.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    rmSync(path.join(place(), name), { recursive: true, force: true, maxRetries: 2 });
  }
}

function place(): string {
  return tmpdir().length > LONGEST ? '/tmp' : tmpdir();
}
