import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect } from '../../../shared/usecases/inspect.ts';
import { statusJson } from '../../../shared/presentation/status-json.ts';
import type { Command } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';

export const status: Command = {
  name: 'status',
  summary: 'which credential will be used here, and why',
  usage: 'credence status [OPTION…]',
  options: [...CONTEXT_OPTIONS, { name: 'short', help: 'one line, for prompts and status lines' }],
  run: async ({ ports, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'interactive');
    const inspection = inspect(await gatherFacts(ports, request), context);
    terminal.out(`${JSON.stringify(statusJson(inspection), null, 2)}\n`);
    return inspection.verdict.outcome === 'unknown' ? EXIT.unknown : EXIT.answered;
  },
};
