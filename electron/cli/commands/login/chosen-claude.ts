import { resolve } from 'node:path';
import { claudeTroubleWords, inOne } from '../../../../shared/presentation/sign-in/claude-words.ts';
import { claudeNoteText, parseClaudeNote } from '../../../../shared/usecases/sign-in/claude-note.ts';
import type { SignInPorts } from '../../../../shared/usecases/sign-in/sign-in-ports.ts';
import type { ProgramToStart } from '../../../../shared/usecases/sign-in/start-claude-login.ts';
import type { CommandInput } from '../../command.ts';
import { reportError } from '../../report-error.ts';
import { claudeToStart } from '../../../../shared/usecases/sign-in/claude-to-start.ts';

/**
 * The Claude Code that is to be started: the one named now, which is kept, else the one that was kept, else the one that is found.
 * `null`: there is none, and why has been said.
 */
export async function chosenClaude(
  { arguments: given, terminal }: CommandInput,
  ports: SignInPorts,
): Promise<ProgramToStart | null> {
  const { environment, notes } = ports;
  const note = parseClaudeNote(notes.read('claude'));
  const named = given.value('claude');
  const chosen =
    named === null ? note.program : named === '' ? null : resolve(environment.workingFolder, named);
  const keep = (): void => {
    if (named === null || chosen === note.program) return;
    if (!notes.write('claude', claudeNoteText({ ...note, program: chosen })))
      terminal.error('credence: The choice of Claude Code could not be kept. It holds for this time.\n');
  };
  // A choice that was taken back is forgotten also where nothing is found in its place.
  if (chosen === null) keep();
  const found = claudeToStart(ports, chosen);
  if (!found.ok) {
    const words = claudeTroubleWords(found.why, found.path);
    await reportError(terminal, given.flag('json'), 'refused', inOne(words));
    return null;
  }
  if (chosen !== null) keep();
  return found.program;
}
