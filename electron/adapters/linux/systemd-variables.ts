import { isVariableName } from '../../../shared/core/platform/is-variable-name.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import { parseSystemdEnvironment } from '../../../shared/core/platform/systemd-environment.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { RunResult } from '../../../shared/ports/process-runner.ts';
import type { VariableStore } from '../../../shared/ports/variable-store.ts';
import { bytesOfText, textOfBytes } from '../process/text-bytes.ts';
import { variableAnswer } from '../process/variable-answer.ts';

const FOLDERS = ['/usr/bin', '/bin'];
/** What `systemctl` finds the user manager by. */
const NEEDED = ['HOME', 'USER', 'LOGNAME', 'PATH', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
const DEADLINE = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * What the systemd user manager hands to everything it starts. `set-environment` would take a value as an argument, which every
 * user of the system can read; `import-environment` takes it from the environment of `systemctl` itself, which only this user can.
 */
export function systemdVariables({
  environment,
  files,
  processes,
}: Pick<Ports, 'environment' | 'files' | 'processes'>): VariableStore {
  const run = async (
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<RunResult | null> => {
    const file = FOLDERS.map((folder) => `${folder}/systemctl`).find(
      (path) => files.inspect(path)?.kind === 'file',
    );
    if (file === undefined) return null;
    return processes.run({
      file,
      args: ['--user', ...args],
      folder: '/',
      variables: { ...pickVariables(environment.variables, NEEDED), ...more },
      deadline: DEADLINE,
      maxBytes: MAX_BYTES,
    });
  };
  return {
    id: 'systemd',
    canRestore: true,
    async read(name) {
      const result = await run(['show-environment']);
      if (result?.state !== 'ended' || result.exitCode !== 0) return { state: 'unreachable' };
      const text = parseSystemdEnvironment(result.output).get(name);
      if (text !== undefined) return { state: 'set', value: bytesOfText(text), type: '' };
      // It may have stood in what was cut off.
      return { state: result.truncated ? 'unreachable' : 'absent' };
    },
    async unset(name) {
      // NAME=VALUE would be understood, too, and mean something else.
      if (!isVariableName(name)) return 'not-possible';
      return variableAnswer(await run(['unset-environment', name]));
    },
    async restore(name, { value }) {
      const text = textOfBytes(value);
      // The manager refuses what is no UTF-8, so it cannot have come from there.
      if (!isVariableName(name) || text === null || text.includes('\0')) return 'not-possible';
      return variableAnswer(await run(['import-environment', name], { [name]: text }));
    },
    unsetCommand: (name) => `systemctl --user unset-environment ${name}`,
  };
}
