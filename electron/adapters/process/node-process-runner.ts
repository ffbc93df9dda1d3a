import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ProcessRunner, RunRequest, RunResult } from '../../../shared/ports/process-runner.ts';
import { hasDescriptorsFor } from './spare-descriptors.ts';

/**
 * Runs a program in a process group of its own and ends the whole group at the deadline: a helper's grandchild that keeps the
 * pipe open must not hold anybody up. Standard input ends at once or behind what is given, standard error goes nowhere (it may
 * hold a secret).
 */
export const nodeProcessRunner: ProcessRunner = {
  run: (request) =>
    new Promise<RunResult>((resolve) => {
      const started = performance.now();
      const milliseconds = (): number => Math.round(performance.now() - started);
      const child = start(request);
      if (child === null) {
        resolve({ state: 'not-started', milliseconds: milliseconds() });
        return;
      }
      const { deadline, maxBytes, input, printed = 'utf8' } = request;
      const chunks: Buffer[] = [];
      let bytes = 0;
      let settled = false;
      let grace: NodeJS.Timeout | undefined;
      const settle = (result: RunResult): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        clearTimeout(grace);
        child.stdout.destroy();
        child.stdin?.destroy();
        // Nobody waits for it any more, not even this process with its own end.
        child.unref();
        resolve(result);
      };
      const timer = setTimeout(() => {
        endGroup(child);
        settle({ state: 'timed-out', milliseconds: milliseconds() });
      }, deadline);
      child.stdout.on('data', (chunk: Buffer) => {
        if (bytes < maxBytes) chunks.push(chunk.subarray(0, maxBytes - bytes));
        bytes += chunk.length;
      });
      // A program may end, or close its input, without having read it.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(Buffer.from(input ?? '', 'latin1'));
      child.on('error', () => {
        settle({ state: 'not-started', milliseconds: milliseconds() });
      });
      // What the program left running on purpose may keep the pipe open, and goes on; its own output has arrived by then.
      child.on('exit', (exitCode) => {
        // Two more rounds of the loop, so that output which is there already is read before time is called.
        grace = setTimeout(() => {
          setImmediate(() =>
            setImmediate(() => {
              ended(exitCode);
            }),
          );
        }, GRACE);
      });
      child.on('close', (exitCode) => {
        ended(exitCode);
      });
      const ended = (exitCode: number | null): void => {
        settle({
          state: 'ended',
          exitCode,
          output: Buffer.concat(chunks).toString(printed === 'bytes' ? 'latin1' : 'utf8'),
          truncated: bytes > maxBytes,
          milliseconds: milliseconds(),
        });
      };
    }),
};

/** How long a pipe may stay open after its program has ended: milliseconds. */
const GRACE = 500;

type Running = ChildProcess & { readonly stdout: Readable };

/**
 * `null` where Node refuses at once instead of telling it by an event: a NUL byte, an argument that is too long, a folder
 * that is none, no descriptor left.
 */
function start({ file, args, folder, variables, input }: RunRequest): Running | null {
  if (!hasDescriptorsFor(input === undefined ? 1 : 2)) return null;
  try {
    const child = spawn(file, [...args], {
      cwd: folder,
      env: { ...variables },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
      detached: true,
      windowsHide: true,
    });
    // Without anybody who listens it would be thrown: it comes also where the streams are missing.
    child.on('error', () => undefined);
    // Not there when the system has no descriptor left, whatever the types say.
    return isRunning(child) ? child : null;
  } catch {
    return null;
  }
}

function isRunning(child: ChildProcess): child is Running {
  return (child.stdout as Readable | null | undefined) != null;
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Ended by itself in the meantime, or a system without groups.
    child.kill('SIGKILL');
  }
}
