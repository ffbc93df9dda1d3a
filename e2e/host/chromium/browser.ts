import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { log } from '../log.ts';
import { sweepTemporaryFolders, temporaryFolder } from '../temporary-folder.ts';
import { connectPipe, type CdpConnection } from './cdp.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { findChromium } from './find-chromium.mjs';

/** How long Chromium may take to end by itself, in milliseconds. */
const FAREWELL = 1500;

/** How many lines of Chromium's complaints are shown when it fails. */
const LAST_WORDS = 5;

export interface Browser {
  readonly cdp: CdpConnection;
  readonly headed: boolean;
  /** Opens a window without tabs and address bar on that page; only where windows are seen. */
  readonly openAppWindow: (url: string) => void;
  /** Ends it and removes its folder. */
  readonly end: () => Promise<void>;
  /** The same for a process that is about to exit and cannot wait. */
  readonly endNow: () => void;
}

/**
 * Starts one Chromium with a profile of its own.
 *
 * @param switches of the app and of Playwright's loader
 * @param gone     called when Chromium ends without having been asked to, with what it said
 * @throws {Error} when there is no Chromium or it does not start
 */
export async function startBrowser(
  switches: ReadonlyMap<string, string>,
  gone: (how: string) => void,
): Promise<Browser> {
  const program = findChromium(process.env);
  if (program === undefined) {
    throw new Error('stand-in: no Chromium found; install one or name it in CREDENCE_CHROMIUM');
  }
  const headed = process.env['STANDIN_HEADED'] === '1';
  sweepTemporaryFolders();
  const home = temporaryFolder();
  const profile = `--user-data-dir=${path.join(home, 'profile')}`;
  const env = chromiumEnvironment(process.env, home);
  const all = [...chromiumSwitches(switches, headed), profile];
  log(program, ...all);
  const chromium = spawn(program, all, {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl+C in a terminal is for the app, which may want to say something before its windows go.
    detached: true,
  });
  const lastWords = passOn(chromium);
  const state = { asked: false, ended: false };
  const ended = new Promise<string>((resolve) => {
    chromium.once('error', ({ message }) => {
      resolve(message);
    });
    // Not `exit`: what it has said last is to be read first.
    chromium.once('close', (code, signal) => {
      resolve([`it ended (${signal ?? String(code)})`, ...lastWords()].join('\n'));
    });
  }).then((how) => {
    state.ended = true;
    return how;
  });
  const remove = (): void => {
    // Its helpers may still be writing while they end.
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };

  const [, , , to, from] = chromium.stdio;
  const cdp = connectPipe(to as Writable, from as Readable);
  try {
    await cdp.send('Target.setDiscoverTargets', { discover: true });
  } catch {
    const how = await ended;
    remove();
    throw new Error(`stand-in: Chromium did not start: ${how}`);
  }
  void ended.then((how) => {
    if (!state.asked) gone(how);
  });

  const messengers = new Set<ChildProcess>();
  // One that finds nobody to give its message to would become a Chromium of its own.
  const stopMessengers = (): void => {
    for (const messenger of messengers) messenger.kill('SIGKILL');
  };
  return {
    cdp,
    headed,
    openAppWindow: (url) => {
      if (state.asked) return;
      const args = [...all, `--app=${url}`].filter((name) => !isOnlyForFirst(name));
      const messenger = spawn(program, args, { env, stdio: 'ignore' });
      messengers.add(messenger);
      messenger.once('exit', () => messengers.delete(messenger));
    },
    end: async () => {
      state.asked = true;
      stopMessengers();
      if (!state.ended) {
        cdp.send('Browser.close').catch((error: unknown) => {
          log('close', error);
        });
        await Promise.race([ended, after(FAREWELL)]);
        chromium.kill('SIGKILL');
      }
      remove();
    },
    endNow: () => {
      state.asked = true;
      stopMessengers();
      chromium.kill('SIGKILL');
      remove();
    },
  };
}

/** What would make the messenger that only tells the running Chromium to open a window into something else. */
function isOnlyForFirst(name: string): boolean {
  return /^--(remote-debugging-|no-startup-window|keep-alive-for-test)/.test(name);
}

/**
 * Playwright waits for one line; the rest is noise that is of use only when something has gone wrong.
 *
 * @returns the last of that noise
 */
function passOn(chromium: ChildProcess): () => readonly string[] {
  const lines: string[] = [];
  if (chromium.stderr === null) return () => lines;
  createInterface(chromium.stderr).on('line', (line) => {
    if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
    log('chromium:', line);
    // It complains about these on every machine without a desktop.
    if (/\/dbus\/|zygote/.test(line)) return;
    lines.push(line);
    if (lines.length > LAST_WORDS) lines.shift();
  });
  return () => lines;
}

/**
 * Chromium gets a home of its own: in the app's it would leave `.pki`, caches and settings, and a test could no longer
 * tell what the app itself has written there.
 */
function chromiumEnvironment(environment: NodeJS.ProcessEnv, home: string): NodeJS.ProcessEnv {
  const { HOME: before, XAUTHORITY: authority, ...others } = environment;
  const fallback = before === undefined ? {} : { XAUTHORITY: path.join(before, '.Xauthority') };
  return {
    ...others,
    ...(authority === undefined ? fallback : { XAUTHORITY: authority }),
    HOME: home,
    TMPDIR: home,
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_DATA_HOME: path.join(home, 'data'),
  };
}
