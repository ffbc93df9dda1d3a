import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const GROUPS = 100;
const PROJECTS = 100;
/** One in so many brings settings. */
const EVERY = 50;
const FILES = ['README.md', 'package.json', 'index.js', 'LICENSE', 'notes.txt'];

/** Ten thousand folders two levels deep, each with `src`, `.git` and five files; two hundred of them bring settings. */
export function layManyFolders(root: string): void {
  const text = JSON.stringify({ env: { ANTHROPIC_API_KEY: 'made-up-key' } }, undefined, 2);
  for (let at = 0; at < GROUPS * PROJECTS; at++) {
    const folder = path.join(root, `group-${Math.floor(at / PROJECTS)}`, `project-${at % PROJECTS}`);
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    mkdirSync(path.join(folder, '.git'));
    for (const file of FILES) writeFileSync(path.join(folder, file), 'made up\n');
    if (at % EVERY !== 0) continue;
    mkdirSync(path.join(folder, '.claude'));
    const name = at % (2 * EVERY) === 0 ? 'settings.json' : 'settings.local.json';
    writeFileSync(path.join(folder, '.claude', name), text);
  }
}

/** What a person would type for the names alone; it knows nothing of what is in the files. */
export const FIND: readonly string[] = [
  'find',
  '.',
  ...['(', '-name', '.git', '-o', '-name', 'node_modules', ')', '-prune'],
  ...['-o', '-path', '*/.claude/settings*.json', '-print'],
];
