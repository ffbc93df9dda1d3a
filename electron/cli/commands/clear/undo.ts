import { notUndoneText } from '../../../../shared/presentation/change-text.ts';
import { undoneJson } from '../../../../shared/presentation/changes-json.ts';
import { undoChange } from '../../../../shared/usecases/changes/undo-change.ts';
import type { CommandInput, ParsedArguments } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit-code.ts';
import { printJson } from '../../print-json.ts';
import { UsageError } from '../../usage-error.ts';

/** `credence clear --undo ID`: puts back what a change replaced, or says why not. */
export async function undo(input: CommandInput, id: string): Promise<ExitCode> {
  const { terminal, arguments: given } = input;
  refuseMore(given);
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
  else terminal.error(notUndoneText(undone, ports.environment, terminal));
  return EXIT.refused;
}

/** What would be passed over in silence: whoever writes it means something else. */
const NOT_WITH_UNDO = ['remove', 'cancel', 'keychain', 'exported', 'forget-answer'] as const;

function refuseMore(given: ParsedArguments): void {
  const more =
    given.operands.length > 0 ||
    NOT_WITH_UNDO.some((name) => given.flag(name)) ||
    given.value('use') !== null ||
    given.value('narrow') !== null ||
    given.values('include').length > 0;
  if (more) throw new UsageError('--undo takes the id of a change, and nothing else with it.', 'clear');
}
