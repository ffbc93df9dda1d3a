import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test as base } from './app-test.ts';
import { startSweep, type Sweep } from './sweep.ts';

/** Milliseconds; on a machine with other work to do, each look takes its time. */
export const LIMIT = 1_200_000;

interface Given {
  /** For what is temporary; a short path, since there will be sockets in it. */
  readonly room: string;
  /** Looks into these homes and folders, and into those of `room`, until the test ends. */
  readonly sweepOf: (homes: readonly string[], folders: Readonly<Record<string, string>>) => Promise<Sweep>;
}

/** A test of the app that looks for secrets. */
export const test = base.extend<Given>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here
  room: async ({}, use) => {
    const room = realpathSync(mkdtempSync('/tmp/credence-r-'));
    for (const name of ['t', 'run', 'notes']) mkdirSync(path.join(room, name), { mode: 0o700 });
    await use(room);
    rmSync(room, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  sweepOf: async ({ room }, use) => {
    const started: Sweep[] = [];
    await use(async (homes, folders) => {
      const [temporary, runtime] = [path.join(room, 't'), path.join(room, 'run')];
      const sweep = await startSweep(homes, { ...folders, temporary, runtime }, path.join(room, 'notes'));
      started.push(sweep);
      return sweep;
    });
    for (const sweep of started) await sweep.stop();
  },
});
