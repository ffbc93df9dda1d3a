/** `node build/with-node24.mjs FILE.ts ARG…`: runs our TypeScript with a Node that can, whichever Node is on PATH. */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { ensureNodeModules, findNode24, runScript } from './setup.mjs';

await runScript(() => {
  ensureNodeModules();
  const { status, signal, error } = spawnSync(findNode24(), process.argv.slice(2), { stdio: 'inherit' });
  if (error !== undefined) throw error;
  return signal === null ? (status ?? 1) : 128 + constants.signals[signal];
});
