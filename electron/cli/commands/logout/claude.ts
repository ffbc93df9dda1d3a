import { MODES } from '../../../../shared/core/context.ts';
import { answerSentence } from '../../../../shared/presentation/answer-sentence.ts';
import { logoutJson } from '../../../../shared/presentation/sign-in/claude-json.ts';
import {
  inTrusted,
  logoutPreviewLines,
  logoutResultSentences,
  logoutStaysSentence,
} from '../../../../shared/presentation/sign-in/claude-preview-words.ts';
import { tint, wrap } from '../../../../shared/presentation/text-layout.ts';
import { gatherFacts } from '../../../../shared/usecases/gather/gather-facts.ts';
import { inspect, type Inspection } from '../../../../shared/usecases/inspect.ts';
import type { Facts } from '../../../../shared/core/facts.ts';
import {
  isAnythingToDelete,
  logoutPreview,
  startClaudeLogout,
  type LogoutPreview,
  type LogoutResult,
} from '../../../../shared/usecases/sign-in/claude-logout.ts';
import type { CommandInput, Terminal } from '../../command.ts';
import { questionOf } from '../../context-options.ts';
import { EXIT } from '../../exit-code.ts';
import { exitCodeOf, hearInterrupts, type Interrupt } from '../../interrupts.ts';
import { printJson } from '../../print-json.ts';
import { chosenClaude } from '../login/chosen-claude.ts';

const NOBODY = 'Nobody is logged in here, so there is nothing to delete.';
const NOT_ASKED = 'Nothing was deleted. Add --yes to do it.';

/** `credence logout`: what it deletes, then the logout itself by Claude Code, and what is true afterwards. */
export async function logoutOfClaude(input: CommandInput): Promise<number> {
  const { arguments: given, terminal } = input;
  const json = given.flag('json');
  const ports = await input.signInPorts();
  const { request: look, context } = questionOf(input.ports, given, 'interactive');
  const before = await gatherFacts(ports, look);
  const preview = logoutPreview(before);
  const inEachMode = (facts: Facts): readonly Inspection[] =>
    MODES.map((mode) => inspect(facts, { ...context, mode }));
  if (!isAnythingToDelete(preview)) {
    if (json) printJson(terminal, logoutJson(preview, 'nobody', NOBODY, inEachMode(before)));
    else terminal.out(`${NOBODY}\n`);
    return EXIT.answered;
  }
  const program = await chosenClaude(input, ports);
  if (program === null) return EXIT.refused;
  if (!json) terminal.out(deletionText(preview, before, terminal));
  if (!given.flag('yes')) {
    const answer = json ? null : await terminal.ask('Log out? [y/N] ');
    if (answer === null || !/^y(es)?$/i.test(answer.trim())) {
      if (json) printJson(terminal, logoutJson(preview, 'not-asked', NOT_ASKED, inEachMode(before)));
      else terminal.out(answer === null ? `\n${NOT_ASKED}\n` : 'Nothing was deleted.\n');
      return EXIT.refused;
    }
  }
  const logout = startClaudeLogout(ports, { program, look });
  const heard: Interrupt[] = [];
  const deafen = hearInterrupts((by) => {
    heard.push(by);
    void logout.cancel();
  });
  const result = await logout.ended.finally(deafen);
  const now = inEachMode(result.after);
  const message = logoutResultSentences(result).join(' ');
  if (json) printJson(terminal, logoutJson(preview, result, message, now));
  else tellEnd(terminal, result, message, now);
  const [interrupt] = heard;
  if (interrupt !== undefined && result.outcome !== 'gone') return exitCodeOf(interrupt);
  if (result.outcome === 'gone') return EXIT.answered;
  return result.outcome === 'not-started' ? EXIT.refused : EXIT.notMet;
}

function deletionText(preview: LogoutPreview, { place }: Facts, terminal: Terminal): string {
  const stays = logoutStaysSentence(preview);
  const lines = [
    tint('Logging out through Claude Code deletes:', 'strong', terminal),
    ...logoutPreviewLines(preview, place).flatMap((line) => wrap(line, terminal.columns, '  · ')),
    ...(stays === null ? [] : wrap(stays, terminal.columns)),
  ];
  return `${lines.join('\n')}\n`;
}

function tellEnd(
  terminal: Terminal,
  { outcome }: LogoutResult,
  message: string,
  now: readonly Inspection[],
): void {
  if (outcome !== 'gone') {
    terminal.error(`${wrap(message, terminal.columns, 'credence: ', '  ').join('\n')}\n`);
    return;
  }
  const everyday = now.filter(({ context }) => context.mode !== 'bare');
  const sentences = new Set(everyday.map((inspection) => answerSentence(inTrusted(inspection))));
  const lines = [
    ...wrap(message, terminal.columns).map((line) => tint(line, 'strong', terminal)),
    ...[...sentences].flatMap((sentence) => wrap(sentence, terminal.columns, '  ')),
  ];
  terminal.out(`${lines.join('\n')}\n`);
}
