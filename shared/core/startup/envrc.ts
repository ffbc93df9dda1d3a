import type { StartupText, WantedNames } from './assignment.ts';
import { readPosixShell } from './posix-shell.ts';

/**
 * Reads a `.envrc` without running it: bash with direnv's `dotenv`, `dotenv_if_exists` (of the `.env` beside it when
 * no file is named), `source_env` and `source_env_if_exists`. Relative paths are relative to its folder.
 */
export function readEnvrc(text: string, wanted: WantedNames): StartupText {
  return readPosixShell(text, wanted, 'direnv');
}
