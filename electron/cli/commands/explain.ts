import { SOURCE_IDS } from '../../../shared/core/source-id.ts';
import { explain as explainAnswer } from '../../../shared/presentation/explain.ts';
import { explainJson } from '../../../shared/presentation/explain-json.ts';
import { gatherFacts } from '../../../shared/usecases/gather/gather-facts.ts';
import { inspect } from '../../../shared/usecases/inspect.ts';
import type { SeeingCommand } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';
import { UsageError } from '../usage-error.ts';

export const explain: SeeingCommand = {
  name: 'explain',
  summary: 'why this credential and not that one, in sentences',
  usage: 'credence explain [SOURCE] [OPTION…]',
  options: CONTEXT_OPTIONS,
  operands: SOURCE_IDS,
  examples: ['credence explain', 'credence explain claude-login --mode print'],
  run: async ({ ports, arguments: given, terminal }) => {
    const [named, ...more] = given.operands;
    const source = SOURCE_IDS.find((id) => id === named) ?? null;
    if (more.length > 0 || (named !== undefined && source === null)) {
      throw new UsageError(`explain takes one source: ${SOURCE_IDS.join(', ')}.`, 'explain');
    }
    const { context, request } = questionOf(ports, given, 'interactive');
    const inspection = inspect(await gatherFacts(ports, request), context);
    const explanation = explainAnswer(inspection, source);
    if (given.flag('json')) printJson(terminal, explainJson(inspection, source));
    else
      terminal.out(
        (await import('../../../shared/presentation/explain-text.ts')).explainText(explanation, terminal),
      );
    return inspection.verdict.outcome === 'unknown' ? EXIT.unknown : EXIT.answered;
  },
};
