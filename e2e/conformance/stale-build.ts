import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Whether a file that the command is built from has changed since: a run would then judge what is no longer there. */
export function isStale(command: string, sourceFolders: readonly string[]): boolean {
  const built = statSync(command).mtimeMs;
  return sourceFolders.some((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .some((name) => statSync(path.join(folder, name)).mtimeMs > built),
  );
}
