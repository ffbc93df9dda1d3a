import { SOURCE_IDS } from '../../../shared/core/source-id.ts';
import { SOURCES, WATCHED } from '../../../shared/core/sources/index.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import { standAside } from '../../../shared/usecases/stand-aside.ts';
import type { StandInEnd } from '../../adapters/process/take-the-place.ts';
import type { Command, CommandInput, ParsedArguments, Terminal } from '../command.ts';
import { questionOf } from '../context-options.ts';
import { EXIT, PROGRAM_EXIT } from '../exit-code.ts';
import { nearWord, typedWord } from '../near-word.ts';
import { UsageError } from '../usage-error.ts';

export const run: Command = {
  name: 'run',
  summary: 'run a program without the credentials that get in the way',
  usage: 'credence run [--without NAME]… -- PROGRAM [WORD…]',
  options: [
    {
      name: 'without',
      value: 'NAME',
      many: true,
      help: 'exactly this variable, or those of this source, instead of what “status” warns about here',
    },
  ],
  program: true,
  examples: ['credence run -- claude', 'credence run --without ANTHROPIC_API_KEY -- claude -p "Hello"'],
  run: async (input) => {
    const { ports, arguments: given, terminal } = input;
    const [program, ...words] = given.program;
    if (program === undefined)
      throw new UsageError('Say what to run, behind “--”: credence run -- PROGRAM.', 'run');
    const taken =
      given.values('without').length > 0 ? namedVariables(ports, given) : await foundVariables(input);
    const variables = lessVariables(ports, taken);
    const { unsayableWords } = await import('../../adapters/process/unsayable-words.ts');
    const broken = unsayableWords(given.program, variables);
    if (broken.words > 0 || broken.variables.length > 0) return refuse(terminal, broken);
    const { takeThePlace } = await import('../../adapters/process/take-the-place.ts');
    const end = await takeThePlace({
      program,
      args: words,
      variables,
      posix: ports.environment.platform !== 'win32',
    });
    return exitCodeOf(terminal, program, end);
  },
};

/** Everything else goes on as it is. */
function lessVariables(
  { environment }: Ports,
  taken: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const key = (name: string): string => (environment.platform === 'win32' ? name.toUpperCase() : name);
  const gone = new Set(taken.map(key));
  return Object.fromEntries(Object.entries(environment.variables).filter(([name]) => !gone.has(key(name))));
}

function namedVariables({ environment }: Ports, given: ParsedArguments): readonly string[] {
  return given.values('without').flatMap((text): readonly string[] => {
    if (text.includes('='))
      throw new UsageError(
        '--without takes a name without a value; a secret does not belong on a command line.',
        'run',
      );
    const source = SOURCE_IDS.find((id) => id === text);
    if (source === undefined) {
      if (WATCHED.has(text) || environment.variables[text] !== undefined) return [text];
      throw new UsageError(unknownName(text), 'run');
    }
    const own = SOURCES[source].variables.filter(({ role }) => role !== 'support').map(({ name }) => name);
    if (own.length > 0) return own;
    throw new UsageError(
      `${SOURCES[source].title} comes from no variable, so it cannot be left out of an environment.`,
      'run',
    );
  });
}

function unknownName(text: string): string {
  const known: readonly string[] = [...WATCHED.keys(), ...SOURCE_IDS];
  const word = nearWord(
    text,
    known.map((one) => one.toLowerCase()),
  );
  const near = known.find((one) => one.toLowerCase() === word) ?? null;
  const name = typedWord(text) ?? 'That name';
  return `${name} is neither a variable that is set or that Claude Code looks at, nor a source.${near === null ? '' : ` Did you mean “${near}”?`}`;
}

async function foundVariables({
  ports,
  arguments: given,
  terminal,
}: CommandInput): Promise<readonly string[]> {
  const { context, request } = questionOf(ports, given, 'interactive');
  // What start-up files say tells where a variable comes from, which makes no difference here.
  const { names, left, facts } = await standAside(ports, { ...request, brief: true }, context.claudeCode);
  if (left.length > 0) {
    const { leftSentence } = await import('../../../shared/presentation/stand-aside-text.ts');
    for (const one of left) await say(terminal, leftSentence(one, facts));
  }
  return names;
}

async function refuse(
  terminal: Terminal,
  { words, variables }: { readonly words: number; readonly variables: readonly string[] },
): Promise<number> {
  const { printable } = await import('../../../shared/presentation/printable.ts');
  const where = [
    ...(words > 0 ? ['a word of the command line'] : []),
    ...variables.map((name) => `the variable ${printable(name)}`),
  ];
  await say(
    terminal,
    `Nothing was run: bytes that are not UTF-8 cannot be handed on unchanged, and there are some in ${where.join(', ')}.`,
  );
  return EXIT.refused;
}

async function exitCodeOf(terminal: Terminal, program: string, end: StandInEnd): Promise<number> {
  if (end.state === 'ended') return end.exitCode;
  const name = typedWord(program) ?? 'the program';
  if (end.state === 'not-found') {
    await say(
      terminal,
      `There is no ${name === 'the program' ? 'such program' : `program ${name}`} to be found.`,
    );
    return PROGRAM_EXIT.notFound;
  }
  await say(terminal, `${name === 'the program' ? 'The program' : name} is there, but cannot be run.`);
  return PROGRAM_EXIT.notExecutable;
}

/** On standard error: standard output is the program's. */
async function say(terminal: Terminal, text: string): Promise<void> {
  const { wrap } = await import('../../../shared/presentation/text-layout.ts');
  terminal.error(`${wrap(text, terminal.columns, 'credence: ', '  ').join('\n')}\n`);
}
