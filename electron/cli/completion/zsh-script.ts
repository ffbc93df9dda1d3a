import type { Command, OptionSpec } from '../command.ts';
import { offeredOptions, pathsFor, spellings } from './option-tables.ts';

/** Works as a file of `$fpath` as well as by `source`. */
export function zshScript(commands: readonly Command[]): string {
  return `#compdef credence
_credence() {
  # Not “commands”, by which zsh finds programs.
  local -a subcommands
  local command=\${words[2]}
  subcommands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $command != -* ]]; then
    _describe -t commands 'command' subcommands
    return
  fi
${programWords(commands)}  [[ $command == -* || -z $command ]] && command=status || { shift words; (( CURRENT-- )) }
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_credence" ]; then _credence "$@"; else compdef _credence credence; fi
`;
}

/** Behind the dashes stands a program, and then whatever that one takes. */
function programWords(commands: readonly Command[]): string {
  const names = commands.filter(({ program }) => program === true).map(({ name }) => name);
  if (names.length === 0) return '';
  return `  local dashes=\${words[(i)--]}
  if [[ $command == (${names.join('|')}) ]] && (( dashes < CURRENT )); then
    shift $dashes words
    (( CURRENT -= dashes ))
    _normal
    return
  fi
`;
}

function commandCase(command: Command): string {
  const specs = [...offeredOptions(command).flatMap(optionSpecs), ...operandSpecs(command)];
  return `    ${command.name})
      _arguments -s \\
${specs.map((spec) => `        ${quoted(spec)}`).join(' \\\n')} ;;`;
}

function operandSpecs({ operands }: Command): readonly string[] {
  if (operands === undefined) return [];
  return operands === 'folders' ? ['*:folder:_files -/'] : [`1:what:(${operands.join(' ')})`];
}

/** One for each spelling; having one of them rules out the other, unless it may be given several times. */
function optionSpecs(option: OptionSpec): readonly string[] {
  const explained = `[${option.help.replace(/[[\]\\]/g, ' ')}]`;
  const argument = option.value === undefined ? '' : `:${option.value.toLowerCase()}:${valueAction(option)}`;
  const all = spellings(option);
  const before = option.many === true ? '*' : all.length > 1 ? `(${all.join(' ')})` : '';
  return all.map((spelling) => {
    // With “=” both “--mode print” and “--mode=print” are understood.
    const equals = option.value !== undefined && spelling.startsWith('--') ? '=' : '';
    return `${before}${spelling}${equals}${explained}${argument}`;
  });
}

function valueAction(option: OptionSpec): string {
  if (option.choices !== undefined) return `(${option.choices.join(' ')})`;
  switch (pathsFor(option)) {
    case 'folders':
      return '_files -/';
    case 'files':
      return '_files';
    case null:
      return ' ';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
