import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onPosix } from '../../../e2e/support/on-system.ts';
import type { FileTree } from '../../../shared/testing/file-tree.ts';
import { pathsOnTheWay, targetsOf } from './watched-folders.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

const link = (to: string): FileTree[string] => ({ kind: 'link', to });
const TREE: FileTree = {
  'home/.claude': link('../dots/claude'),
  'dots/claude/settings.json': link('shared.json'),
  'dots/claude/shared.json': '{}',
  'home/circle': link('circle'),
  'home/dangling': link('../gone/f'),
};

test.runIf(onPosix).each([
  ['a path that is not there', 'home/a/b', ['home/a', 'home/a/b']],
  [
    'a link in a linked folder',
    'home/.claude/settings.json',
    [
      'dots',
      'dots/claude',
      'dots/claude/settings.json',
      'dots/claude/shared.json',
      'home/.claude',
      'home/.claude/settings.json',
    ],
  ],
  ['a link to itself', 'home/circle', ['home/circle']],
  ['a link that leads nowhere', 'home/dangling', ['gone', 'gone/f', 'home/dangling']],
  ['the home itself', 'home', []],
])('On the way to %s lies what can change it, and nothing above the home.', (_, watched, expected) => {
  const root = layTree(TREE);
  roots.push(root);
  const found = pathsOnTheWay(`${root}/${watched}`, new Map(), `${root}/home`);
  const within = found
    .filter((path) => path.startsWith(`${root}/`))
    .map((path) => path.slice(root.length + 1));
  expect(within.sort()).toEqual(expected);
});

test.runIf(onPosix)('Without a home the way begins at the top.', () => {
  expect(pathsOnTheWay('/no/such/file', new Map(), null)).toEqual(['/no/such/file', '/no/such', '/no', '/']);
});

test.runIf(onPosix)('More links than any system follows are not followed for ever.', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [`l${String(at)}`, link(`l${String(at + 1)}`)] as const),
  );
  const root = layTree(chain);
  roots.push(root);
  expect(targetsOf(`${root}/l0`, new Map())).toHaveLength(40);
  expect(pathsOnTheWay(`${root}/l0`, new Map(), root).length).toBeLessThanOrEqual(400);
});
