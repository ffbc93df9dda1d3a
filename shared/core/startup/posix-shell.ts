import type { StartupText, WantedNames } from './assignment.ts';
import type { PosixDialect } from './posix-command-place.ts';
import { readPosixStatements } from './posix-statements.ts';
import { resolveEvents } from './shell-events.ts';

/**
 * Reads a start-up file of sh, bash or zsh without running it. `eval`, aliases and calls of functions are not followed:
 * what is in a function is conditional.
 *
 * Windows line ends count as line ends, as in Git's bash; other shells would keep the carriage return in the value.
 *
 * @param dialect what the file is written for; it matters where bash and zsh disagree
 */
export function readPosixShell(
  text: string,
  wanted: WantedNames,
  dialect: PosixDialect = 'bash',
): StartupText {
  const unixText = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  return resolveEvents(readPosixStatements(unixText, wanted, dialect).events);
}
