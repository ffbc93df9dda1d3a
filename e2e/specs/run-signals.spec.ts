import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { onLinux } from '../support/on-system.ts';
import { runLab } from './run-lab.ts';

const lab = runLab('run-signals');
const started: ChildProcess[] = [];
/** Folders of programs that note their number there. */
const listening: string[] = [];

afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) endGroup(pid);
  // On a terminal of its own a program has a group of its own.
  for (const folder of listening.splice(0))
    for (const id of linesOf(path.join(folder, 'pid'))) endProcess(id);
});

function endProcess(id: string): void {
  try {
    process.kill(Number(id), 'SIGKILL');
  } catch {
    // Ended already.
  }
}

function endGroup(id: number): void {
  try {
    process.kill(-id, 'SIGKILL');
  } catch {
    // Ended already.
  }
}

const PATIENCE = 20_000;

async function until<T>(find: () => T | undefined, what = 'it'): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come about`);
    await pause(20);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Notes each signal that it gets in a file, and ends by TERM. */
const LISTENER = `
echo $$ > pid
for s in INT QUIT HUP USR1 USR2 WINCH CONT; do trap "echo $s >> log" $s; done
trap 'echo TERM >> log; exit 5' TERM
echo ready > ready
while :; do sleep 0.1; done
`;

function listenerFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(lab.base, 'folder-')));
  writeFileSync(path.join(folder, 'listener'), LISTENER);
  listening.push(folder);
  return folder;
}

const linesOf = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

function stateOf(id: number | string): string {
  const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
}

async function startListener(
  words: (listener: readonly string[]) => readonly string[],
  input: 'pipe' | 'ignore',
) {
  const folder = listenerFolder();
  const [file = '', ...args] = words(lab.command(['run', '--', 'bash', '-c', LISTENER]));
  const child = spawn(file, args, {
    cwd: folder,
    env: { PATH: lab.credence.searchPath, HOME: lab.base, TERM: 'dumb' },
    stdio: [input, 'pipe', 'inherit'],
    detached: true,
  });
  started.push(child);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<readonly [number | null, string | null]>((resolve) => {
    child.on('exit', (code, signal) => {
      resolve([code, signal]);
    });
  });
  return { folder, child, ended, said: () => said, log: () => linesOf(path.join(folder, 'log')) };
}

describe.runIf(onLinux)('Signals', () => {
  test('Each one reaches the program, once, and then the exit code is its own.', async () => {
    const { folder, child, ended, log } = await startListener((words) => words, 'ignore');
    await until(() => linesOf(path.join(folder, 'ready'))[0], 'the program');
    for (const signal of ['INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH', 'TERM']) {
      child.kill(`SIG${signal}` as NodeJS.Signals);
      await until(() => (log().includes(signal) ? true : undefined), signal);
    }
    expect(await ended).toEqual([5, null]);
    expect(log()).toEqual(['INT', 'QUIT', 'HUP', 'USR1', 'USR2', 'WINCH', 'TERM']);
  });
});

describe.runIf(onLinux && existsSync('/usr/bin/script'))('On a terminal', () => {
  const onTerminal = (words: readonly string[]): readonly string[] => [
    '/usr/bin/script',
    '-qec',
    // The shell that script starts would be hung up on in the place of the program.
    `exec ${words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')}`,
    '/dev/null',
  ];

  test('All three streams are the terminal, and its foreground group is the program’s.', () => {
    const script = 'test -t 0 && test -t 1 && test -t 2 && tty && stty -a | grep -c isig && exit 9';
    const [file = '', ...args] = onTerminal(lab.command(['run', '--', 'sh', '-c', script]));
    const { stdout, status } = spawnSync(file, args, {
      cwd: lab.base,
      env: { PATH: lab.credence.searchPath, HOME: lab.base, SHELL: '/bin/sh' },
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^\/dev\/pts\/\d+\r\n1\r\n$/);
    expect(status).toBe(9);
  });

  test('One Ctrl-C is one interrupt, and one Ctrl-\\ one quit.', async () => {
    const { folder, child, log } = await startListener(onTerminal, 'pipe');
    await until(() => linesOf(path.join(folder, 'ready'))[0], 'the program');
    child.stdin?.write('\u0003');
    await until(() => (log().includes('INT') ? true : undefined), 'INT');
    child.stdin?.write('\u001c');
    await until(() => (log().includes('QUIT') ? true : undefined), 'QUIT');
    await pause(500);
    expect(log()).toEqual(['INT', 'QUIT']);
  });

  /** A shell that somebody types into. */
  function startShell(folder: string): {
    readonly type: (text: string) => void;
    readonly said: () => string;
  } {
    const child = spawn('/usr/bin/script', ['-qc', 'exec bash --norc -i', '/dev/null'], {
      cwd: folder,
      env: {
        PATH: lab.credence.searchPath,
        HOME: lab.base,
        TERM: 'dumb',
        PS1: '> ',
        HISTFILE: '',
      },
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    started.push(child);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    return { type: (text) => child.stdin.write(text), said: () => said };
  }

  const idIn = (folder: string): Promise<string> =>
    until(
      () => (existsSync(path.join(folder, 'ready')) ? linesOf(path.join(folder, 'pid'))[0] : undefined),
      'the program',
    );

  test('A shell sees the job stopped by Ctrl-Z, and takes it up again.', async () => {
    const folder = listenerFolder();
    const { type, said } = startShell(folder);
    type('credence run -- bash listener; echo "ended with $?" > end\n');
    const id = await idIn(folder);
    type('\u001a');
    await until(() => (stateOf(id) === 'T' ? true : undefined), 'the stop');
    type('jobs > jobs-file\n');
    const jobs = await until(() => linesOf(path.join(folder, 'jobs-file'))[0], 'the shell');
    expect(jobs).toContain('Stopped');
    type('fg\n');
    await until(() => (linesOf(path.join(folder, 'log')).includes('CONT') ? true : undefined), 'CONT');
    expect(stateOf(id)).not.toBe('T');
    process.kill(Number(id), 'SIGTERM');
    await until(() => (existsSync(`/proc/${id}`) ? undefined : true), 'its end');
    expect(said()).toContain('Stopped');
  });

  test('In the background it is stopped with its program by a signal, more than once, and both go on.', async () => {
    const folder = listenerFolder();
    const { type } = startShell(folder);
    type('credence run -- bash listener & echo $! > job\n');
    const id = await idIn(folder);
    const job = await until(() => linesOf(path.join(folder, 'job'))[0], 'the job');
    for (let times = 1; times <= 2; times++) {
      process.kill(Number(job), 'SIGTSTP');
      await until(() => (stateOf(id) === 'T' && stateOf(job) === 'T' ? true : undefined), 'the stop');
      process.kill(Number(job), 'SIGCONT');
      const continued = (): number =>
        linesOf(path.join(folder, 'log')).filter((line) => line === 'CONT').length;
      await until(() => (continued() === times ? true : undefined), 'the end of it');
      expect(stateOf(job)).not.toBe('T');
    }
    process.kill(Number(job), 'SIGINT');
    await until(() => (linesOf(path.join(folder, 'log')).includes('INT') ? true : undefined), 'INT');
  });
});
