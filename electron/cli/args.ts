import { parseArgs } from 'node:util';
import type { Command, OptionSpec, ParsedArguments } from './command.ts';
import { UsageError } from './usage-error.ts';

export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', help: 'print JSON; its schema is in the package' },
  { name: 'help', short: 'h', help: 'show this help' },
];

/** Parses what stands behind a command's name; throws `UsageError` with a sentence for the person. */
export function parseArguments(command: Command, argv: readonly string[]): ParsedArguments {
  const specs = [...command.options, ...GLOBAL_OPTIONS];
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
  const parsed = parse(command, [...argv], options);
  const values: Readonly<Record<string, unknown>> = parsed.values;
  if (command.operands === undefined && parsed.positionals.length > 0) {
    throw new UsageError(`${command.name} takes no words without a dash.`, command.name);
  }
  for (const { name, choices } of specs) {
    const value = values[name];
    if (choices !== undefined && typeof value === 'string' && !choices.includes(value)) {
      throw new UsageError(`--${name} takes one of: ${choices.join(', ')}.`, command.name);
    }
  }
  return {
    operands: parsed.positionals,
    flag: (name) => values[name] === true,
    value: (name) => (typeof values[name] === 'string' ? values[name] : null),
    values: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    },
  };
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

function parse(command: Command, args: string[], options: Options): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args, options: options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(sentenceFor(error, args), command.name);
  }
}

/** The library's messages quote values; these name the option at most. */
function sentenceFor(error: unknown, args: readonly string[]): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const named = /'(-{1,2}[A-Za-z][\w-]*)/.exec(message ?? '')?.[1];
  const option =
    named !== undefined && args.some((argument) => argument.startsWith(named)) ? named : 'an option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option} here.`;
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return `${option} was given without its value, or with one it does not take.`;
  return 'The arguments could not be understood.';
}
