import { describe, expect, test } from 'vitest';
import { fileStoreContract } from '../testing/file-store-contract.ts';
import type { FileTree } from '../testing/file-tree.ts';
import { memoryFileStore } from '../testing/memory-file-store.ts';
import { notingFileStore } from './noting-file-store.ts';

const disk: Record<string, FileTree[string]> = {};
let trees = 0;

describe('as every file store', () => {
  const cases = fileStoreContract((tree) => {
    const root = `/tree-${String(trees++)}`;
    disk[root] = { kind: 'folder' };
    for (const [path, entry] of Object.entries(tree)) disk[`${root}/${path}`] = entry;
    return { root, files: notingFileStore(memoryFileStore(disk)).files };
  });
  test.each(cases)('$title', ({ run }) => run());
});

test('Every path is noted that was asked about, there or not; folders whose names were asked for as well.', () => {
  const { files, asked, listed } = notingFileStore(memoryFileStore({ '/d/f': 'a' }));
  files.read('/d/f', 10);
  files.read('/d/missing', 10, 'latin1');
  files.inspect('/e');
  files.list('/d');
  // Where a path leads is for the watcher to find out.
  files.realPath('/g');
  expect([...asked]).toEqual(['/d/f', '/d/missing', '/e', '/d']);
  expect([...listed]).toEqual(['/d']);
});
