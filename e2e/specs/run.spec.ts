import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { KEY, TOKEN, worldOf, type Given } from '../../shared/testing/given.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { layJsonWorld, type LaidWorld } from './lay-json-world.ts';

let base = '';
let credence: BuiltCommand;
let worlds = 0;
const started: ChildProcess[] = [];
/** Folders of programs that note their number there. */
const listening: string[] = [];

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-run-')));
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
});
afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined) endGroup(pid);
  // On a terminal of its own a program has a group of its own.
  for (const folder of listening.splice(0))
    for (const id of linesOf(path.join(folder, 'pid'))) endProcess(id);
});
afterAll(() => {
  // A shell that was hung up may still be at it.
  rmSync(base, { recursive: true, force: true, maxRetries: 10 });
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

const lay = (given: Given): LaidWorld =>
  layJsonWorld(
    { ...worldOf(given), name: 'made up', says: { outcome: 'sends' } },
    path.join(base, `world-${++worlds}`),
  );

const ODD = {
  'BASH_FUNC_made_up%%': '() { :; }',
  'npm_config_a.b-c': 'x',
  EMPTY: '',
  LINES: 'one\ntwo\n',
  LETTERS: 'é € \u{1f511} \ufffd',
  EQUALS: 'a=b=c',
  EXAMPLE_1: 'x',
};

function environmentOf(world: LaidWorld): Readonly<Record<string, string>> {
  return { ...world.variables, ...ODD, PATH: credence.searchPath };
}

/** What a program is started with, as it prints it. */
function printed(words: readonly string[], world: LaidWorld): { pairs: readonly string[]; said: string } {
  const [file = '', ...args] = words;
  const { stdout, stderr, status } = spawnSync(file, args, {
    cwd: world.folder,
    env: environmentOf(world),
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return { pairs: stdout.split('\0'), said: stderr };
}

const command = (words: readonly string[]): readonly string[] => [
  path.join(base, 'bin/node'),
  credence.file,
  ...words,
];

/** Names of what stands in the one and not in the other; the rest has to be equal, in order. */
function missing(world: LaidWorld, words: readonly string[]): readonly string[] {
  const outside = printed(['/usr/bin/env', '-0'], world).pairs;
  const inside = printed(command([...words, '--', '/usr/bin/env', '-0']), world).pairs;
  const gone = outside.filter((pair) => !inside.includes(pair));
  expect(inside).toEqual(outside.filter((pair) => !gone.includes(pair)));
  return gone.map((pair) => pair.slice(0, pair.indexOf('=')));
}

// ── The environment ─────────────────────────────────────────────────────────────────────────────────────────────────────

const BEDROCK = { CLAUDE_CODE_USE_BEDROCK: '1', AWS_BEARER_TOKEN_BEDROCK: 'made-up' };

describe.runIf(onLinux)('What is taken away', () => {
  test.each<[string, Given, readonly string[]]>([
    ['nothing, where nothing is in the way', { login: true }, []],
    ['a metered key over a login', { login: true, shell: KEY }, ['ANTHROPIC_API_KEY']],
    ['not a key without a login', { shell: KEY }, []],
    ['a switch that hides a login', { login: true, shell: BEDROCK }, ['CLAUDE_CODE_USE_BEDROCK']],
    [
      'what comes out from behind, too',
      { login: true, shell: { ...BEDROCK, ...KEY } },
      ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_USE_BEDROCK'],
    ],
    [
      'of two that are sent the one that does not win',
      { shell: { ...KEY, ...TOKEN } },
      ['ANTHROPIC_API_KEY'],
    ],
  ])('is %s.', (_, given, names) => {
    expect([...missing(lay(given), ['run'])].sort()).toEqual(names);
  });

  test('is what is named, and nothing beside it.', () => {
    const world = lay({ login: true, shell: { ...KEY, ...TOKEN, ...BEDROCK, AWS_PROFILE: 'x' } });
    expect(missing(world, ['run', '--without', 'ANTHROPIC_AUTH_TOKEN'])).toEqual(['ANTHROPIC_AUTH_TOKEN']);
    expect(missing(world, ['run', '--without', 'EXAMPLE_1', '--without', 'LINES'])).toEqual([
      'LINES',
      'EXAMPLE_1',
    ]);
    expect(missing(world, ['run', '--without', 'CLAUDE_CODE_OAUTH_TOKEN'])).toEqual([]);
    expect(missing(world, ['run', '--without=cloud-provider', '--without=api-key'])).toEqual(
      expect.arrayContaining(['ANTHROPIC_API_KEY', 'CLAUDE_CODE_USE_BEDROCK', 'AWS_BEARER_TOKEN_BEDROCK']),
    );
    expect(missing(world, ['run', '--without=cloud-provider'])).not.toContain('AWS_PROFILE');
  });

  test('is told in one sentence where no environment can do it.', () => {
    const world = lay({ login: true, user: KEY, shell: { ANTHROPIC_API_KEY: 'another' } });
    expect(missing(world, ['run'])).toEqual([]);
    const { said } = printed(command(['run', '--', '/usr/bin/env', '-0']), world);
    expect(said.replaceAll(/\n +/g, ' ')).toMatch(
      /^credence: ANTHROPIC_API_KEY stands in ~\/\.claude\/settings\.json:\d+, where no environment can take it away, so it still counts\.\n$/,
    );
  });
});

// ── Words and bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe.runIf(onLinux)('Words', () => {
  test('Whatever stands behind the dashes is the program’s.', () => {
    const words = [
      '--json',
      '--help',
      '-h',
      '-V',
      '--',
      '--without',
      'X',
      '',
      ' ',
      'a\nb',
      '*',
      '$HOME',
      '\ufffd',
      '-',
    ];
    const world = lay({});
    const { pairs, said } = printed(
      command(['run', '--', '/bin/sh', '-c', String.raw`printf '%s\0' "$@"`, 'sh', ...words]),
      world,
    );
    expect(pairs.slice(0, -1)).toEqual(words);
    expect(said).toBe('');
  });

  const raw = (script: string) =>
    spawnSync('/bin/sh', ['-c', script], {
      cwd: base,
      env: { PATH: credence.searchPath, HOME: base },
      encoding: 'utf8',
    });

  test('Bytes that are no UTF-8 are refused rather than changed, by name.', () => {
    const variable = raw(String.raw`EXAMPLE_1=$(printf 'a\377') credence run -- touch started`);
    expect(variable.stdout).toBe('');
    expect(variable.stderr).toContain('EXAMPLE_1');
    expect(variable.status).toBe(4);
    const word = raw(String.raw`credence run -- touch started "$(printf 'a\351')"`);
    expect(word.stderr).toContain('a word of the command line');
    expect(word.status).toBe(4);
    expect(existsSync(path.join(base, 'started'))).toBe(false);
  });

  test('They are no trouble where they are taken away, and the character that stands for them is none.', () => {
    const taken = raw(String.raw`EXAMPLE_1=$(printf 'a\377') credence run --without EXAMPLE_1 -- env`);
    expect(taken.status, taken.stderr).toBe(0);
    expect(taken.stdout).not.toContain('EXAMPLE_1');
    const kept = raw(String.raw`EXAMPLE_1=$(printf '\357\277\275') credence run -- printenv EXAMPLE_1`);
    expect(kept).toMatchObject({ status: 0, stdout: '\ufffd\n' });
  });
});

// ── How it ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function ends(
  words: readonly string[],
  more: Readonly<Record<string, string>> = {},
  folder = base,
  input = '',
) {
  const [file = '', ...args] = command(['run', '--', ...words]);
  return spawnSync(file, args, {
    cwd: folder,
    env: { PATH: credence.searchPath, HOME: base, ...more },
    encoding: 'utf8',
    input,
  });
}

describe.runIf(onLinux)('The end', () => {
  test.each([0, 1, 2, 3, 4, 126, 127, 128, 130, 255])('An exit code is the program’s: %i', (code) => {
    expect(ends(['sh', '-c', `exit ${code}`])).toMatchObject({ status: code, stdout: '', stderr: '' });
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'] as const)(
    'What ends by a signal ends this by the same: %s',
    (signal) => {
      expect(ends(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({ status: null, signal });
    },
  );

  test.each(['SIGQUIT', 'SIGABRT', 'SIGSEGV', 'SIGPIPE'] as const)(
    'Where that would leave a picture of the memory, or cannot be, it is told as shells do: %s',
    (signal) => {
      expect(ends(['sh', '-c', `kill -${signal.slice(3)} $$`])).toMatchObject({
        status: 128 + constants.signals[signal],
        signal: null,
      });
    },
  );

  test('What is not there, and what cannot be run, is told as shells do.', () => {
    const folder = mkdtempSync(path.join(base, 'folder-'));
    writeFileSync(path.join(folder, 'text'), 'x');
    writeFileSync(path.join(folder, 'no-interpreter'), '#!/no/such/program\n');
    chmodSync(path.join(folder, 'no-interpreter'), 0o755);
    const searched = { PATH: `${folder}:${credence.searchPath}` };
    for (const [word, status] of [
      ['no-such-program', 127],
      ['./no-such-program', 127],
      ['', 127],
      ['text', 126],
      ['./text', 126],
      [folder, 126],
      ['./no-interpreter', 126],
    ] as const) {
      const end = ends([word], searched, folder);
      expect([word, end.status, end.stdout]).toEqual([word, status, '']);
      expect(end.stderr).toMatch(/^credence: .+\n$/);
    }
  });

  test('A program is looked for on the search path, and never in the folder one stands in.', () => {
    const folder = mkdtempSync(path.join(base, 'folder-'));
    writeFileSync(path.join(folder, 'made-up'), '#!/bin/sh\necho "here $0"\n');
    chmodSync(path.join(folder, 'made-up'), 0o755);
    for (const searchPath of [`:${credence.searchPath}`, `${credence.searchPath}:`, '/usr/bin::/bin', ''])
      expect(ends(['made-up'], { PATH: searchPath }, folder).status, searchPath).toBe(127);
    expect(ends(['./made-up'], {}, folder).stdout).toBe('here ./made-up\n');
    expect(ends(['made-up'], { PATH: `/bin:${folder}` }, folder).stdout).toBe(`here ${folder}/made-up\n`);
    // What somebody has put there on purpose holds.
    expect(ends(['made-up'], { PATH: `/bin:.` }, folder).status).toBe(0);
  });

  test('A script without a first line runs, the folder and the streams are the same.', () => {
    const folder = realpathSync(mkdtempSync(path.join(base, 'folder-')));
    writeFileSync(path.join(folder, 'plain'), 'pwd; cat; echo x >&2\n');
    chmodSync(path.join(folder, 'plain'), 0o755);
    const end = ends(['./plain'], {}, folder, 'given\0\n');
    expect(end).toMatchObject({ status: 0, stdout: `${folder}\ngiven\0\n`, stderr: 'x\n' });
  });
});

// ── Signals and terminals ───────────────────────────────────────────────────────────────────────────────────────────────

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
  const folder = realpathSync(mkdtempSync(path.join(base, 'folder-')));
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
  const [file = '', ...args] = words(command(['run', '--', 'bash', '-c', LISTENER]));
  const child = spawn(file, args, {
    cwd: folder,
    env: { PATH: credence.searchPath, HOME: base, TERM: 'dumb' },
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
    const [file = '', ...args] = onTerminal(command(['run', '--', 'sh', '-c', script]));
    const { stdout, status } = spawnSync(file, args, {
      cwd: base,
      env: { PATH: credence.searchPath, HOME: base, SHELL: '/bin/sh' },
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
      env: { PATH: credence.searchPath, HOME: base, TERM: 'dumb', PS1: '> ', HISTFILE: '' },
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
