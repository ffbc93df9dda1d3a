import { parseArgs } from 'node:util';
import type { Command, OptionSpec, ParsedArguments } from './command.ts';
import { nearWord, typedWord } from './near-word.ts';
import { UsageError } from './usage-error.ts';

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', help: 'print JSON; its schema is in the package' },
  { name: 'help', short: 'h', help: 'show this help' },
  { name: 'version', short: 'V', help: 'print the version' },
];

/** Every option that a command takes. */
export function optionsOf({ options, program }: Command): readonly OptionSpec[] {
  return [...options, ...GLOBAL_OPTIONS.filter(({ name }) => program !== true || name !== 'json')];
}

/** Those that are offered: in its help, and by the shell. */
export function offeredOptions(command: Command): readonly OptionSpec[] {
  return optionsOf(command).filter(({ name }) => command.printsSecret !== true || name !== 'json');
}

/** The words that are Credence's own: behind `--` stand another program's, whatever they look like. */
export function ownWords(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--');
  return dashes < 0 ? argv : argv.slice(0, dashes);
}

/** Parses what stands behind a command's name; throws `UsageError` with a sentence for the person. */
export function parseArguments(command: Command, line: readonly string[]): ParsedArguments {
  const specs = optionsOf(command);
  const argv = command.program === true ? ownWords(line) : line;
  const options = Object.fromEntries(
    specs.map(({ name, short, value, many }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(many === true ? { multiple: true } : {}),
      },
    ]),
  );
  const parsed = onlyFlags(specs, argv) ?? parse(command, specs, [...argv], options);
  const values: Readonly<Record<string, unknown>> = parsed.values;
  if (command.operands === undefined && parsed.positionals.length > 0) {
    const where = command.program === true ? ' The program stands behind “--”.' : '';
    throw new UsageError(`${command.name} takes no words without a dash.${where}`, command.name);
  }
  for (const option of specs) {
    const { name, choices } = option;
    const value = values[name];
    if (choices !== undefined && typeof value === 'string' && !choices.includes(value)) {
      throw new UsageError(takes(option), command.name);
    }
  }
  return {
    operands: parsed.positionals,
    program: command.program === true ? line.slice(argv.length + 1) : [],
    flag: (name) => values[name] === true,
    value: (name) => (typeof values[name] === 'string' ? values[name] : null),
    values: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    },
  };
}

/** Most command lines have flags alone; then Node's parser need not be loaded. `null`: there is more. */
function onlyFlags(
  specs: readonly OptionSpec[],
  argv: readonly string[],
): Pick<ReturnType<typeof parseArgs>, 'values' | 'positionals'> | null {
  const values: Record<string, boolean> = {};
  for (const word of argv) {
    const flag = specs.find(({ name, value }) => value === undefined && word === `--${name}`);
    if (flag === undefined) return null;
    values[flag.name] = true;
  }
  return { values, positionals: [] };
}

function takes({ name, value = '', choices }: OptionSpec): string {
  return choices === undefined
    ? `--${name} takes a value: ${value}.`
    : `--${name} takes one of: ${choices.join(', ')}.`;
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

function parse(
  command: Command,
  specs: readonly OptionSpec[],
  args: string[],
  options: Options,
): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args, options: options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(sentenceFor(error, specs), command.name);
  }
}

/** The library's messages quote values; these name the option at most. */
function sentenceFor(error: unknown, specs: readonly OptionSpec[]): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const typed = /'--?([^'=]*)/.exec(message ?? '')?.[1] ?? '';
    const names = specs.map(({ name }) => name);
    const near = nearWord(typed, names);
    const dashes = typed.length === 1 ? '-' : '--';
    const shown = typedWord(typed) === null ? 'no such option' : `no option ${dashes}${typed} here`;
    return `There is ${shown}.${near === null ? '' : ` Did you mean --${near}?`}`;
  }
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const typed = /--([a-z][a-z-]*)/.exec(message ?? '')?.[1];
    const option = specs.find(({ name }) => name === typed);
    if (option === undefined) return 'An option lacks its value.';
    return option.value === undefined ? `--${option.name} takes no value.` : takes(option);
  }
  return 'The arguments could not be understood.';
}
