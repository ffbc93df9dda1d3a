import { pathStyle } from '../../core/known-folders.ts';
import { isAbsolute, joinPath } from '../../core/paths.ts';
import { setupTokenTerminal, type TerminalWords } from '../../core/sign-in/terminal-words.ts';
import type { SignInPorts } from './sign-in-ports.ts';
import type { ProgramToStart } from './start-claude-login.ts';

type Reach = Pick<SignInPorts, 'environment' | 'files'>;

/** How `claude setup-token` is opened here; `null`: no terminal program was found, or none can be given this path. */
export function terminalForSetupToken(
  ports: Reach,
  { path, variables }: ProgramToStart,
): TerminalWords | null {
  const { platform } = ports.environment;
  return setupTokenTerminal(path, {
    platform,
    variables,
    find: (name) => programNamed(ports, variables, name),
  });
}

/** Opens it there, for the user alone: Credence holds nothing of that terminal. */
export async function openSetupToken(
  ports: Reach & Pick<SignInPorts, 'terminals'>,
  program: ProgramToStart,
): Promise<'opened' | 'failed'> {
  const words = terminalForSetupToken(ports, program);
  const { variables, folder } = program;
  return words === null ? 'failed' : ports.terminals.open({ ...words, variables, folder });
}

/** In absolute folders only, and none that somebody else may have put there: it shows a token. */
function programNamed(
  { environment: { platform, userId }, files }: Reach,
  variables: ProgramToStart['variables'],
  name: string,
): string | null {
  const style = pathStyle(platform);
  const windows = platform === 'win32';
  const isProgram = (path: string): boolean => {
    const facts = files.inspect(path);
    if (facts?.kind !== 'file') return false;
    if (windows) return true;
    const isTrusted = facts.ownerId === SYSTEM || userId === null || facts.ownerId === userId;
    return isTrusted && (facts.mode & WRITABLE_BY_ALL) === 0 && (facts.mode & EXECUTABLE) !== 0;
  };
  if (isAbsolute(name, style)) return isProgram(name) ? name : null;
  if (/[/\\]/.test(name)) return null;
  const search = (windows ? (variables['Path'] ?? variables['PATH']) : variables['PATH']) ?? '';
  const folders = search.split(windows ? ';' : ':').filter((folder) => isAbsolute(folder, style));
  return folders.map((folder) => joinPath(style, folder, name)).find(isProgram) ?? null;
}

const EXECUTABLE = 0o111;
const WRITABLE_BY_ALL = 0o002;
const SYSTEM = 0;
