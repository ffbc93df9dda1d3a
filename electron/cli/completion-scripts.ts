import { GLOBAL_OPTIONS } from './args.ts';
import type { Command, OptionSpec } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type CompletionShell = (typeof SHELLS)[number];

/** The completion script of a shell, made from the commands' own option tables. */
export function completionScript(shell: CompletionShell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return zshScript(commands);
    case 'fish':
      return fishScript(commands);
  }
}

const optionsOf = (command: Command): readonly OptionSpec[] => [...command.options, ...GLOBAL_OPTIONS];
const flagsOf = (command: Command): readonly string[] =>
  optionsOf(command).flatMap(({ name, short }) => [
    `--${name}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
const names = (commands: readonly Command[]): string => commands.map(({ name }) => name).join(' ');

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const words = Array.isArray(command.operands) ? command.operands : [];
    return `    ${command.name}) words='${[...flagsOf(command), ...words].join(' ')}' ;;`;
  });
  const values = choiceTable(commands).map(
    ([option, choices]) =>
      `    --${option}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
  );
  return `# bash completion for credence
_credence() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word words
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  case $previous in
    --folder|-C) compopt -o nospace 2>/dev/null; COMPREPLY=($(compgen -d -- "$current")); return ;;
    --settings) COMPREPLY=($(compgen -f -- "$current")); return ;;
${values.join('\n')}
  esac
  case $command in
${cases.join('\n')}
    *) words='${names(commands)} ${flagsOf(statusOf(commands)).join(' ')} --version' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
${commands
  .filter(({ operands }) => operands === 'folders')
  .map(({ name }) => `  [ "$command" = ${name} ] && COMPREPLY+=($(compgen -d -- "$current"))\n`)
  .join('')}}
complete -F _credence credence
`;
}

function statusOf(commands: readonly Command[]): Command {
  const status = commands.find(({ name }) => name === 'status');
  if (status === undefined) throw new Error('there is no status command');
  return status;
}

/** Options that take one of a few words; the same name means the same words in every command. */
function choiceTable(commands: readonly Command[]): readonly (readonly [string, readonly string[]])[] {
  const choices = new Map<string, readonly string[]>();
  for (const { options } of commands)
    for (const option of options) if (option.choices !== undefined) choices.set(option.name, option.choices);
  return [...choices];
}

function zshScript(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    ${zshQuote(`${name}:${summary}`)}`);
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map((option) => `        ${zshQuote(zshOption(option))}`);
    const operand =
      command.operands === 'folders'
        ? [`        '*:folder:_files -/'`]
        : command.operands === undefined
          ? []
          : [`        '1:what:(${command.operands.join(' ')})'`];
    return `    ${command.name})\n      _arguments -s \\\n${[...specs, ...operand].join(' \\\n')} ;;`;
  });
  return `#compdef credence
_credence() {
  local -a commands
  local command=\${words[2]}
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $command != -* ]]; then
    _describe -t commands 'command' commands
    return
  fi
  [[ $command == -* || -z $command ]] && command=status || { shift words; (( CURRENT-- )) }
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_credence" ]; then _credence "$@"; else compdef _credence credence; fi
`;
}

function zshOption({ name, short, value, choices, help }: OptionSpec): string {
  const explained = `[${help.replace(/[[\]:]/g, ' ')}]`;
  const action =
    choices !== undefined
      ? `(${choices.join(' ')})`
      : name === 'folder'
        ? '_files -/'
        : name === 'settings'
          ? '_files'
          : ' ';
  const argument = value === undefined ? '' : `:${value.toLowerCase().replace(/[^a-z]/g, '')}:${action}`;
  // Exclusion of the short form by the long one needs two specs; one is enough to complete.
  return short === undefined
    ? `--${name}${explained}${argument}`
    : `(-${short} --${name})--${name}${explained}${argument}`;
}

function zshQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishScript(commands: readonly Command[]): string {
  const lines = [
    '# fish completion for credence',
    'complete -c credence -f',
    'complete -c credence -n __fish_use_subcommand -l version -d ' + fishQuote('print the version'),
  ];
  for (const command of commands) {
    lines.push(
      `complete -c credence -n __fish_use_subcommand -a ${command.name} -d ${fishQuote(command.summary)}`,
    );
    const inside = `-n '__fish_seen_subcommand_from ${command.name}'`;
    for (const option of optionsOf(command)) lines.push(fishOption(inside, option));
    if (command.operands === 'folders')
      lines.push(`complete -c credence ${inside} -a '(__fish_complete_directories)'`);
    else if (command.operands !== undefined) {
      lines.push(`complete -c credence ${inside} -a ${fishQuote(command.operands.join(' '))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function fishOption(inside: string, { name, short, value, choices, help }: OptionSpec): string {
  const parts = [`complete -c credence ${inside} -l ${name}`];
  if (short !== undefined) parts.push(`-s ${short}`);
  if (value !== undefined) parts.push('-r');
  if (choices !== undefined) parts.push(`-a ${fishQuote(choices.join(' '))}`);
  if (name === 'folder') parts.push(`-a '(__fish_complete_directories)'`);
  if (name === 'settings') parts.push('-F');
  return `${parts.join(' ')} -d ${fishQuote(help)}`;
}

function fishQuote(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
