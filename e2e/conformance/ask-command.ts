import { spawn } from 'node:child_process';

/** What a command printed, and how it ended. */
export interface CommandAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** `null`: it was ended, by a signal or because its time was up. */
  readonly exitCode: number | null;
  readonly inTime: boolean;
}

/** Milliseconds; a world's answer takes a tenth of a second. */
const DEADLINE = 30_000;

/** Runs a command with exactly this environment and ends its whole process group should it not end by itself. */
export function askCommand(
  [file = '', ...args]: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: folder,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let [stdout, stderr, inTime] = ['', '', true];
    const timer = setTimeout(() => {
      inTime = false;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, DEADLINE);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ stdout, stderr, exitCode, inTime });
    });
  });
}
