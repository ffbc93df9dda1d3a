import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { NAME, type TokenLab } from './token-lab.ts';

/** Another process that holds the lock of the provider, and keeps it. */
export async function lockHolder({ own }: TokenLab): Promise<ChildProcess> {
  const module = path.join(import.meta.dirname, '../../electron/adapters/locks/file-locks.ts');
  const script = `
    import { fileLocks } from ${JSON.stringify(module)};
    await fileLocks(${JSON.stringify(own)}, ${String(process.geteuid?.() ?? 0)}).alone('organisation-${NAME}', 30_000, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  return holder;
}
