import { clocksOf } from '../../../../shared/core/clocks.ts';
import { dayOf } from '../../../../shared/core/sign-in/day.ts';
import { effective } from '../../../../shared/core/settings/effective.ts';
import { OAUTH_TOKEN } from '../../../../shared/core/sources/oauth-token.ts';
import { expirySentence } from '../../../../shared/presentation/expiry-sentences.ts';
import { setupTokenJson } from '../../../../shared/presentation/sign-in/claude-json.ts';
import { wrap } from '../../../../shared/presentation/text-layout.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { claudeNoteText, parseClaudeNote } from '../../../../shared/usecases/sign-in/claude-note.ts';
import type { CommandInput } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';
import { UsageError } from '../../usage-error.ts';
import { chosenClaude } from './chosen-claude.ts';

const DAY = 24 * 60 * 60_000;

/**
 * `credence login setup-token`: says what to type, because `claude setup-token` needs a terminal of its own and shows the token
 * once; and takes the day that it was made on.
 */
export async function setupToken(input: CommandInput): Promise<number> {
  const madeOn = input.arguments.value('made-on');
  if (input.arguments.operands.length > 1)
    throw new UsageError('setup-token takes no further words.', 'login');
  return madeOn === null ? showCommand(input) : noteDay(input, madeOn);
}

async function showCommand(input: CommandInput): Promise<number> {
  const { terminal, arguments: given } = input;
  const program = await chosenClaude(input, await input.signInPorts());
  if (program === null) return EXIT.refused;
  if (given.flag('json')) {
    printJson(terminal, setupTokenJson({ program: program.path, madeOn: null, kept: false, endsAt: null }));
    return EXIT.answered;
  }
  const { columns } = terminal;
  terminal.out(
    `${[
      ...wrap(
        'Claude Code makes the token in a terminal, shows it once and keeps it nowhere. Credence does not come near it. Type:',
        columns,
      ),
      '',
      `  ${quoted(program.path)} setup-token`,
      '',
      ...wrap(
        'Set it as CLAUDE_CODE_OAUTH_TOKEN where it is to be used. It lasts a year and does not say so; tell Credence the day, and it will:',
        columns,
      ),
      '',
      '  credence login setup-token --made-on YYYY-MM-DD',
    ].join('\n')}\n`,
  );
  return EXIT.answered;
}

/** As a person would type it. */
const quoted = (path: string): string =>
  /^[A-Za-z0-9_./\\:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;

async function noteDay(input: CommandInput, madeOn: string): Promise<number> {
  const { terminal, arguments: given, ports } = input;
  const json = given.flag('json');
  const madeAt = dayOf(madeOn);
  if (madeAt === null) throw new UsageError('--made-on takes a day, as 2026-11-20.', 'login');
  // Wherever one lives, a day has begun there at most half a day before it does in UTC.
  if (madeAt > ports.clock.now() + DAY / 2)
    throw new UsageError('--made-on takes a day that has come.', 'login');
  const { notes } = await input.signInPorts();
  const { request } = questionOf(ports, given, 'interactive');
  const before = await gatherFacts(ports, request);
  const token = effective(before.layers, OAUTH_TOKEN)?.entry;
  const fingerprint = token?.state === 'value' ? token.fingerprint : null;
  const { program } = parseClaudeNote(notes.read('claude'));
  const isKept = notes.write(
    'claude',
    claudeNoteText({
      program,
      setupTokenMadeAt: madeAt,
      ...(fingerprint === null ? {} : { setupToken: fingerprint }),
    }),
  );
  if (!isKept) {
    await reportError(
      terminal,
      json,
      'refused',
      'The day could not be kept: Credence’s own folder cannot be written.',
    );
    return EXIT.refused;
  }
  const facts = { ...before, setupTokenMadeAt: madeAt };
  const clock = clocksOf(facts).find(({ kind }) => kind === 'setup-token');
  const endsAt =
    clock?.earliest == null || clock.at === null ? null : { earliest: clock.earliest, at: clock.at };
  if (json) {
    printJson(terminal, setupTokenJson({ program: null, madeOn, kept: true, endsAt }));
    return EXIT.answered;
  }
  const calendar = {
    now: facts.takenAt,
    utcOffsetMinutes: (time: number) => -new Date(time).getTimezoneOffset(),
  };
  const sentence =
    clock === undefined
      ? 'The day is kept. CLAUDE_CODE_OAUTH_TOKEN is not set here; where it is, its clock runs from that day.'
      : `The day is kept, for the token that is set here. ${expirySentence(clock, facts, calendar)}`;
  terminal.out(`${wrap(sentence, terminal.columns).join('\n')}\n`);
  return EXIT.answered;
}
