import type { Ports } from '../../shared/ports/ports.ts';
import { parseArguments } from './args.ts';
import type { Command, Terminal } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { commandNames, loadCommand } from './commands/index.ts';
import { UsageError } from './usage-error.ts';
import { VERSION } from './version.ts';

/** Runs one command line and tells the exit code. Never throws: a bug becomes a sentence and a distinct code. */
export async function runCommand(
  argv: readonly string[],
  createPorts: () => Ports,
  terminal: Terminal,
): Promise<ExitCode> {
  const json = argv.includes('--json');
  try {
    return await dispatch(argv, createPorts, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      report(terminal, json, 'usage', usageText(error));
      return EXIT.usage;
    }
    // The message of an unexpected error may quote what it stumbled over, so only its kind is shown.
    const kind = error instanceof Error ? error.name : typeof error;
    report(
      terminal,
      json,
      'internal',
      `Credence stumbled (${kind}). Nothing was changed. Please report this with “credence doctor”.`,
    );
    return EXIT.unknown;
  }
}

async function dispatch(
  argv: readonly string[],
  createPorts: () => Ports,
  terminal: Terminal,
): Promise<ExitCode> {
  const [first = 'status', ...rest] = argv;
  if (first === '--version' || first === '-V') {
    terminal.out(
      argv.includes('--json')
        ? `${JSON.stringify({ schemaVersion: 1, version: VERSION })}\n`
        : `credence ${VERSION}\n`,
    );
    return EXIT.answered;
  }
  if (first === '--help' || first === '-h' || first === 'help') return help(rest[0] ?? null, terminal);
  // Options without a command belong to `status`, the command that people mean.
  const named = !first.startsWith('-');
  const command = await loadCommand(named ? first : 'status');
  if (command === null) {
    throw new UsageError(`There is no command “${printable(first)}”.${suggestion(first)}`, null);
  }
  return run(command, named ? rest : argv, createPorts, terminal);
}

async function run(
  command: Command,
  argv: readonly string[],
  createPorts: () => Ports,
  terminal: Terminal,
): Promise<ExitCode> {
  if (argv.includes('--help') || argv.includes('-h')) return help(command.name, terminal);
  return command.run({ ports: createPorts(), arguments: parseArguments(command, argv), terminal });
}

async function help(name: string | null, terminal: Terminal): Promise<ExitCode> {
  const { commandHelp, generalHelp } = await import('./help.ts');
  const command = name === null ? null : await loadCommand(name);
  if (name !== null && command === null)
    throw new UsageError(`There is no command “${printable(name)}”.`, null);
  terminal.out(command === null ? await generalHelp(VERSION, terminal) : commandHelp(command, terminal));
  return EXIT.answered;
}

function usageText(error: UsageError): string {
  return `${error.message} See “credence ${error.command === null ? '' : `${error.command} `}--help”.`;
}

function report(terminal: Terminal, json: boolean, code: string, message: string): void {
  if (json) terminal.out(`${JSON.stringify({ schemaVersion: 1, error: { code, message } })}\n`);
  else terminal.error(`credence: ${message}\n`);
}

/** A typed word as it may be printed again: no control characters, not endlessly long. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- taking them out is the purpose
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?')
    .slice(0, 40);
}

function suggestion(word: string): string {
  const near = commandNames.find((name) => name.startsWith(word.slice(0, 3)) && word.length > 1);
  return near === undefined ? '' : ` Did you mean “${near}”?`;
}
