import { expect, test } from 'vitest';
import { commandNames, loadCommand } from '../../electron/cli/commands/index.ts';
import { expectReadable } from '../support/expect-readable.ts';
import { cliLab } from './cli-lab.ts';

const lab = cliLab('cli');

test.each([['--help'], ['-h'], ['help']])('The general help names every command: %s', async (word) => {
  const { stdout, stderr, exitCode } = await lab.credence.ask([word], lab.nothing());
  expectReadable(stdout);
  for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(stdout).toContain('Exit codes');
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test.each(commandNames)('The help of a command names each of its options: %s', async (name) => {
  const { stdout, stderr, exitCode } = await lab.credence.ask([name, '--help'], lab.nothing());
  expectReadable(stdout);
  const command = await loadCommand(name);
  for (const { name: option } of command?.options ?? []) expect(stdout).toContain(`--${option}`);
  for (const option of ['--help', '--version']) expect(stdout).toContain(option);
  // What runs a program leaves standard output to that, and a secret is printed by itself.
  expect(stdout.includes('--json')).toBe(command?.program !== true && command?.printsSecret !== true);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect((await lab.credence.ask([name, '-h'], lab.nothing())).stdout).toBe(stdout);
  expect((await lab.credence.ask(['help', name], lab.nothing())).stdout).toBe(stdout);
});

test.each([[['--version']], [['-V']], [['matrix', '--version']]])(
  'The version is one line: %j',
  async (words) => {
    const { stdout, exitCode } = await lab.credence.ask(words, lab.nothing());
    expect(stdout).toMatch(/^credence \d+\.\d+\.\d+\n$/);
    expect(exitCode).toBe(0);
  },
);

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
  const { stdout, stderr, exitCode } = await lab.credence.ask(words, lab.nothing());
  expect(stdout).toBe('');
  expectReadable(stderr);
  expect(stderr).toMatch(/^credence: /);
  expect(stderr.replaceAll(/\n +/g, ' ')).toContain(sentence);
  expect(stderr).toMatch(/^ {2}See “credence (?:[a-z-]+ )?--help”\.$/m);
  expect(stderr).not.toContain('PASTED');
  expect(exitCode).toBe(2);
});

test('A folder to scan that is not there is named without what could act on a terminal, with exit code 3.', async () => {
  const { stdout, stderr, exitCode } = await lab.credence.ask(
    ['scan', '/nowhere/\u001b[2J\u202e'],
    lab.nothing(),
  );
  expect(stdout).toBe('');
  expectReadable(stderr);
  expect(stderr).not.toContain('\u202e');
  expect(exitCode).toBe(3);
});

test.each([
  [['check', '--expect', 'metered'], 1],
  [['status'], 0],
  [['explain'], 0],
  [['doctor'], 1],
])('The exit code of text and JSON is the same: %j', async (words, exitCode) => {
  const text = await lab.credence.ask(words, lab.much());
  const json = await lab.credence.ask([...words, '--json'], lab.much());
  expect([text.exitCode, json.exitCode]).toEqual([exitCode, exitCode]);
});
