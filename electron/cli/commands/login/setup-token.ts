import { dayAt, dayOf } from '../../../../shared/core/sign-in/day.ts';
import { setupTokenJson } from '../../../../shared/presentation/sign-in/claude-json.ts';
import {
  LEFT_WITHOUT_HARM,
  OTHER_DAY_COMMAND,
  SETUP_TOKEN_IS,
  typedSetupToken,
} from '../../../../shared/presentation/sign-in/setup-token-words.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { setupTokenHere } from '../../../../shared/usecases/sign-in/note-setup-token.ts';
import type { ProgramToStart } from '../../../../shared/usecases/sign-in/start-claude-login.ts';
import type { CommandInput } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';
import { UsageError } from '../../usage-error.ts';
import { chosenClaude } from './chosen-claude.ts';
import { noteDay } from './note-day.ts';

const HALF_A_DAY = 12 * 60 * 60_000;

/**
 * `credence login setup-token`: `claude setup-token` needs a terminal of its own and shows the token once. In a terminal it is run
 * right there, after a yes, and the day is asked for; elsewhere it says what to type. `--made-on` takes the day alone.
 */
export async function setupToken(input: CommandInput): Promise<number> {
  const { arguments: given } = input;
  const madeOn = given.value('made-on');
  if (given.operands.length > 1) throw new UsageError('setup-token takes no further words.', 'login');
  if (madeOn !== null) return noteDay(input, dayToNote(input, madeOn), null);
  const program = await chosenClaude(input, await input.signInPorts());
  if (program === null) return EXIT.refused;
  if (given.flag('json')) {
    const shown = { program: program.path, madeOn: null, kept: false, endsAt: null };
    printJson(input.terminal, setupTokenJson(shown));
    return EXIT.answered;
  }
  say(input, SETUP_TOKEN_IS, LEFT_WITHOUT_HARM);
  if (!given.flag('print') && (await saysYes(input, 'Run “claude setup-token” here now? [y/N] ')))
    return runHere(input, program);
  say(
    input,
    '',
    'Type, in a terminal:',
    `  ${typedSetupToken(program.path, input.ports.environment.platform)}`,
    'Set the token as CLAUDE_CODE_OAUTH_TOKEN where it is to be used. The token does not say when it ends. Tell Credence the day it was made, and Credence does:',
    `  ${OTHER_DAY_COMMAND}`,
  );
  return EXIT.answered;
}

/** What is to be typed stays in one piece. */
function say({ terminal }: CommandInput, ...lines: readonly string[]): void {
  const wrapped = lines.flatMap((line) => (line.startsWith('  ') ? [line] : wrap(line, terminal.columns)));
  terminal.out(`${wrapped.join('\n')}\n`);
}

async function saysYes({ terminal }: CommandInput, question: string): Promise<boolean> {
  return /^y(es)?$/i.test(((await terminal.ask(question)) ?? '').trim());
}

function dayToNote({ ports }: CommandInput, madeOn: string): number {
  const madeAt = dayOf(madeOn);
  if (madeAt === null) throw new UsageError('--made-on takes a day, as 2026-11-20.', 'login');
  // Wherever one lives, a day has begun there at most half a day before it does in UTC.
  if (madeAt > ports.clock.now() + HALF_A_DAY)
    throw new UsageError('--made-on takes a day that has come.', 'login');
  return madeAt;
}

/** The terminal is the program’s until it ends: nothing of what is typed or shown there comes by Credence. */
async function runHere(input: CommandInput, program: ProgramToStart): Promise<number> {
  const { ports, terminal, arguments: given } = input;
  const { request } = questionOf(ports, given, 'interactive');
  const before = setupTokenHere(await gatherFacts(ports, request));
  const { takeThePlace } = await import('../../../adapters/process/take-the-place.ts');
  const end = await takeThePlace({
    program: program.path,
    args: ['setup-token'],
    variables: program.variables,
    folder: program.folder,
    posix: ports.environment.platform !== 'win32',
  });
  if (end.state !== 'ended') {
    await reportError(terminal, false, 'refused', 'Claude Code could not be started. Nothing was made.');
    return EXIT.refused;
  }
  terminal.out('\n');
  if (await saysYes(input, 'Was a token made just now? [y/N] ')) {
    const now = ports.clock.now();
    return noteDay(input, dayAt(now, -new Date(now).getTimezoneOffset()), before);
  }
  say(input, 'No day was kept.');
  return end.exitCode === 0 ? EXIT.answered : EXIT.notMet;
}
