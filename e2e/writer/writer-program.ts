import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WriterJob } from './writer-job.ts';

const ROOT = path.join(import.meta.dirname, '../..');

export interface WriterRun {
  /** `null`: it was killed, or gave none. */
  readonly answers: readonly unknown[] | null;
  readonly errors: string;
}

/** The real writer as a program of its own, in a folder that everybody may enter; remove it in the end. */
export interface WriterProgram {
  readonly folder: string;
  /** @param before words of a program that runs it, such as strace */
  readonly run: (job: WriterJob, before?: readonly string[]) => Promise<WriterRun>;
  readonly remove: () => void;
}

export async function writerProgram(): Promise<WriterProgram> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-writer-')));
  chmodSync(folder, 0o755);
  const file = path.join(folder, 'run-writer.mjs');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['e2e/writer/run-writer.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['fs-native-extensions'],
    logLevel: 'warning',
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  let jobs = 0;
  return {
    folder,
    run: (job, before = []) => {
      const asked = path.join(folder, `job-${String(jobs++)}`);
      writeFileSync(asked, JSON.stringify(job), { mode: 0o644 });
      return runProgram([...before, process.execPath, file, asked]);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runProgram(words: readonly string[]): Promise<WriterRun> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => {
      resolve({ answers: output === '' ? null : (JSON.parse(output) as readonly unknown[]), errors });
    });
  });
}

/** The system calls of one step: from the log of a run under strace, which only follows the main thread. */
export interface SystemCall {
  readonly name: string;
  /** Which of the calls of this name it was, from the start of the program, counted from 1: what `when=` takes. */
  readonly when: number;
  /** Which of them within the step. */
  readonly nth: number;
  readonly text: string;
}

export function callsIn(log: string): readonly SystemCall[] {
  const counts = new Map<string, number>();
  const calls: SystemCall[] = [];
  let before = new Map<string, number>();
  let isInside = false;
  for (const text of readFileSync(log, 'latin1').split('\n')) {
    const name = /^(\w+)\(/.exec(text)?.[1];
    if (name === undefined) continue;
    const when = (counts.get(name) ?? 0) + 1;
    counts.set(name, when);
    if (text.includes('"/mark-end-')) isInside = false;
    if (isInside) calls.push({ name, when, nth: when - (before.get(name) ?? 0), text });
    if (text.includes('"/mark-begin-')) {
      isInside = true;
      before = new Map(counts);
    }
  }
  return calls;
}

/** How many calls of a name came before the step; `null`: there was no step. */
export function countBefore(log: string, name: string): number | null {
  const [start = '', ...rest] = readFileSync(log, 'latin1').split('"/mark-begin-');
  if (rest.length === 0) return null;
  return start.split('\n').filter((text) => text.startsWith(`${name}(`)).length;
}

/** Does something with each, some at a time, as most of it is waiting for another program. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  act: (item: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) await act(item, at);
    }
  };
  await Promise.all(Array.from({ length: 3 }, worker));
}
