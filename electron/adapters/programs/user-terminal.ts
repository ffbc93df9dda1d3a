import { spawn, type ChildProcess } from 'node:child_process';
import type { TerminalRequest, Terminals } from '../../../shared/ports/terminals.ts';

/** How long a program may take to say that it cannot: milliseconds. What still runs then shows a window, or will. */
const PATIENCE = 1_500;

/**
 * Terminal programs, each in a session of its own that outlives this process: no pipe leads there, so nothing of it can be read, and
 * nobody ends it but the user. Some hand the work to a server of theirs and end at once, which is no failure.
 */
export function userTerminal(patience = PATIENCE): Terminals {
  return {
    open: (request) =>
      new Promise((resolve) => {
        const child = started(request);
        if (child === null) {
          resolve('failed');
          return;
        }
        const settle = (how: 'opened' | 'failed'): void => {
          clearTimeout(timer);
          child.unref();
          resolve(how);
        };
        const timer = setTimeout(settle, patience, 'opened');
        child.on('error', () => {
          settle('failed');
        });
        child.on('exit', (code) => {
          settle(code === 0 ? 'opened' : 'failed');
        });
      }),
  };
}

/** Not hidden on Windows: there the window is the purpose. */
function started({ file, args, variables, folder }: TerminalRequest): ChildProcess | null {
  try {
    return spawn(file, [...args], {
      cwd: folder,
      env: { ...variables },
      detached: true,
      shell: false,
      stdio: 'ignore',
    });
  } catch {
    // Some of what the system says to a start is thrown, some is told.
    return null;
  }
}
