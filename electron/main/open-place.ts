import { shell } from 'electron';
import { realpathSync, statSync, type Stats } from 'node:fs';
import type { FilePlace } from '../../shared/presentation/window/place-book.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import { DONE, failed } from './run-command.ts';

/** Opening these could run them. */
const RUNS = /\.(?:exe|com|bat|cmd|vbs|js|jse|wsf|msi|scr|lnk|hta|desktop|app|command|tool)$/i;
const EXECUTABLE = 0o111;

/**
 * Opens a file that the answer named, with the program that the user has for it. What the system might run instead of showing it
 * is shown in its folder.
 */
export async function openPlace({ path }: FilePlace): Promise<Reply> {
  const found = statOf(path);
  if (found === null) return failed('not-possible', 'That file cannot be reached.');
  if (found === undefined) return failed('not-known', 'That file is not there any more.');
  if (
    !found.isFile() ||
    [path, realPath(path)].some((name) => RUNS.test(name)) ||
    (found.mode & EXECUTABLE) !== 0
  ) {
    shell.showItemInFolder(path);
    return DONE;
  }
  const trouble = await shell.openPath(path);
  return trouble === '' ? DONE : failed('not-possible', 'No program on this system would open that file.');
}

/** `null`: a folder on the way may not be entered, or links lead in a circle. */
function statOf(path: string): Stats | undefined | null {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return null;
  }
}

/** A link may have a harmless name. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
