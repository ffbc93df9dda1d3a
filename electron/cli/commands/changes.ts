import { REFUSAL_SENTENCES } from '../../../shared/presentation/change-refusals.ts';
import { changesJson } from '../../../shared/presentation/changes-json.ts';
import { changesText, recoveredSentence } from '../../../shared/presentation/change-text.ts';
import { readRecords } from '../../../shared/usecases/changes/change-book.ts';
import { isInterrupted, recoverChanges } from '../../../shared/usecases/changes/recover-changes.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { reportError } from '../report-error.ts';

/** A change of another process takes less: milliseconds. */
const PATIENCE = 15_000;

export const changes: Command = {
  name: 'changes',
  summary: 'what Credence changed, and how to go back',
  usage: 'credence changes [--json]',
  options: [],
  run: async ({ changePorts, arguments: given, terminal }) => {
    const ports = await changePorts();
    const recovered = isInterrupted(ports)
      ? await ports.changes.alone(PATIENCE, () => recoverChanges(ports))
      : [];
    if (typeof recovered === 'string') {
      await reportError(terminal, given.flag('json'), 'refused', REFUSAL_SENTENCES[recovered]);
      return EXIT.refused;
    }
    const records = readRecords(ports);
    if (given.flag('json')) printJson(terminal, changesJson(records, recovered));
    else {
      for (const one of recovered) terminal.error(`credence: ${recoveredSentence(one)}\n`);
      terminal.out(changesText(records, localDate, ports.environment, terminal));
    }
    return recovered.some(({ stuck }) => stuck.length > 0) ? EXIT.refused : EXIT.answered;
  },
};

/** In the zone of whoever reads it: `2026-11-20 16:05`. */
function localDate(time: number): string {
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16).replace('T', ' ');
}
