import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/**
 * Ends a program and what it has started, at once. Only for one that has not been seen to end: until then the number is its own.
 *
 * @param hasNoGroups on Windows a program of the system follows the tree
 */
export function endTree(
  child: ChildProcess & { readonly pid: number },
  variables: Readonly<Record<string, string | undefined>>,
  hasNoGroups: boolean,
): void {
  if (!hasNoGroups) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
    return;
  }
  const system = variables['SystemRoot'] ?? variables['SYSTEMROOT'] ?? 'C:\\Windows';
  const taskkill = path.win32.join(system, 'System32', 'taskkill.exe');
  const killer = spawn(taskkill, ['/pid', String(child.pid), '/t', '/f'], {
    stdio: 'ignore',
    windowsHide: true,
  });
  const alone = (): void => {
    child.kill('SIGKILL');
  };
  killer.on('error', alone).on('exit', alone);
}
