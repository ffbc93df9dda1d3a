import type { Command, OptionSpec } from '../command.ts';
import { offeredOptions, pathsFor, spellings, usualCommand, valueOptions } from './option-tables.ts';

/** For bash 3.2 (macOS) and later, with or without the bash-completion package. */
export function bashScript(commands: readonly Command[]): string {
  return `# bash completion for credence
_credence_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
}

_credence() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command='' flags='' words=''
  COMPREPLY=()
${programWords(commands)}  # “--mode=print” comes as three words.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ $previous == '=' ]] && ((COMP_CWORD > 2)); then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case $previous in
${valueOptions(commands)
  .map((option) => `    ${spellings(option).join('|')}) ${valueAction(option)}return ;;`)
  .join('\n')}
  esac
  ((COMP_CWORD > 1)) && command=\${COMP_WORDS[1]}
  case $command in
${commands.map(commandCase).join('\n')}
    -*) ${flagsIn(usualCommand(commands))} ;;
    '') ${flagsIn(usualCommand(commands))} words='${commands.map(({ name }) => name).join(' ')}' ;;
  esac
  if [[ $current == -* || -z $words ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ $words == folders ]]; then
    _credence_paths -d "$current"
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -F _credence credence
`;
}

/** Behind the dashes stands a program, and then whatever that one takes. */
function programWords(commands: readonly Command[]): string {
  const names = commands.filter(({ program }) => program === true).map(({ name }) => name);
  if (names.length === 0) return '';
  return `  if [[ \${COMP_WORDS[1]} == @(${names.join('|')}) ]]; then
    local at
    for ((at = 2; at < COMP_CWORD; at++)); do
      [[ \${COMP_WORDS[at]} == -- ]] || continue
      if ((at + 1 == COMP_CWORD)); then
        COMPREPLY=($(compgen -c -- "$current"))
      else
        _credence_paths -f "$current"
      fi
      return
    done
  fi
`;
}

function commandCase(command: Command): string {
  const { name, operands } = command;
  const words =
    operands === undefined ? '' : ` words='${operands === 'folders' ? operands : operands.join(' ')}'`;
  return `    ${name}) ${flagsIn(command)}${words} ;;`;
}

function flagsIn(command: Command): string {
  return `flags='${offeredOptions(command).flatMap(spellings).join(' ')}'`;
}

function valueAction(option: OptionSpec): string {
  if (option.choices !== undefined) {
    return `COMPREPLY=($(compgen -W '${option.choices.join(' ')}' -- "$current")); `;
  }
  switch (pathsFor(option)) {
    case 'folders':
      return `_credence_paths -d "$current"; `;
    case 'files':
      return `_credence_paths -f "$current"; `;
    case null:
      return '';
  }
}
