import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FileTree, FileTreeEntry } from '../../shared/testing/file-tree.ts';

/**
 * Lays a tree of relative paths into a new folder, which everybody may enter: a test may go on as another user. POSIX.
 *
 * @returns the folder, with no link on the way; it is the caller's to remove
 */
export function layTree(tree: FileTree): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-tree-')));
  chmodSync(root, 0o755);
  const entries = Object.entries(tree);
  for (const [name, entry] of entries) lay(path.join(root, name), entry);
  // Last: what nobody may enter cannot be filled either.
  for (const [name, entry] of entries) permit(path.join(root, name), entry);
  return root;
}

function lay(place: string, entry: FileTreeEntry): void {
  mkdirSync(path.dirname(place), { recursive: true });
  if (typeof entry === 'string') {
    writeFileSync(place, entry, { mode: 0o644 });
    return;
  }
  switch (entry.kind) {
    case 'file':
      writeFileSync(
        place,
        typeof entry.content === 'string' ? entry.content : Uint8Array.from(entry.content),
      );
      return;
    case 'folder':
      mkdirSync(place, { recursive: true });
      return;
    case 'link':
      symlinkSync(entry.to, place);
      return;
    case 'fifo':
      execFileSync('mkfifo', [place]);
  }
}

function permit(place: string, entry: FileTreeEntry): void {
  if (typeof entry === 'string' || entry.kind === 'link' || entry.kind === 'fifo') return;
  if (entry.kind === 'file' && entry.changedAt !== undefined) {
    utimesSync(place, entry.changedAt / 1000, entry.changedAt / 1000);
  }
  if (entry.denied === true) chmodSync(place, 0);
  else if (entry.mode !== undefined) chmodSync(place, entry.mode);
}
