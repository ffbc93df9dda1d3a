import { spawnSync } from 'node:child_process';

/** Milliseconds of one run. */
export interface Cost {
  readonly wall: number;
  /** User and system time of the program and all it started. */
  readonly cpu: number;
}

export interface Setting {
  readonly folder: string;
  /** Nothing else is in the environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * What a command costs, by bash's `time`, which has it from the kernel to the millisecond; Node itself cannot ask what a
 * child has used. Several runs in a row make it finer still. Its output goes nowhere.
 *
 * @throws {Error} when bash cannot be started or the command does not end with `exitCode` (`null`: any will do)
 */
export function costOf(
  command: readonly string[],
  { folder, variables }: Setting,
  { runs = 1, exitCode = 0 }: { readonly runs?: number; readonly exitCode?: number | null } = {},
): Cost {
  const script = `TIMEFORMAT='%3R %3U %3S'
    time for ((run = 0; run < ${runs}; run++)); do
      "$@" </dev/null >/dev/null 2>&1; code=$?
      ${exitCode === null ? ':' : `[ $code -eq ${exitCode} ]`} || { echo "ended with $code" >&2; exit 1; }
    done`;
  const { status, stderr, error } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    cwd: folder,
    env: variables,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  const [wall, user, system] = stderr.trim().split(' ').map(Number);
  if (status !== 0 || wall === undefined || user === undefined || system === undefined || Number.isNaN(wall))
    throw new Error(`${command.join(' ')}: ${stderr.trim()}`);
  return { wall: (wall / runs) * 1000, cpu: ((user + system) / runs) * 1000 };
}
