import type { RunResult } from '../../../shared/ports/process-runner.ts';
import type { VariableAnswer } from '../../../shared/ports/variable-store.ts';

/**
 * What became of a change, by how the program ended. One that does not end may have done it or not, so the caller has to look
 * again. `null`: there is no such program.
 */
export function variableAnswer(result: RunResult | null): VariableAnswer {
  if (result?.state !== 'ended') return 'unreachable';
  return result.exitCode === 0 ? 'done' : 'failed';
}
