import { expect, test } from 'vitest';
import type { FileStore } from '../ports/file-store.ts';
import type { FileTree } from '../testing/file-tree.ts';
import { fileStoreContract } from '../testing/file-store-contract.ts';
import { memoryFileStore } from '../testing/memory-file-store.ts';
import { cachingFileStore, splitFileStore } from './caching-file-store.ts';

/** Every tree lies in a folder of its own on one made-up disk, as real ones would. */
const disk: Record<string, FileTree[string]> = {};
let trees = 0;

test.each(
  fileStoreContract((tree) => {
    const root = `/tree-${trees++}`;
    disk[root] = { kind: 'folder' };
    for (const [path, entry] of Object.entries(tree)) disk[`${root}/${path}`] = entry;
    return { root, files: cachingFileStore(memoryFileStore(disk)) };
  }),
)('As every file store: $title', ({ run }) => run());

/** A store that writes down what it is asked. */
function noted(files: FileStore): { readonly files: FileStore; readonly asked: string[] } {
  const asked: string[] = [];
  const note = (question: string): void => {
    asked.push(question);
  };
  return {
    asked,
    files: {
      read: (path, maxBytes, encoding) => {
        note(`read ${path}`);
        return files.read(path, maxBytes, encoding);
      },
      list: (folder) => {
        note(`list ${folder}`);
        return files.list(folder);
      },
      inspect: (path) => {
        note(`inspect ${path}`);
        return files.inspect(path);
      },
      realPath: (path) => {
        note(`realPath ${path}`);
        return files.realPath(path);
      },
      linkAt: (path) => {
        note(`linkAt ${path}`);
        return files.linkAt(path);
      },
    },
  };
}

test('Each question is asked once, also when the answer is that there is nothing.', () => {
  const { files, asked } = noted(memoryFileStore({ '/a/f': 'x' }));
  const cached = cachingFileStore(files);
  for (let time = 0; time < 3; time++) {
    for (const path of ['/a/f', '/a/none']) {
      cached.read(path, 100);
      cached.list(path);
      cached.inspect(path);
      cached.realPath(path);
      cached.linkAt(path);
    }
  }
  expect(asked).toHaveLength(10);
});

test('The same answer is the same object, so that what was made of it can be kept with it.', () => {
  const cached = cachingFileStore(memoryFileStore({ '/f': 'x' }));
  expect(cached.read('/f', 100)).toBe(cached.read('/f', 100));
});

test('Another limit or another encoding is another question.', () => {
  const { files, asked } = noted(memoryFileStore({ '/f': 'é' }));
  const cached = cachingFileStore(files);
  expect(cached.read('/f', 1)).toEqual({ state: 'too-large' });
  expect(cached.read('/f', 2)).toMatchObject({ text: 'é' });
  cached.read('/f', 2, 'latin1');
  expect(asked).toHaveLength(3);
});

test('Of too much text the part that was not asked for the longest is forgotten.', () => {
  const { files, asked } = noted(
    memoryFileStore({ '/a': 'aaaa', '/b': 'bbbb', '/c': 'cccc', '/none/x': '' }),
  );
  const cached = cachingFileStore(files, 10);
  for (const path of ['/a', '/b', '/none/y', '/a', '/c', '/a', '/none/y', '/b']) cached.read(path, 100);
  expect(asked.map((question) => question.slice('read '.length))).toEqual([
    '/a',
    '/b',
    '/none/y',
    '/c',
    '/b',
  ]);
});

test('A text longer than all that may be kept is read each time, and drives nothing out.', () => {
  const { files, asked } = noted(memoryFileStore({ '/long': 'x'.repeat(11), '/short': 'x' }));
  const cached = cachingFileStore(files, 10);
  for (const path of ['/short', '/long', '/long', '/short']) cached.read(path, 100);
  expect(asked).toEqual(['read /short', 'read /long', 'read /long']);
});

test('What lies inside is asked of one store, everything else of the other.', () => {
  const inner = noted(memoryFileStore({}));
  const outer = noted(memoryFileStore({}));
  const split = splitFileStore((path) => path.startsWith('/in/'), inner.files, outer.files);
  for (const path of ['/in/f', '/inner/f', '/in']) {
    split.read(path, 1);
    split.list(path);
    split.inspect(path);
    split.realPath(path);
  }
  expect(inner.asked).toEqual(['read /in/f', 'list /in/f', 'inspect /in/f', 'realPath /in/f']);
  expect(outer.asked).toHaveLength(8);
});
