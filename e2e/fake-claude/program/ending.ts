import { spawn } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { behaviour, note, places } from './scene.ts';

/** What it has started and ends with itself (measured of the browser). */
const children: ReturnType<typeof spawn>[] = [];
let lock: string | null = null;

/** Says its last words and ends; nothing comes after it. */
export function leave(code: number, output = '', error = ''): Promise<void> {
  if (behaviour.leavesGrandchild !== true) for (const child of children) child.kill('SIGTERM');
  return new Promise(() => {
    process.stderr.write(error, () =>
      process.stdout.write(output, () => {
        process.exit(code);
      }),
    );
  });
}

/** In the group of this program (measured). */
export function startChild(file: string, args: readonly string[], stdio: 'ignore' | 'inherit'): void {
  const child = spawn(file, args, { stdio });
  child.on('error', () => undefined);
  children.push(child);
  note({ event: 'child', pid: child.pid });
}

export function takeLock(): void {
  if (behaviour.holdsLock === undefined) return;
  lock = path.join(places.config, '.oauth_refresh.lock');
  mkdirSync(lock, { recursive: true });
}

/** The codes are measured: an interrupt ends it as if all were well. */
export function listenToSignals(lastWords = ''): void {
  const codes = { SIGINT: 0, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      note({ event: signal });
      if (behaviour.ignores?.includes(signal) === true) return;
      if (behaviour.holdsLock === undefined) void leave(codes[signal], lastWords);
      else letGo(codes[signal]);
    });
  }
}

/** It takes its time, and who asks again does not hurry it. */
function letGo(code: number): void {
  if (lock === null) return;
  const held = lock;
  lock = null;
  setTimeout(
    () => {
      rmdirSync(held);
      void leave(code);
    },
    (behaviour.holdsLock ?? 0) * 1000,
  );
}
