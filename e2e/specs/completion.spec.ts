import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandNames, loadCommand } from '../../electron/cli/commands/index.ts';
import { requireProgram } from '../support/require-program.ts';
import { cliLab } from './cli-lab.ts';

const lab = cliLab('completion');

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
    cwd: path.join(lab.base, 'bin'),
    env: {
      PATH: `${lab.credence.searchPath}:${process.env['PATH'] ?? ''}`,
      HOME: path.join(lab.base, 'bin'),
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
  const file = path.join(lab.base, `_credence.${name}`);
  const { exitCode } = await lab.shell(`credence completion ${name} > ${file}`, lab.nothing());
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
  mkdirSync(path.join(lab.base, 'bin/two words'), { recursive: true });
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
