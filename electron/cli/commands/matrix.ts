import { matrixJson } from '../../../shared/presentation/matrix-json.ts';
import { matrix as readMatrix } from '../../../shared/usecases/matrix.ts';
import type { SeeingCommand } from '../command.ts';
import { CONTEXT_OPTIONS, questionOf } from '../context-options.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../print-json.ts';

export const matrix: SeeingCommand = {
  name: 'matrix',
  summary: 'one table: surfaces × modes, for this folder',
  usage: 'credence matrix [OPTION…]',
  options: CONTEXT_OPTIONS.filter(
    ({ name }) => name !== 'mode' && name !== 'surface' && name !== 'run-helper',
  ),
  run: async ({ ports, arguments: given, terminal }) => {
    const { context, request } = questionOf(ports, given, 'interactive');
    const answer = await readMatrix(ports, request, context.claudeCode);
    if (given.flag('json')) printJson(terminal, matrixJson(answer, request.folder, context.claudeCode));
    else
      terminal.out(
        (await import('../../../shared/presentation/matrix-text.ts')).matrixText(
          answer,
          context.claudeCode,
          terminal,
        ),
      );
    const told = answer.cells.some(({ verdict }) => verdict.outcome !== 'unknown');
    return told ? EXIT.answered : EXIT.unknown;
  },
};
