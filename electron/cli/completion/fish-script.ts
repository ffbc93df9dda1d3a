import type { Command, OptionSpec } from '../command.ts';
import { offeredOptions, pathsFor, usualCommand } from './option-tables.ts';

export function fishScript(commands: readonly Command[]): string {
  const lines = [
    '# fish completion for credence',
    'complete -c credence -f',
    ...offeredOptions(usualCommand(commands)).map((option) => optionLine('-n __fish_use_subcommand', option)),
    ...commands.flatMap(commandLines),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(command: Command): readonly string[] {
  const { name, summary, operands, program } = command;
  const inside = `-n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c credence -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...offeredOptions(command).map((option) => optionLine(inside, option)),
    ...(program === true
      ? [`complete -c credence -n '${BEHIND_DASHES} ${name}' -a '(__fish_complete_command)'`]
      : []),
    ...(operands === undefined
      ? []
      : [
          `complete -c credence ${inside} -a ${operands === 'folders' ? FOLDERS : quoted(operands.join(' '))}`,
        ]),
  ];
}

const BEHIND_DASHES = 'contains -- -- (commandline -opc); and __fish_seen_subcommand_from';
const FOLDERS = `'(__fish_complete_directories)'`;

function optionLine(condition: string, option: OptionSpec): string {
  const { name, short, value, choices, help } = option;
  const paths = pathsFor(option);
  return [
    `complete -c credence ${condition} -l ${name}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(value === undefined ? [] : [paths === 'files' ? '-r -F' : '-x']),
    ...(choices === undefined ? [] : [`-a ${quoted(choices.join(' '))}`]),
    ...(paths === 'folders' ? [`-a ${FOLDERS}`] : []),
    `-d ${quoted(help)}`,
  ].join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
