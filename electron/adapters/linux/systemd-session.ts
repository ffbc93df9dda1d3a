import { parseSystemdEnvironment } from '../../../shared/core/platform/systemd-environment.ts';
import { pickVariables } from '../../../shared/core/platform/pick-variables.ts';
import type { Ports } from '../../../shared/ports/ports.ts';
import type { SessionVariables } from '../../../shared/ports/session-variables.ts';

const FOLDERS = ['/usr/bin', '/bin'];
/** What `systemctl` finds the user manager by. */
const NEEDED = ['HOME', 'USER', 'LOGNAME', 'PATH', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
const DEADLINE = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * Asks the systemd user manager for the environment that it gives to what it starts. Without `ask` there is nothing to say: the
 * files that fill it (`environment.d` and its like) are read as files. Where systemd is absent, or not in charge of this
 * session, or does not answer in time, the list is empty.
 *
 * The output format was recorded with systemd 252; no user manager of a real desktop session has been asked yet.
 */
export function systemdSession({
  environment,
  files,
  processes,
}: Pick<Ports, 'environment' | 'files' | 'processes'>): SessionVariables {
  return {
    async read(names, ask) {
      if (!ask || names.length === 0) return [];
      const file = FOLDERS.map((folder) => `${folder}/systemctl`).find(
        (path) => files.inspect(path)?.kind === 'file',
      );
      if (file === undefined) return [];
      const result = await processes.run({
        file,
        args: ['--user', 'show-environment'],
        folder: '/',
        variables: pickVariables(environment.variables, NEEDED),
        deadline: DEADLINE,
        maxBytes: MAX_BYTES,
      });
      if (result.state !== 'ended' || result.exitCode !== 0) return [];
      const found = parseSystemdEnvironment(wholeLines(result.output, result.truncated));
      return [...new Set(names)].flatMap((name) => {
        const text = found.get(name);
        return text === undefined
          ? []
          : [{ name, text, kind: 'systemd' as const, path: 'systemctl --user show-environment' }];
      });
    },
  };
}

/** The last line of an output that was cut may be half a value. */
function wholeLines(output: string, truncated: boolean): string {
  return truncated ? output.slice(0, output.lastIndexOf('\n') + 1) : output;
}
