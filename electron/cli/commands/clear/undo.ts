import { notUndoneText } from '../../../../shared/presentation/change-text.ts';
import { REFUSAL_SENTENCES } from '../../../../shared/presentation/change-refusals.ts';
import { undoneJson } from '../../../../shared/presentation/changes-json.ts';
import { undoChange } from '../../../../shared/usecases/changes/undo-change.ts';
import type { CommandInput } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { reportError } from '../../report-error.ts';

/** `credence clear --undo ID`: puts back what a change replaced, or says why not. */
export async function undo(input: CommandInput, id: string): Promise<ExitCode> {
  const { terminal, arguments: given } = input;
  const ports = await input.changePorts();
  const { PLACE_EDITORS } = await import('../../../../shared/usecases/changes/all-editors.ts');
  const undone = await undoChange(ports, PLACE_EDITORS, id.toLowerCase(), ports.clock.now());
  const json = given.flag('json');
  if (undone.ok) {
    if (json) printJson(terminal, undoneJson(undone));
    else terminal.out(`Undone. Every place is as it was before ${undone.record.id}.\n`);
    return EXIT.answered;
  }
  if (json) printJson(terminal, undoneJson(undone));
  else if (undone.views.length > 0) terminal.error(notUndoneText(undone, ports.environment, terminal));
  else await reportError(terminal, false, 'refused', REFUSAL_SENTENCES[undone.why]);
  return EXIT.refused;
}
