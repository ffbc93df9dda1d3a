import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Shell } from 'electron';
import { loud } from '../loud.ts';

/** As Electron on Linux: the bare program, wherever PATH has it, without a shell and without waiting for it. */
function xdgOpen(target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xdg-open', [target], { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

export const shell = loud('shell', {
  async openExternal(url: string): Promise<void> {
    if (!URL.canParse(url)) throw new Error('Invalid URL');
    await xdgOpen(url);
  },
  async openPath(file: string): Promise<string> {
    if (!existsSync(file)) return 'Failed to open path';
    return xdgOpen(file).then(
      () => '',
      (error: unknown) => String(error),
    );
  },
  /** Electron asks the file manager over D-Bus and does this only where none answers. */
  showItemInFolder(file: string): void {
    xdgOpen(path.dirname(file)).catch(() => undefined);
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>);
