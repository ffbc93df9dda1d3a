import { spawn } from 'node:child_process';
import type { ProcessRunner, RunResult } from '../../../shared/ports/process-runner.ts';

/**
 * Runs a program in a process group of its own and ends the whole group at the deadline: a helper's grandchild that keeps the
 * pipe open must not hold anybody up. Standard input is closed, standard error goes nowhere (it may hold a secret).
 */
export const nodeProcessRunner: ProcessRunner = {
  run: ({ file, args, folder, variables, deadline, maxBytes }) =>
    new Promise<RunResult>((resolve) => {
      const started = performance.now();
      const milliseconds = (): number => Math.round(performance.now() - started);
      const child = spawn(file, [...args], {
        cwd: folder,
        env: { ...variables },
        stdio: ['ignore', 'pipe', 'ignore'],
        detached: true,
        windowsHide: true,
      });
      const chunks: Buffer[] = [];
      let bytes = 0;
      let settled = false;
      const settle = (result: RunResult): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        child.stdout.destroy();
        resolve(result);
      };
      const timer = setTimeout(() => {
        endGroup(child.pid);
        settle({ state: 'timed-out', milliseconds: milliseconds() });
      }, deadline);
      child.stdout.on('data', (chunk: Buffer) => {
        if (bytes < maxBytes) chunks.push(chunk.subarray(0, maxBytes - bytes));
        bytes += chunk.length;
      });
      child.on('error', () => {
        settle({ state: 'not-started', milliseconds: milliseconds() });
      });
      child.on('close', (exitCode) => {
        settle({
          state: 'ended',
          exitCode,
          output: Buffer.concat(chunks).toString('utf8'),
          truncated: bytes > maxBytes,
          milliseconds: milliseconds(),
        });
      });
    }),
};

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
