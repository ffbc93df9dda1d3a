import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RealShell } from './generated-scripts.ts';

/** What a shell makes of a script. All texts are bytes, one character for each. */
export interface Ran {
  /** The environment that programs get behind it; null where the shell did not get that far. */
  readonly environment: ReadonlyMap<string, string> | null;
  /** What the shell says to `-n`. */
  readonly syntax: boolean;
}

/** How the shell is started that reads the scripts. */
export type Start = 'plain' | 'login and interactive';

const STARTS: Readonly<Record<Exclude<RealShell, 'fish'>, readonly string[]>> = {
  bash: ['--noprofile', '--norc'],
  zsh: ['-f'],
  dash: [],
};

/** A process for each script would take minutes for thousands: each gets a process forked from one shell. */
const POSIX_DRIVER = `n=0
while [ "$n" -lt "$COUNT" ]; do
  "$SHELL_NAME" -n "../case$n" 2>/dev/null </dev/null
  printf 'case\\0%s\\0' "$?"
  ( trap '/usr/bin/env -0' EXIT; . "../case$n" >/dev/null 2>&1 </dev/null )
  n=$((n+1))
done
`;

const FISH_DRIVER = `for n in (seq 0 (math $COUNT - 1))
  fish --no-config -n "../case$n" 2>/dev/null </dev/null
  printf 'case\\0%s\\0' $status
  fish --no-config $FLAGS -c "source ../case$n >/dev/null 2>&1; /usr/bin/env -0" 2>/dev/null </dev/null
end
`;

/** Runs each script in a process of its own, with an empty home and nothing in the environment. */
export function runScripts(
  base: string,
  shell: RealShell,
  start: Start,
  scripts: readonly string[],
): readonly Ran[] {
  const folder = mkdtempSync(path.join(base, 'run-'));
  const home = path.join(folder, 'home');
  mkdirSync(home);
  writeFileSync(path.join(home, '.zshrc'), '');
  scripts.forEach((script, index) => {
    writeFileSync(path.join(folder, `case${String(index)}`), script, 'latin1');
  });
  const driver = path.join(folder, 'driver');
  writeFileSync(driver, shell === 'fish' ? FISH_DRIVER : POSIX_DRIVER);
  const variables = { HOME: home, PATH: '/usr/bin:/bin', COUNT: String(scripts.length), SHELL_NAME: shell };
  let args: readonly string[];
  if (shell === 'fish') args = ['--no-config', driver];
  else if (start === 'plain') args = [...STARTS[shell], driver];
  else args = ['-l', '-i', '-c', `. ${driver}`];
  const flags = start === 'plain' ? {} : { FLAGS: '-li' };
  const run = spawnSync(shell, args, {
    env: { ...variables, ...(shell === 'fish' ? flags : {}) },
    cwd: home,
    encoding: 'latin1',
    maxBuffer: 1 << 28,
    timeout: 600_000,
  });
  rmSync(folder, { recursive: true, force: true });
  if (run.error !== undefined) {
    throw new Error(`${shell} cannot be started, but this needs it: install ${shell} (${run.error.message})`);
  }
  const cases = run.stdout.split('case\0').slice(1);
  if (cases.length !== scripts.length) {
    throw new Error(`${shell} answered for ${String(cases.length)} of ${String(scripts.length)} scripts`);
  }
  return cases.map(readCase);
}

function readCase(answer: string): Ran {
  const [status, ...entries] = answer.split('\0');
  return { syntax: status === '0', environment: readEnvironment(entries) };
}

/** Of `env -0`; what changes with every process is left out. */
export function readEnvironment(entries: readonly string[]): ReadonlyMap<string, string> | null {
  const environment = new Map<string, string>();
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    if (equals > 0) environment.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  environment.delete('_');
  return environment.has('PATH') ? environment : null;
}
