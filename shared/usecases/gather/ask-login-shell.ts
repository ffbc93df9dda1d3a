import type { Ports } from '../../ports/ports.ts';
import { loginShell } from './startup-lines.ts';
import type { FoundLine } from './found-line.ts';

/** Start-up files may wait for anything: milliseconds. */
const DEADLINE = 5_000;
const MOST_OUTPUT = 1024 * 1024;

export interface ShellAnswer {
  readonly state: 'not-asked' | 'answered' | 'timed-out' | 'not-started' | 'no-answer';
  readonly lines: readonly FoundLine[];
}

/**
 * Starts the login shell as a login and interactive one, without a terminal, and takes the environment that it ends with.
 * It runs the user's start-up files, so it is only done when asked for. Whatever they print is told apart by markers.
 *
 * @param inherited what every login session of the user begins with, before any shell: the shell may go by it, or unset it
 */
export async function askLoginShell(
  ports: Pick<Ports, 'environment' | 'processes'>,
  names: readonly string[],
  inherited: readonly FoundLine[] = [],
): Promise<ShellAnswer> {
  const { environment } = ports;
  const shell = environment.variables['SHELL'] ?? '';
  if (environment.platform === 'win32' || !shell.startsWith('/')) return { state: 'not-started', lines: [] };
  const mark = `credence-${String(names.length)}-environment`;
  const command = `printf '\\n%s\\n' '<${mark}>'; /usr/bin/env -0; printf '\\n%s\\n' '</${mark}>'`;
  const result = await ports.processes.run({
    file: shell,
    args: loginShell(environment) === 'fish' ? ['-l', '-i', '-c', command] : ['-l', '-i', '-c', command],
    folder: environment.home ?? '/',
    variables: {
      ...Object.fromEntries(inherited.flatMap(({ name, text }) => (text === null ? [] : [[name, text]]))),
      ...cleanEnvironment(environment.variables),
    },
    deadline: DEADLINE,
    maxBytes: MOST_OUTPUT,
  });
  if (result.state !== 'ended') return { state: result.state, lines: [] };
  const start = result.output.indexOf(`\n<${mark}>\n`);
  const end = result.output.lastIndexOf(`\n</${mark}>\n`);
  if (start < 0 || end < start) return { state: 'no-answer', lines: [] };
  const wanted = new Set(names);
  const lines = result.output
    .slice(start + mark.length + 4, end)
    .split('\0')
    .flatMap((pair): FoundLine[] => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals);
      if (equals <= 0 || !wanted.has(name)) return [];
      return [
        { name, text: pair.slice(equals + 1), certainty: 'literal', origin: { kind: 'login-shell', name } },
      ];
    });
  return { state: 'answered', lines };
}

/** A new terminal does not inherit what this one exported. */
function cleanEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const kept = [
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'TERM',
    'TMPDIR',
    'XDG_RUNTIME_DIR',
    'DBUS_SESSION_BUS_ADDRESS',
  ];
  const path = variables['PATH'] === undefined ? {} : { PATH: '/usr/local/bin:/usr/bin:/bin' };
  return {
    ...Object.fromEntries(
      kept.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])),
    ),
    ...path,
    TERM: 'dumb',
  };
}
