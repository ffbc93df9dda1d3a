import { statusJson } from '../../../shared/presentation/status-json.ts';
import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect } from '../../../shared/usecases/inspect.ts';
import type { SeeingCommand } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';

export const status: SeeingCommand = {
  name: 'status',
  summary: 'which credential will be used here, and why',
  usage: 'credence [status] [OPTION…]',
  options: [{ name: 'short', help: 'one line, for prompts and status lines' }, ...CONTEXT_OPTIONS],
  examples: ['credence', 'credence status --mode print --folder ~/app', 'credence status --json'],
  run: async ({ ports, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'interactive');
    const inspection = inspect(await gatherFacts(ports, request), context);
    if (given.flag('json')) printJson(terminal, statusJson(inspection));
    else {
      const { statusLine, statusText } = await import('../../../shared/presentation/status-text.ts');
      terminal.out(given.flag('short') ? statusLine(inspection) : statusText(inspection, terminal));
    }
    return inspection.verdict.outcome === 'unknown' ? EXIT.unknown : EXIT.answered;
  },
};
