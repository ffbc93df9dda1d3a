/** `npm start` on a display, where Electron’s binary cannot be had. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { expect, test } from '@playwright/test';
import { pickHost } from '../host/pick-host.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

test.skip(pickHost().name !== 'stand-in', 'with Electron’s binary there is nothing to stand in for');

interface Display {
  readonly name: string;
  readonly end: () => void;
}

/** A display of its own, under a number that is free. */
async function startDisplay(): Promise<Display> {
  const args = ['-displayfd', '3', '-screen', '0', '900x900x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  return { name: `:${number.toString().trim()}`, end: () => void server.kill() };
}

/** Starts it as npm does, with a mirror for Electron’s binary where nobody listens. */
function start(folder: string, display: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [path.join(ROOT, 'build/start.mjs'), ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      INIT_CWD: folder,
      DISPLAY: display,
      ELECTRON_MIRROR: 'http://127.0.0.1:9/',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Processes whose environment names the folder. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(folder));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

test('The app is shown in Chromium, says so in one line, and goes with Ctrl-C without a trace', async () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'start-')));
  const display = await startDisplay();
  const started = start(folder, display.name, '--demo');
  let said = '';
  started.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    // The lock is taken once the app runs; it lies in the made-up home.
    await expect
      .poll(
        () =>
          readdirSync(folder, { recursive: true }).some((name) =>
            /^credence-demo-.*standin-lock\.json$/.test(String(name)),
          ),
        {
          timeout: 40_000,
        },
      )
      .toBe(true);
    const lines = said.trim().split('\n');
    expect(lines[0]).toMatch(
      /^Electron’s binary is not here and could not be fetched \(.+\): the window is shown in Chromium \d+ instead/,
    );
    expect(lines.slice(2)).toEqual([
      'A made-up organisation, Northwind, with an identity provider on this computer, and a keychain of its own.',
    ]);
    started.kill('SIGINT');
    const [code] = (await once(started, 'exit')) as [number | null];
    expect(code).toBe(130);
    expect(readdirSync(folder).filter((name) => name.startsWith('credence-demo-'))).toEqual([]);
    await expect.poll(() => processesOf(folder)).toEqual([]);
  } finally {
    started.kill('SIGKILL');
    display.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('On a display where nobody listens the answer comes in the terminal', async () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'start-')));
  const started = start(folder, 'unix:4095');
  let said = '';
  started.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(started, 'close')) as [number | null];
  expect(said).toContain('There is no display here');
  expect(said).toContain('credence status');
  expect(code).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
