import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TellingFile, TellingWorld } from './telling-files.ts';
import type { Trouble } from './troubles.ts';

/** Nobody else has it on this machine, so permissions keep it out. */
const NOBODY = 65_534;

/** Lays a world into a new folder, its files in trouble, all of it owned by whoever will ask. */
export function layTellingWorld(
  root: string,
  { files }: TellingWorld,
  troubled: readonly TellingFile[],
  trouble: Trouble | null,
): void {
  for (const folder of ['home/app/sub', 'home/.claude', 'managed', 'bin']) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  if (!files.some(({ id }) => id === 'git-file')) mkdirSync(path.join(root, 'home/app/.git'));
  layProgram(root);
  for (const file of files) {
    const place = path.join(root, file.path);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, file.content, {
      mode: 0o600,
      encoding: file.path.endsWith('index') ? 'latin1' : 'utf8',
    });
  }
  for (const file of troubled) trouble?.make(path.join(root, file.path), file);
  chmodSync(root, 0o755);
  // Links are not followed: some lead to devices.
  if (process.geteuid?.() === 0) spawnSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, root]);
}

/** Claude Code as npm installs it. */
function layProgram(root: string): void {
  const module = path.join(root, 'lib/node_modules/@anthropic-ai/claude-code');
  mkdirSync(module, { recursive: true });
  writeFileSync(path.join(module, 'cli.js'), '#!/bin/false\n', { mode: 0o755 });
  symlinkSync('../lib/node_modules/@anthropic-ai/claude-code/cli.js', path.join(root, 'bin/claude'));
}

/** Also with folders in it that nobody may enter, and names of any length. */
export function removeTree(root: string): void {
  spawnSync('rm', ['-rf', '--', root]);
  rmSync(root, { recursive: true, force: true });
}
