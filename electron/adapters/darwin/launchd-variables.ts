import { isVariableName } from '../../../shared/core/platform/is-variable-name.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { RunResult } from '../../../shared/ports/process-runner.ts';
import type { VariableStore } from '../../../shared/ports/variable-store.ts';
import { variableAnswer } from '../process/variable-answer.ts';

const LAUNCHCTL = '/bin/launchctl';
const DEADLINE = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * What launchd gives to programs started from the Dock or the Finder. Not run on macOS yet: written from launchctl(1).
 *
 * `launchctl setenv` takes the value as an argument, where every user of the system could read it, so nothing is put back.
 */
export function launchdVariables({
  environment,
  processes,
}: Pick<Ports, 'environment' | 'processes'>): VariableStore {
  const run = (args: readonly string[]): Promise<RunResult> =>
    processes.run({
      file: LAUNCHCTL,
      args,
      folder: '/',
      variables: pickVariables(environment.variables, ['HOME', 'USER']),
      deadline: DEADLINE,
      maxBytes: MAX_BYTES,
      printed: 'bytes',
    });
  return {
    id: 'launchd',
    canRestore: false,
    async read(name) {
      if (!isVariableName(name)) return { state: 'absent' };
      const result = await run(['getenv', name]);
      if (result.state !== 'ended' || result.truncated) return { state: 'unreachable' };
      const value = result.output.replace(/\n$/, '');
      // A name that is not set prints nothing, and so does one that is set to nothing. Some versions end with 1 for the first.
      if (value === '') return { state: result.exitCode === null ? 'unreachable' : 'absent' };
      return result.exitCode === 0 ? { state: 'set', value, type: '' } : { state: 'unreachable' };
    },
    async unset(name) {
      if (!isVariableName(name)) return 'not-possible';
      return variableAnswer(await run(['unsetenv', name]));
    },
    restore: () => Promise.resolve('not-possible'),
    unsetCommand: (name) => `launchctl unsetenv ${name}`,
  };
}
