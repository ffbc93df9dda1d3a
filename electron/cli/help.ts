import { table, tint, wrap } from '../../shared/presentation/text-layout.ts';
import { offeredOptions } from './args.ts';
import { loadCommands } from './commands/index.ts';
import type { Command, OptionSpec, Terminal } from './command.ts';

/** `credence COMMAND --help`. */
export function commandHelp(command: Command, terminal: Terminal): string {
  const lines = [
    ...wrap(command.summary, terminal.columns, `credence ${command.name}: `, '  '),
    '',
    ...usageLines(command.usage, terminal.columns),
    '',
    ...(command.words === undefined
      ? []
      : [
          tint(command.words.heading, 'strong', terminal),
          ...table(command.words.rows, terminal.columns),
          '',
        ]),
    tint('Options', 'strong', terminal),
    ...table(offeredOptions(command).map(optionRow), terminal.columns),
  ];
  if (command.exitCodes !== undefined)
    lines.push('', tint('Exit codes', 'strong', terminal), ...table(command.exitCodes, terminal.columns));
  if (command.examples !== undefined) {
    lines.push(
      '',
      tint('Examples', 'strong', terminal),
      ...command.examples.map((example) => `  ${example}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** One below the other; what does not fit goes on a little further in. */
function usageLines(usage: Command['usage'], columns: number): readonly string[] {
  const FIRST = 'Usage: ';
  const rest = ' '.repeat(FIRST.length);
  return [usage].flat().flatMap((line, at) => wrap(line, columns, at === 0 ? FIRST : rest, `${rest}  `));
}

function optionRow({ name, short, value, many, help }: OptionSpec): readonly string[] {
  const flag = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  return [flag, many === true ? `${help} (may be given several times)` : help];
}

/** `credence --help`. */
export async function generalHelp(version: string, terminal: Terminal): Promise<string> {
  const rows = (await loadCommands()).map(({ name, summary }) => [name, summary]);
  const lines = [
    `credence ${version}`,
    ...wrap(
      'Tells which credential Claude Code will use here, and why, and puts it right. Nothing is changed before you say so.',
      terminal.columns,
    ),
    '',
    'Usage: credence [COMMAND] [OPTION…]',
    'Without a command it is “status”.',
    '',
    tint('Commands', 'strong', terminal),
    ...table(rows, terminal.columns),
    '',
    ...wrap(
      'Every command takes --help, and --json unless it prints a secret or runs a program. NO_COLOR is honoured.',
      terminal.columns,
    ),
    '',
    tint('Exit codes', 'strong', terminal),
    ...table(
      [
        ['0', 'answered, also when Claude Code would ask or refuse'],
        ['1', 'an expectation of check or doctor is not met, a key is stale, or a token needs a new sign-in'],
        ['2', 'the command line is wrong'],
        ['3', 'it could not be read or decided'],
        ['4', 'it refused to do it'],
        ['126, 127', 'run: the program cannot be run, or is not there; else its own'],
      ],
      terminal.columns,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
