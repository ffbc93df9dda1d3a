import { MODES } from '../../../../shared/core/context.ts';
import {
  LOGIN_WAYS,
  type LoginFailure,
  type LoginWay,
} from '../../../../shared/core/sign-in/claude-login.ts';
import { isLoginAddress } from '../../../../shared/core/sign-in/login-arguments.ts';
import { loginJson } from '../../../../shared/presentation/sign-in/claude-json.ts';
import {
  afterLoginNotes,
  loginPreviewNotes,
  type PreviewNote,
} from '../../../../shared/presentation/sign-in/claude-preview-words.ts';
import {
  inOne,
  LOGIN_METHOD_PHRASES,
  LOGIN_WAY_PHRASES,
  loginStateWords,
} from '../../../../shared/presentation/sign-in/claude-words.ts';
import { expirySentence } from '../../../../shared/presentation/expiry-sentences.ts';
import { originPhrase } from '../../../../shared/presentation/origin-label.ts';
import { shortPath } from '../../../../shared/presentation/short-path.ts';
import { tint, wrap } from '../../../../shared/presentation/text-layout.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { inspect, type Inspection } from '../../../../shared/usecases/inspect.ts';
import {
  claudeLoginPreview,
  type ClaudeLoginPreview,
} from '../../../../shared/usecases/sign-in/claude-login-preview.ts';
import { startClaudeLogin } from '../../../../shared/usecases/sign-in/start-claude-login.ts';
import type { CommandInput, Terminal } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT } from '../../exit-code.ts';
import { exitCodeOf } from '../../interrupts.ts';
import { printJson } from '../../print-json.ts';
import { nearWord, typedWord } from '../../near-word.ts';
import { reportError } from '../../report-error.ts';
import { UsageError } from '../../usage-error.ts';
import { chosenClaude } from './chosen-claude.ts';
import { followLogin } from './follow-login.ts';

/** Where the store could not be read, nobody can say whether anybody is logged in. */
const CANNOT_TELL: readonly LoginFailure[] = ['keychain-locked'];

/** `credence login claude|console|sso`: what it changes, the login itself by Claude Code, and what is true afterwards. */
export async function loginToClaude(input: CommandInput): Promise<number> {
  const { arguments: given, terminal } = input;
  const way = wayOf(given.operands);
  const email = given.value('email');
  if (email !== null && !isLoginAddress(email))
    throw new UsageError('--email takes a plain address, as person@example.com.', 'login');
  const json = given.flag('json');
  const say = (text: string): void => {
    if (json) terminal.error(text);
    else terminal.out(text);
  };
  const ports = { ...(await input.signInPorts()), writer: (await input.changePorts()).writer };
  const program = await chosenClaude(input, ports);
  if (program === null) return EXIT.refused;
  const { request: look, context } = questionOf(input.ports, given, 'interactive');
  const before = await gatherFacts(ports, look);
  const preview = claudeLoginPreview(before, way, context.claudeCode);
  if (preview.goes === 'gateway') {
    const where = preview.forcedBy === null ? '' : ` (${originPhrase(preview.forcedBy, before.place)})`;
    const message = `Settings force every login to ${LOGIN_METHOD_PHRASES.gateway}${where}, and “claude auth login” has no way there. Run “/login” in Claude Code.`;
    await reportError(terminal, json, 'refused', message);
    return EXIT.refused;
  }
  const style = json ? { ...terminal, colour: false } : terminal;
  say(
    `${wrap(
      `Log in to ${LOGIN_WAY_PHRASES[way]}, through Claude Code (${shortPath(program.path, before.place)}).`,
      terminal.columns,
    )
      .map((line) => tint(line, 'strong', style))
      .join('\n')}\n`,
  );
  say(notesText(loginPreviewNotes(preview), style));
  if (!json && !given.flag('yes') && loginPreviewNotes(preview).length > 0) {
    const answer = await terminal.ask('Log in all the same? [y/N] ');
    if (answer !== null && !/^y(es)?$/i.test(answer.trim())) {
      terminal.out('Nothing was changed.\n');
      return EXIT.refused;
    }
  }
  const login = startClaudeLogin(ports, { way, email, program, look });
  const { state, interrupt } = await followLogin(login, terminal, say);
  const after = await gatherFacts(ports, look);
  const now = MODES.map((mode) => inspect(after, { ...context, mode }));
  if (json) printJson(terminal, loginJson({ state, preview, now, program: program.path }));
  else tellEnd(terminal, state.step.at === 'done', inOne(loginStateWords(state)), now, preview);
  if (interrupt !== null && state.step.at === 'cancelled') return exitCodeOf(interrupt);
  if (state.step.at === 'done') return EXIT.answered;
  return state.step.at === 'failed' && CANNOT_TELL.includes(state.step.why) ? EXIT.unknown : EXIT.notMet;
}

function wayOf(operands: readonly string[]): LoginWay {
  const [word, ...more] = operands;
  const way = LOGIN_WAYS.find((one) => one === word);
  if (way !== undefined && more.length === 0) return way;
  const ask = `Say how to log in: ${LOGIN_WAYS.join(', ')}, setup-token, or --provider NAME.`;
  if (way !== undefined) throw new UsageError(`One way at a time. ${ask}`, 'login');
  const near = word === undefined ? null : nearWord(word, [...LOGIN_WAYS, 'setup-token']);
  const shown = word === undefined ? null : typedWord(word);
  const unknown = shown === null ? '' : `There is no way ${shown} to log in. `;
  throw new UsageError(`${unknown}${near === null ? ask : `Did you mean “${near}”?`}`, 'login');
}

/** What is true now: who is logged in, until when, and what is used. Where nobody was logged in the cause alone is told. */
function tellEnd(
  terminal: Terminal,
  isDone: boolean,
  sentence: string,
  now: readonly Inspection[],
  preview: ClaudeLoginPreview,
): void {
  const [first] = now;
  if (!isDone || first === undefined) {
    terminal.error(`${wrap(sentence, terminal.columns, 'credence: ', '  ').join('\n')}\n`);
    return;
  }
  const calendar = {
    now: first.facts.takenAt,
    utcOffsetMinutes: (time: number) => -new Date(time).getTimezoneOffset(),
  };
  const clocks = first.expiry
    .filter(({ source, kind }) => source === 'claude-login' && kind === 'login' && preview.source === source)
    .map((expiry) => expirySentence(expiry, first.facts, calendar));
  const lines = [sentence, ...clocks].flatMap((text) => wrap(text, terminal.columns));
  terminal.out(`${lines.map((line) => tint(line, 'strong', terminal)).join('\n')}\n`);
  terminal.out(notesText(afterLoginNotes(now, preview), terminal));
}

function notesText(notes: readonly PreviewNote[], style: Pick<Terminal, 'colour' | 'columns'>): string {
  const lines = notes.flatMap(({ text, command }) => [
    ...wrap(text, style.columns, '  '),
    ...(command === null ? [] : [`    → ${command}`]),
  ]);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
