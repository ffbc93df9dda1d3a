import { lchownSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { nodeFileStore } from '../../electron/adapters/files/node-file-store.ts';
import {
  FOREIGN_PATHS,
  SEARCH_PATH_ENTRIES,
  SEARCH_PATH_TREE,
  STRANGER,
  askSearchPath,
  expectedOnSearchPath,
  searchPathCases,
  toldOfClaude,
  type SearchPathWorld,
} from '../../shared/testing/search-path-worlds.ts';
import { layTree } from '../support/lay-tree.ts';
import { onPosix } from '../support/on-system.ts';

/** Only root can give a file away. */
const isRoot = process.getuid?.() === 0;
const entries = SEARCH_PATH_ENTRIES.filter(({ foreign }) => isRoot || foreign === undefined);

describe.runIf(onPosix)('rightClaude on a search path of real files', () => {
  const world = realWorld();
  afterAll(() => {
    rmSync(world.root, { recursive: true, force: true });
  });

  test.each(searchPathCases(world, entries))('$title', ({ run }) => run());

  test('Whatever stands on it in whatever order, the first that is right is taken.', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: 1, maxLength: 12 }), (some) => {
        expect(toldOfClaude(askSearchPath(world, some))).toEqual(expectedOnSearchPath(world, some));
      }),
    );
  });

  test('A link that is led elsewhere afterwards leads nobody: what was found is a file, not a name.', () => {
    const native = entries.filter(({ name }) => name === 'one that the native installer made');
    const answer = askSearchPath(world, native);
    const link = path.join(world.root, 'home/.local/bin/claude');
    renameSync(link, `${link}.before`);
    symlinkSync(path.join(world.root, 'open-file/claude'), link);
    expect(toldOfClaude(answer)).toMatchObject({
      realPath: path.join(world.root, 'home/.local/share/claude/versions/2.1.328'),
    });
    expect(askSearchPath(world, native)).toMatchObject({ ok: false, why: 'writable-by-others' });
    renameSync(`${link}.before`, link);
  });
});

/** Belongs to whoever runs this. */
function realWorld(): SearchPathWorld {
  const root = onPosix ? layTree(SEARCH_PATH_TREE) : '';
  if (isRoot) for (const name of FOREIGN_PATHS) lchownSync(path.join(root, name), STRANGER, STRANGER);
  return { root, files: nodeFileStore, userId: process.getuid?.() ?? null };
}
