import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { openableUrl } from '../../../shared/core/sign-in/openable-url.ts';
import type { Browser } from '../../../shared/ports/browser.ts';
import type { Environment } from '../../../shared/ports/environment.ts';
import { browserCommands } from './browser-commands.ts';

/** How long a program may take to say that it cannot: milliseconds. What still runs then shows the page, or will. */
const PATIENCE = 1_500;

/**
 * The browser, as a terminal program reaches it: by programs that open addresses, started with a list of arguments and no shell,
 * in a group of their own, so that they outlive this process; what they print goes nowhere.
 */
export function systemBrowser(
  environment: Pick<Environment, 'platform' | 'variables'>,
  patience = PATIENCE,
): Browser {
  return {
    open: async (text) => {
      const openable = openableUrl(text);
      if (openable === null) return 'refused';
      for (const [program, ...args] of browserCommands(environment, openable.url)) {
        const file = fileOf(program, environment.variables);
        if (file !== null && (await starts(file, args, environment.variables, patience))) return 'opened';
      }
      return 'failed';
    },
  };
}

/** In absolute folders only: a relative one may belong to a stranger’s repository. */
function fileOf(program: string, variables: Environment['variables']): string | null {
  if (isAbsolute(program)) return isProgram(program) ? program : null;
  if (/[/\\]/.test(program)) return null;
  const folders = (variables['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, program)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether it runs, or has done its work. */
function starts(
  file: string,
  args: readonly string[],
  env: Environment['variables'],
  patience: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = started(file, args, env);
    if (child === null) {
      resolve(false);
      return;
    }
    const settle = (runs: boolean): void => {
      clearTimeout(timer);
      child.unref();
      resolve(runs);
    };
    const timer = setTimeout(settle, patience, true);
    child.on('error', () => {
      settle(false);
    });
    child.on('exit', (code) => {
      settle(code === 0);
    });
  });
}

function started(file: string, args: readonly string[], env: Environment['variables']): ChildProcess | null {
  try {
    return spawn(file, args, { detached: true, env, shell: false, stdio: 'ignore', windowsHide: true });
  } catch {
    // Some of what the system says to a start is thrown, some is told.
    return null;
  }
}
