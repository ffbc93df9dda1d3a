import { mkdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { asNobody } from '../../../e2e/support/as-nobody.ts';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import type { FolderListing, FolderTree } from '../../../shared/ports/folder-tree.ts';
import type { FileTree, FileTreeEntry } from '../../../shared/testing/file-tree.ts';
import { folderTreeContract } from '../../../shared/testing/folder-tree-contract.ts';
import { nodeFolderTree } from './node-folder-tree.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

function lay(tree: FileTree): { readonly folders: FolderTree; readonly root: string } {
  const root = layTree(tree);
  roots.push(root);
  return { root, folders: Object.values(tree).some(isDenied) ? asAnother : nodeFolderTree };
}

function isDenied(entry: FileTreeEntry): boolean {
  return typeof entry !== 'string' && 'denied' in entry;
}

const asAnother: FolderTree = {
  walk: (root, leftOut) => asNobody(() => [...nodeFolderTree.walk(root, leftOut)]),
};

describe.runIf(onPosix)('as every folder tree', () => {
  test.each(folderTreeContract(lay))('$title', ({ run }) => run());
});

test.runIf(onPosix)('A folder that is gone when its turn comes was not there.', () => {
  const { root } = lay({ 'a/f': '', b: { kind: 'folder' }, 'c/f': '' });
  const seen: string[] = [];
  for (const { folder, state } of nodeFolderTree.walk(root, new Set())) {
    seen.push(`${folder.slice(root.length)} ${state}`);
    if (folder === `${root}/a`) rmdirSync(`${root}/b`);
  }
  expect(seen).toEqual([' listed', '/a listed', '/c listed']);
});

test.runIf(onLinux)('A name that is bytes and no text is told, and the rest goes on.', () => {
  const { root } = lay({ 'z/f': '' });
  mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]));
  expect(statesOf(nodeFolderTree.walk(root, new Set()), root)).toEqual([
    ' listed',
    '/a\ufffd name-not-text',
    '/z listed',
  ]);
});

test.runIf(onPosix)('A path longer than the system takes is told.', () => {
  const { root } = lay({});
  const folder = `${root}${'/name'.repeat(1000)}`;
  expect([...nodeFolderTree.walk(folder, new Set())]).toEqual([{ state: 'path-too-long', folder }]);
});

test.runIf(onPosix)('The root may end with a separator.', () => {
  const { root } = lay({});
  mkdirSync(`${root}/d`);
  writeFileSync(`${root}/d/f`, '');
  expect(statesOf(nodeFolderTree.walk(`${root}/`, new Set()), root)).toEqual(['/ listed', '/d listed']);
});

function statesOf(listings: Iterable<FolderListing>, root: string): readonly string[] {
  return [...listings].map(({ folder, state }) => `${folder.slice(root.length)} ${state}`);
}
