import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandNames, loadCommand } from '../../electron/cli/commands/index.ts';
import { leaksIn, secretsOfWorld } from '../../shared/testing/secrets-of-world.ts';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { onLinux } from '../support/on-system.ts';
import { JSON_WORLDS, type JsonWorld } from './json-worlds.ts';
import { layJsonWorld, NOTHING, type LaidWorld } from './lay-json-world.ts';

let base = '';
let credence: BuiltCommand;
let nothing: LaidWorld;
let much: LaidWorld;

const MUCH = JSON_WORLDS.find(({ name }) => name === 'much at once') ?? NOTHING;

beforeAll(() => {
  base = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-cli-')));
  chmodSync(base, 0o755);
  mkdirSync(path.join(base, 'bin'));
  credence = builtCommand(path.join(base, 'bin'));
  nothing = layWorld(NOTHING);
  much = layWorld(MUCH);
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

let worlds = 0;
const layWorld = (world: JsonWorld): LaidWorld => layJsonWorld(world, path.join(base, `world-${++worlds}`));

const ESCAPE = '\u001b';

/**
 * Lines that are wider than they need be. A single word may stand out, also behind a mark or a label: a path must stay one
 * that can be copied.
 */
function tooWide(text: string, columns: number): readonly string[] {
  return text
    .split('\n')
    .filter((line) => Array.from(line).length > columns)
    .filter((line) => line.replace(/^ *(?:\S |\S+(?: \S+)* {2,})?/, '').includes(' '));
}

/** What a text to read must be, whatever it says. */
function expectReadable(text: string, columns = 80): void {
  expect(text).not.toContain(ESCAPE);
  expect(tooWide(text, columns)).toEqual([]);
  expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
  expect(text).toMatch(/\S\n$/);
  expect(text).not.toContain('\n\n\n');
  expect(text).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
}

// ── Help and version ────────────────────────────────────────────────────────────────────────────────────────────────────

test.each([['--help'], ['-h'], ['help']])('The general help names every command: %s', async (word) => {
  const { stdout, stderr, exitCode } = await credence.ask([word], nothing);
  expectReadable(stdout);
  for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(stdout).toContain('Exit codes');
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test.each(commandNames)('The help of a command names each of its options: %s', async (name) => {
  const { stdout, stderr, exitCode } = await credence.ask([name, '--help'], nothing);
  expectReadable(stdout);
  const command = await loadCommand(name);
  for (const { name: option } of command?.options ?? []) expect(stdout).toContain(`--${option}`);
  for (const option of ['--help', '--version']) expect(stdout).toContain(option);
  // What runs a program leaves standard output to that, and a secret is printed by itself.
  expect(stdout.includes('--json')).toBe(command?.program !== true && command?.printsSecret !== true);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect((await credence.ask([name, '-h'], nothing)).stdout).toBe(stdout);
  expect((await credence.ask(['help', name], nothing)).stdout).toBe(stdout);
});

test.each([[['--version']], [['-V']], [['matrix', '--version']]])(
  'The version is one line: %j',
  async (words) => {
    const { stdout, exitCode } = await credence.ask(words, nothing);
    expect(stdout).toMatch(/^credence \d+\.\d+\.\d+\n$/);
    expect(exitCode).toBe(0);
  },
);

// ── Command lines that are wrong ────────────────────────────────────────────────────────────────────────────────────────

test.each<[readonly string[], string]>([
  [['statsu'], 'There is no command “statsu”. Did you mean “status”?'],
  [['whatif'], 'Did you mean “what-if”?'],
  [['help', 'docter'], 'Did you mean “doctor”?'],
  [['zebra'], 'There is no command “zebra”.'],
  [['sk-ant-api03-PASTED-aaaa'], 'There is no such command.'],
  [['status', '--mod', 'print'], 'There is no option --mod here. Did you mean --mode?'],
  [['--floder', '.'], 'Did you mean --folder?'],
  [['-x'], 'There is no option -x here.'],
  [['status', '--mode'], '--mode takes one of: interactive, print, bare.'],
  [['status', '--mode', 'prnt'], '--mode takes one of: interactive, print, bare.'],
  [['status', '--folder'], '--folder takes a value: DIR.'],
  [['status', '--json=yes'], '--json takes no value.'],
  [['status', 'here'], 'status takes no words without a dash.'],
  [['explain', 'nonsense'], 'explain takes one source:'],
  [['check'], 'Say what you expect:'],
  [['what-if'], 'Say what to suppose:'],
  [['completion', 'tcsh'], 'completion takes one of: bash, zsh, fish.'],
  [['run'], 'Say what to run, behind “--”'],
  [['run', 'env'], 'run takes no words without a dash. The program stands behind “--”.'],
  [['run', '--json', '--', 'env'], 'There is no option --json here.'],
  [['run', '--without', 'ANTHROPIC_API_KYE', '--', 'env'], 'Did you mean “ANTHROPIC_API_KEY”?'],
  [
    ['run', '--without', 'ANTHROPIC_API_KEY=PASTED', '--', 'env'],
    'a secret does not belong on a command line',
  ],
  [['run', '--without', 'claude-login', '--', 'env'], 'comes from no variable'],
  [['run', '--without'], '--without takes a value: NAME.'],
])('What is wrong is said on stderr, with exit code 2: %j', async (words, sentence) => {
  const { stdout, stderr, exitCode } = await credence.ask(words, nothing);
  expect(stdout).toBe('');
  expectReadable(stderr);
  expect(stderr).toMatch(/^credence: /);
  expect(stderr.replaceAll(/\n +/g, ' ')).toContain(sentence);
  expect(stderr).toMatch(/^ {2}See “credence (?:[a-z-]+ )?--help”\.$/m);
  expect(stderr).not.toContain('PASTED');
  expect(exitCode).toBe(2);
});

test('A folder to scan that is not there is named without what could act on a terminal, with exit code 3.', async () => {
  const { stdout, stderr, exitCode } = await credence.ask(['scan', '/nowhere/\u001b[2J\u202e'], nothing);
  expect(stdout).toBe('');
  expectReadable(stderr);
  expect(stderr).not.toContain('\u202e');
  expect(exitCode).toBe(3);
});

// ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const LINES: readonly (readonly string[])[] = [
  [],
  ['status'],
  ['explain'],
  ['explain', 'claude-login'],
  ['matrix'],
  ['what-if', '--without', 'ANTHROPIC_API_KEY', '--with', 'apiKeyHelper@user'],
  ['check', '--no-metered', '--expect', 'subscription', '--min-login', '24h', '--org', 'made-up'],
  ['scan', '.'],
  ['doctor'],
  ['doctor', '--report'],
];
const byName = JSON_WORLDS.map((world) => [world.name, world] as const);

test.runIf(onLinux).each(byName)('The text of every command can be read: %s.', async (_, world) => {
  const laid = layWorld(world);
  const { mode = 'print', version, runHelper, args = [] } = world;
  const context = [...args, ...(version === undefined ? [] : ['--claude-version', version])];
  const asking = LINES.map((words) => {
    const takesMode = words[0] !== 'matrix';
    const more = takesMode ? ['--mode', mode] : [];
    const helper = runHelper === true && takesMode && words[0] !== 'scan' ? ['--run-helper'] : [];
    return credence.ask([...words, ...context, ...more, ...helper], laid);
  });
  const secrets = secretsOfWorld(world);
  for (const [at, { stdout, stderr, exitCode }] of (await Promise.all(asking)).entries()) {
    // A report is made to be pasted elsewhere: its lines stay whole.
    expectReadable(stdout, LINES[at]?.includes('--report') === true ? Infinity : 80);
    expect(stdout).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(stderr).toBe('');
    expect([0, 1, 3]).toContain(exitCode);
    expect(leaksIn(stdout, secrets)).toEqual([]);
  }
});

test.runIf(onLinux).each(byName)('The short answer is one short line: %s.', async (_, world) => {
  const { mode = 'print' } = world;
  const { stdout, stderr } = await credence.ask(['status', '--short', '--mode', mode], layWorld(world));
  expectReadable(stdout);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  expect(stderr).toBe('');
});

test('The exit code of text and JSON is the same.', async () => {
  for (const words of [['check', '--expect', 'metered'], ['status'], ['doctor']]) {
    const text = await credence.ask(words, much);
    const json = await credence.ask([...words, '--json'], much);
    expect(text.exitCode).toBe(json.exitCode);
  }
});

// ── Terminals and pipes ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Runs a line of shell in a terminal of its own; what it prints has the line ends of a terminal. */
async function inTerminal(line: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  requireProgram('script');
  const { folder, variables } = much;
  const answer = await askCommand(['script', '--quiet', '--return', '--command', line, '/dev/null'], folder, {
    PATH: credence.searchPath,
    SHELL: '/bin/sh',
    TERM: 'xterm-256color',
    ...variables,
    ...more,
  });
  expect([0, 1]).toContain(answer.exitCode);
  return answer.stdout.replaceAll('\r\n', '\n');
}

const plain = (text: string): string =>
  text
    .split(ESCAPE)
    .map((part, at) => (at === 0 ? part : part.replace(/^\[[0-9;]*m/, '')))
    .join('');

test.runIf(onLinux)('In a terminal there is colour, and without it the text is the same.', async () => {
  for (const words of ['status --mode print', 'explain', 'matrix', 'scan', 'doctor --report', '--help']) {
    const coloured = await inTerminal(`stty cols 80; credence ${words}`);
    const { stdout } = await credence.ask(words.split(' '), much);
    expect(plain(coloured)).toBe(stdout);
  }
  expect(await inTerminal('credence')).toContain(`${ESCAPE}[`);
});

test.runIf(onLinux).each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('Not with %j.', async (more) => {
  expect(await inTerminal('credence status', more)).not.toContain(ESCAPE);
});

test.runIf(onLinux)('An empty NO_COLOR says nothing.', async () => {
  expect(await inTerminal('credence status', { NO_COLOR: '' })).toContain(ESCAPE);
});

test.runIf(onLinux).each(['status --json', 'status --short', 'completion bash'])(
  'What programs read has no colour, not even in a terminal: %s.',
  async (words) => {
    expect(await inTerminal(`credence ${words}`)).not.toContain(ESCAPE);
  },
);

test.runIf(onLinux).each([40, 60, 100])(
  'The text is as wide as the terminal: %i columns.',
  async (columns) => {
    const commands = ['status --mode print', 'explain', 'doctor', 'scan'];
    // A table of four columns takes the usual width.
    if (columns >= 80) commands.push('matrix', 'help', 'help check');
    for (const words of commands) {
      expectReadable(plain(await inTerminal(`stty cols ${columns}; credence ${words}`)), columns);
    }
  },
);

async function shell(line: string, world: LaidWorld): Promise<CommandAnswer> {
  requireProgram('bash');
  return askCommand(['bash', '-c', line], world.folder, { PATH: credence.searchPath, ...world.variables });
}

test.each([
  ['status --json | head -1', '0'],
  ['explain | head -1', '0'],
  ['status --json | true', '0'],
  // The answer counts, whoever reads it.
  ['check --expect metered | true', '1'],
  ['zebra 2>&1 | true', '2'],
])('A reader that goes away is no failure: credence %s', async (words, exitCode) => {
  const { stdout, stderr } = await shell(`credence ${words}; echo "code \${PIPESTATUS[0]}"`, nothing);
  expect(stdout).toMatch(new RegExp(`code ${exitCode}\\n$`));
  expect(stderr).toBe('');
});

test.runIf(onLinux)('A full disk is one.', async () => {
  expect((await shell('credence status > /dev/full', nothing)).exitCode).toBe(3);
});

// ── Completion ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A test without the program that it is about has shown nothing. */
function requireProgram(name: string): void {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined) {
    throw new Error(`${name} is not on the search path; “npm test” installs it, or says how`);
  }
}

/** What each shell would offer for a line. */
const OFFERS: Readonly<Record<'bash' | 'zsh' | 'fish', (line: string, file: string) => readonly string[]>> = {
  bash: (line, file) => {
    const script =
      'source "$1" || exit; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _credence; printf "%s\\n" "${COMPREPLY[@]}"';
    // As readline takes words apart.
    const words = line.split(/ |(?<==)|(?==)/);
    return run('bash', ['--norc', '--noprofile', '-c', script, 'bash', file, ...words]);
  },
  zsh: (line, file) => run('zsh', ['-f', path.join(import.meta.dirname, 'zsh-candidates.zsh'), file, line]),
  fish: (line, file) =>
    run('fish', ['--no-config', '-c', 'source $argv[1]; complete -C$argv[2]', file, line]).map(
      (one) => one.split('\t')[0] ?? '',
    ),
};

function run(program: string, args: readonly string[]): readonly string[] {
  requireProgram(program);
  const { stdout, stderr, status } = spawnSync(program, args, {
    cwd: path.join(base, 'bin'),
    env: {
      PATH: `${credence.searchPath}:${process.env['PATH'] ?? ''}`,
      HOME: path.join(base, 'bin'),
      TERM: 'xterm',
    },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.split('\n').filter((one) => one !== '');
}

const SHELLS = ['bash', 'zsh', 'fish'] as const;

async function scriptOf(name: (typeof SHELLS)[number]): Promise<string> {
  const file = path.join(base, `_credence.${name}`);
  const { exitCode } = await shell(`credence completion ${name} > ${file}`, nothing);
  expect(exitCode).toBe(0);
  return file;
}

const CASES: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['credence st', ['status']],
  ['credence ru', ['run']],
  ['credence run --wi', ['--without']],
  ['credence run -- mkfif', ['mkfifo']],
  ['credence run -- --js', []],
  ['credence c', ['changes', 'check', 'clear', 'completion']],
  ['credence status --m', ['--mode']],
  ['credence --m', ['--mode']],
  ['credence status --mode ', ['bare', 'interactive', 'print']],
  ['credence status -m ', ['bare', 'interactive', 'print']],
  ['credence status --mode p', ['print']],
  ['credence --mode b', ['bare']],
  ['credence check --expect m', ['metered']],
  ['credence explain con', ['console-key']],
  ['credence completion ', ['bash', 'fish', 'zsh']],
  ['credence status --surface sc', ['scheduled']],
  ['credence matrix --mo', []],
  ['credence status --claude-version ', []],
];

for (const name of SHELLS) {
  test.each(CASES)(`${name} completes “%s”.`, async (line, offers) => {
    const offered = OFFERS[name](line, await scriptOf(name));
    expect([...new Set(offered)].sort()).toEqual(offers);
  });
}

test.each(['bash', 'zsh'] as const)('%s completes a value behind “=”.', async (name) => {
  expect(OFFERS[name]('credence status --mode=p', await scriptOf(name))).toEqual(['print']);
});

test.each(SHELLS)('%s completes every command and every option.', async (name) => {
  const file = await scriptOf(name);
  expect(OFFERS[name]('credence ', file)).toEqual(expect.arrayContaining([...commandNames]));
  for (const word of commandNames) {
    const command = await loadCommand(word);
    const options = (command?.options ?? []).map((option) => `--${option.name}`);
    expect(OFFERS[name](`credence ${word} --`, file)).toEqual(
      expect.arrayContaining([
        ...options,
        command?.program === true || command?.printsSecret === true ? '--help' : '--json',
      ]),
    );
  }
});

test.each(SHELLS)('%s completes folders to scan.', async (name) => {
  const file = await scriptOf(name);
  mkdirSync(path.join(base, 'bin/two words'), { recursive: true });
  expect(OFFERS[name]('credence scan two', file).join('')).toMatch(/^two words|^two\\ words\/?$/);
});

test('bash knows for which command it completes.', async () => {
  const file = await scriptOf('bash');
  expect(run('bash', ['--norc', '--noprofile', '-c', `source ${file}; complete -p credence`])).toEqual([
    'complete -F _credence credence',
  ]);
});

test('zsh takes the script as a file of its search path as well as by source.', async () => {
  const file = await scriptOf('zsh');
  const folder = path.dirname(file);
  const loaded = 'autoload -U compinit; compinit -u -D; whence -w _credence; print $_comps[credence]';
  run('cp', [file, path.join(folder, '_credence')]);
  expect(run('zsh', ['-f', '-c', `fpath=(${folder} $fpath); ${loaded}`])).toEqual([
    '_credence: function',
    '_credence',
  ]);
});
