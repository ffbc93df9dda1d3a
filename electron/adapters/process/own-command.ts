import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../../shared/ports/environment.ts';

/**
 * The words that run this program again, for what is installed to look a key up: the name on the search path that leads here, in
 * full, so that it is found with any search path; else the runtime and the file.
 *
 * @param file the one that runs
 */
export function ownCommand(
  file: string | undefined,
  environment: Pick<Environment, 'variables'>,
): readonly string[] {
  const own = file === undefined ? null : real(file);
  const onPath = candidates(environment).find((candidate) => own !== null && real(candidate) === own);
  if (onPath !== undefined) return [onPath];
  return own === null ? ['credence'] : [process.execPath, own];
}

/** The terminal command as it is installed, for the app; `null` when it is not. */
export function installedCommand(environment: Pick<Environment, 'variables'>): readonly string[] | null {
  const found = candidates(environment).find(isProgram);
  return found === undefined ? null : [found];
}

/** Relative folders may belong to a stranger’s repository. */
function candidates({ variables }: Pick<Environment, 'variables'>): readonly string[] {
  return (variables['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'credence'));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function real(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
