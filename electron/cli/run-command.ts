import type { Ports } from '../../shared/ports/ports.ts';
import type { ChangePorts } from '../../shared/usecases/changes/change-ports.ts';
import type { SignInPorts } from '../../shared/usecases/sign-in/sign-in-ports.ts';
import { ownWords, parseArguments } from './args.ts';
import type { Command, CommandInput, Terminal } from './command.ts';
import { EXIT } from './exit-code.ts';
import { commandNames, loadCommand, RUNS_PROGRAM } from './commands/index.ts';
import { namedCommand } from './named-command.ts';
import { nearWord, typedWord } from './near-word.ts';
import { orReport } from './or-report.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** The way to everything outside; each is made when a command needs it. */
export interface Reach {
  readonly createPorts: () => Ports;
  readonly createChangePorts: (ports: Ports) => Promise<ChangePorts>;
  readonly createSignInPorts: (ports: Ports) => Promise<SignInPorts>;
  readonly createTokenPorts: CommandInput['tokenPorts'];
}

/** Runs one command line and tells the exit code. Never throws: a bug becomes a sentence and a distinct code. */
export function runCommand(argv: readonly string[], reach: Reach, terminal: Terminal): Promise<number> {
  const json = ownWords(argv).includes('--json') && !RUNS_PROGRAM.has(argv[0] ?? '');
  return orReport(() => dispatch(argv, reach, terminal), terminal, json);
}

async function dispatch(argv: readonly string[], reach: Reach, terminal: Terminal): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--help' || first === '-h' || first === 'help') return help(rest[0] ?? null, terminal);
  const { name, line } = namedCommand(argv);
  const command = await loadCommand(name);
  if (command === null) throw noCommand(name);
  return run(command, line, reach, terminal);
}

async function run(
  command: Command,
  argv: readonly string[],
  reach: Reach,
  terminal: Terminal,
): Promise<number> {
  const own = ownWords(argv);
  if (own.includes('--help') || own.includes('-h')) return help(command.name, terminal);
  if (own.includes('--version') || own.includes('-V')) return version(own.includes('--json'), terminal);
  const given = parseArguments(command, argv);
  const ports = reach.createPorts();
  return command.run({
    ports,
    changePorts: () => reach.createChangePorts(ports),
    signInPorts: () => reach.createSignInPorts(ports),
    tokenPorts: reach.createTokenPorts,
    arguments: given,
    terminal,
  });
}

async function help(name: string | null, terminal: Terminal): Promise<number> {
  const { commandHelp, generalHelp } = await import('./help.ts');
  const command = name === null ? null : await loadCommand(name);
  if (name !== null && command === null) throw noCommand(name);
  terminal.out(command === null ? await generalHelp(VERSION, terminal) : commandHelp(command, terminal));
  return EXIT.answered;
}

function version(json: boolean, terminal: Terminal): number {
  terminal.out(
    json ? `${JSON.stringify({ schemaVersion: 1, version: VERSION })}\n` : `credence ${VERSION}\n`,
  );
  return EXIT.answered;
}

function noCommand(typed: string): UsageError {
  const near = nearWord(typed, commandNames);
  const name = typedWord(typed);
  return new UsageError(
    `There is no ${name === null ? 'such command' : `command ${name}`}.${near === null ? '' : ` Did you mean “${near}”?`}`,
    null,
  );
}
