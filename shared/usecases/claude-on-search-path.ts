import { pathStyle } from '../core/known-folders.ts';
import { isAbsolute, joinPath } from '../core/paths.ts';
import type { Ports } from '../ports/ports.ts';

export interface FoundClaude {
  /** As the search path has it; relative ones, and the empty one, mean where somebody happens to stand. */
  readonly entry: string;
  /** Absolute. */
  readonly path: string;
}

/** Every file that is called as Claude Code is, in the order in which a shell looks. What it is otherwise is not judged. */
export function* claudeOnSearchPath({
  environment,
  files,
}: Pick<Ports, 'environment' | 'files'>): Generator<FoundClaude> {
  const style = pathStyle(environment.platform);
  const windows = environment.platform === 'win32';
  const search = environment.variables['PATH'] ?? environment.variables['Path'];
  const names = windows ? ['claude.exe', 'claude.cmd'] : ['claude'];
  if (search === undefined) return;
  for (const entry of search.split(windows ? ';' : ':')) {
    const folder = isAbsolute(entry, style) ? entry : standingIn(entry);
    if (folder === null) continue;
    for (const name of names) {
      const path = joinPath(style, folder, name);
      if (files.inspect(path)?.kind === 'file') yield { entry, path };
    }
  }

  function standingIn(entry: string): string | null {
    const folder = workingFolder(environment);
    return folder === null || entry === '' ? folder : joinPath(style, folder, entry);
  }
}

/** `null` where it has been removed. */
export function workingFolder(environment: Ports['environment']): string | null {
  try {
    return environment.workingFolder;
  } catch {
    return null;
  }
}
