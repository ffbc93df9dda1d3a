import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../../../shared/ports/environment.ts';
import type { ProgramEnd } from '../../../shared/core/sign-in/program-end.ts';
import {
  STOP_WAITS,
  type StartedProgram,
  type StartedPrograms,
  type StartRequest,
} from '../../../shared/ports/started-programs.ts';
import { hasDescriptorsFor } from '../process/spare-descriptors.ts';
import { endTree } from './end-tree.ts';
import { PROGRAM_IS_OVER, WATCHED_START } from './group-watcher.ts';

export interface NodeStartedProgramsOptions {
  readonly platform: Environment['platform'];
  /** Milliseconds. */
  readonly waits?: Readonly<Record<keyof typeof STOP_WAITS, number>>;
}

/**
 * Programs on plain pipes, each in a group of its own that ends within seconds of Credence, whatever ended that. On Windows there is
 * no asking a program to end, so there a stop is a kill of all that it started; and only the program itself ends with Credence
 * (Node puts it in a job object).
 */
export function nodeStartedPrograms({
  platform,
  waits = STOP_WAITS,
}: NodeStartedProgramsOptions): StartedPrograms {
  return {
    start: (request) => {
      const child = platform === 'win32' ? startAlone(request) : startWatched(request);
      return child === null ? null : supervise(child, request, platform === 'win32' ? null : waits);
    },
  };
}

type Running = ChildProcess & {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
};

function startAlone({ file, args, folder, variables }: StartRequest): Running | null {
  return started(() =>
    spawn(file, [...args], { cwd: folder, env: { ...variables }, stdio: 'pipe', windowsHide: true }),
  );
}

function startWatched({ file, args, folder, variables }: StartRequest): Running | null {
  if (!isProgram(file) || !hasDescriptorsFor(4)) return null;
  return started(() =>
    spawn('/bin/sh', ['-c', WATCHED_START, 'credence', file, ...args], {
      cwd: folder,
      env: { ...variables },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
    }),
  );
}

/** The shell would start, and only then find that there is nothing to become. */
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * `null` where it could not be started, told at once or by an event: a NUL byte, an argument that is too long, a folder that is
 * none, no descriptor left.
 */
function started(run: () => ChildProcess): Running | null {
  try {
    const child = run();
    // Without anybody who listens, it would be thrown.
    child.on('error', () => undefined);
    return isRunning(child) ? child : null;
  } catch {
    return null;
  }
}

/** Streams are missing when the system has no descriptor left, whatever the types say. */
function isRunning(child: ChildProcess): child is Running {
  return child.pid !== undefined && [child.stdin, child.stdout, child.stderr].every((pipe) => pipe != null);
}

/** How long a pipe may stay open after its program has ended: milliseconds. */
const GRACE = 500;

/** @param waits `null`: it cannot be asked to end */
function supervise(
  child: Running,
  { onOutput, variables }: StartRequest,
  waits: NodeStartedProgramsOptions['waits'] | null,
): StartedProgram {
  const { stdin, stdout, stderr } = child;
  const lifeline = (child.stdio[3] ?? null) as Socket | null;
  let by: ProgramEnd['by'] = 'itself';
  let running = true;
  let stopping: Promise<ProgramEnd> | null = null;

  const ended = new Promise<ProgramEnd>((resolve) => {
    let grace: NodeJS.Timeout | undefined;
    let settled = false;
    const settle = (exitCode: number | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(grace);
      for (const pipe of [stdin, stdout, stderr]) pipe.destroy();
      child.unref();
      resolve({ exitCode, by });
    };
    child.on('exit', (exitCode) => {
      running = false;
      // Who it leaves behind, it leaves on purpose, as a browser: from here on nobody is ended.
      lifeline?.end(PROGRAM_IS_OVER);
      // The watcher’s end too: when this settles nothing of it runs any more.
      const nothingOpen = Promise.all([stdout, stderr, ...(lifeline === null ? [] : [lifeline])].map(closed));
      void nothingOpen.then(() => {
        settle(exitCode);
      });
      // A child of it may keep a pipe open. Two more rounds of the loop, so that output which is there already is read.
      grace = setTimeout(() => {
        setImmediate(() =>
          setImmediate(() => {
            settle(exitCode);
          }),
        );
      }, GRACE);
    });
  });

  stdout.setEncoding('utf8').on('data', (text: string) => {
    onOutput(text, 'output');
  });
  stderr.setEncoding('utf8').on('data', (text: string) => {
    onOutput(text, 'error');
  });
  // A program may end, or close its input, without having read it.
  for (const pipe of [stdin, stdout, stderr]) pipe.on('error', () => undefined);
  // It lets the program live, not Credence.
  lifeline
    ?.on('error', () => undefined)
    .resume()
    .unref();

  return {
    ended,
    send: (bytes) => {
      if (!running || !stdin.writable) return false;
      const buffer = Buffer.from(bytes, 'latin1');
      stdin.write(buffer, () => buffer.fill(0));
      return true;
    },
    stop: () => (stopping ??= stop()),
  };

  async function stop(): Promise<ProgramEnd> {
    if (waits != null) {
      ask('SIGINT', 'interrupt');
      await endedWithin(waits.interrupt);
      ask('SIGTERM', 'terminate');
      await endedWithin(waits.terminate);
    }
    if (running) {
      by = 'kill';
      endTree(child, variables, waits == null);
    }
    return ended;
  }

  function ask(signal: 'SIGINT' | 'SIGTERM', step: ProgramEnd['by']): void {
    if (running && child.kill(signal)) by = step;
  }

  function endedWithin(milliseconds: number): Promise<void> {
    if (!running) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function closed(pipe: Readable): Promise<void> {
  return pipe.closed ? Promise.resolve() : new Promise((resolve) => pipe.once('close', resolve));
}
