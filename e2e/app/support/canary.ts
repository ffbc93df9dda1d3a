import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { AppUnderTest } from './launch-app.ts';

/** Watches everything that leaves an app for text that must not. */
export interface Canary {
  /** Looks for the secrets everywhere, and says in how many places it looked. */
  readonly sweep: () => Promise<{ readonly snapshots: number; readonly programs: number }>;
  readonly end: () => Promise<void>;
}

declare global {
  // What `evaluate` leaves in the page.
  var __seen: string[];
}

/** What programs that are started are given: whole arguments and environments. */
interface Trace {
  readonly text: () => string;
  readonly end: () => Promise<void>;
}

/**
 * @param secrets whole ones; a part of eight characters counts as well
 * @param page of the app’s window
 */
export async function canary(app: AppUnderTest, page: Page, secrets: readonly string[]): Promise<Canary> {
  let said = '';
  const own = app.app.process();
  for (const stream of [own.stdout, own.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const trace = await traced(own.pid ?? 0);
  await page.evaluate(async () => {
    globalThis.__seen = [];
    const bridge = Reflect.get(globalThis, 'credence') as {
      readonly onSnapshot: (listener: (snapshot: unknown) => void) => void;
      readonly getSnapshot: () => Promise<unknown>;
    };
    bridge.onSnapshot((snapshot) => globalThis.__seen.push(JSON.stringify(snapshot)));
    globalThis.__seen.push(JSON.stringify(await bridge.getSnapshot()));
  });
  const parts = secrets.flatMap((secret) => partsOf(secret));
  const look = (where: string, text: string): void => {
    for (const part of parts) expect(text.includes(part), `a secret in ${where}`).toBe(false);
  };
  return {
    sweep: async () => {
      const seen = await page.evaluate(() => globalThis.__seen);
      for (const snapshot of seen) look('a snapshot', snapshot);
      look('the page', await page.content());
      look('the page’s text', await page.evaluate(() => document.body.innerText));
      look('the tray', (await app.trayLines()).join('\n'));
      look('a notification', JSON.stringify(await app.notifications()));
      look('what the app prints', said);
      const started = trace
        .text()
        .split('\n')
        .filter((line) => line.includes('execve('));
      for (const line of started) look('what a program was started with', withoutExported(line));
      return { snapshots: seen.length, programs: started.length };
    },
    end: trace.end,
  };
}

/** A login shell that is asked hands what its files export to `env`, which prints it. That is how it is asked. */
function withoutExported(line: string): string {
  return line.includes('execve("/usr/bin/env", ["/usr/bin/env", "-0"]') ? '' : line;
}

/** The middle and the end: the start says only what kind of key it is. */
function partsOf(secret: string): readonly string[] {
  const from = Math.max(0, secret.length - 20);
  return [secret.slice(from, from + 8), secret.slice(-8)];
}

async function traced(pid: number): Promise<Trace> {
  const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  const file = path.join(folder, 'trace');
  const strace: ChildProcess = spawn(
    'strace',
    ['-f', '-v', '-s', '100000', '-e', 'trace=execve', '-o', file, '-p', String(pid)],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // Before it has attached, a program could be started unseen.
  await once(strace.stderr ?? strace, 'data');
  return {
    text: () => (existsSync(file) ? readFileSync(file, 'latin1') : ''),
    end: async () => {
      if (strace.exitCode === null && strace.signalCode === null) {
        strace.kill('SIGINT');
        await once(strace, 'close');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The files below a folder that hold a secret: path → mode. */
export function holders(folder: string, secret: string): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const full = path.join(at, entry.name);
      if (entry.isDirectory()) walk(full);
      else if (entry.isFile() && readFileSync(full).includes(secret))
        found[path.relative(folder, full)] = lstatSync(full).mode & 0o777;
    }
  };
  walk(folder);
  return found;
}
