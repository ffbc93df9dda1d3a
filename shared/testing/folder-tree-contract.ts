import type { FolderListing, FolderTree } from '../ports/folder-tree.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { FileTree } from './file-tree.ts';

export interface LaidFolders {
  readonly folders: FolderTree;
  /** The folder that the tree's relative paths lie in: absolute, no link on the way, POSIX. */
  readonly root: string;
}

/** Lays a tree of relative paths. Where something is `denied`, `folders` must ask as somebody whom that keeps out. */
export type LayFolders = (tree: FileTree) => LaidFolders;

/** What walking through folders must do on a POSIX system. */
export function folderTreeContract(lay: LayFolders): readonly ContractCase[] {
  const walk = (
    title: string,
    tree: FileTree,
    expected: readonly string[],
    { from = '', leftOut = [] }: { readonly from?: string; readonly leftOut?: readonly string[] } = {},
  ): ContractCase => ({
    title,
    run: () => {
      const { folders, root } = lay(tree);
      const listings = [...folders.walk(`${root}${from}`, new Set(leftOut))];
      assertEqual(
        listings.map((listing) => inWords(listing, root)),
        expected,
      );
    },
  });
  return [
    walk('An empty folder is listed.', {}, [': ']),
    walk(
      'Each folder is listed once, the root first, then its folders by name, each with those below it.',
      { 'b/x': '', 'a/z/f': '', 'a/y/f': '', 'B/f': '', f: '' },
      [': B/ a/ b/ f', '/B: f', '/a: y/ z/', '/a/y: f', '/a/z: f', '/b: x'],
    ),
    walk(
      'Names are in the order of their code units, below as well.',
      { 'é/f': '', 'z/f': '', 'Z/f': '', '10/f': '', '9/f': '', '.h/f': '' },
      [': .h/ 10/ 9/ Z/ z/ é/', '/.h: f', '/10: f', '/9: f', '/Z: f', '/z: f', '/é: f'],
    ),
    walk(
      'What is left out is named, but not entered, however deep it lies.',
      { 'a/.git/f': '', '.git/f': '', 'node_modules/f': '', 'git/f': '' },
      [': .git/ a/ git/ node_modules/', '/a: .git/', '/git: f'],
      { leftOut: ['.git', 'node_modules'] },
    ),
    walk('The root is entered whatever its name is.', { '.git/f': '' }, ['/.git: f'], {
      from: '/.git',
      leftOut: ['.git'],
    }),
    walk(
      'Links are named as links and not followed, so that there is no going round.',
      {
        'a/up': { kind: 'link', to: '..' },
        'b/l': { kind: 'link', to: '../a' },
        l: { kind: 'link', to: 'nowhere' },
      },
      [': a/ b/ l@', '/a: up@', '/b: l@'],
    ),
    walk('Of the root alone a link is followed.', { 'd/f': '', l: { kind: 'link', to: 'd' } }, ['/l: f'], {
      from: '/l',
    }),
    walk('A FIFO is no folder.', { f: { kind: 'fifo' } }, [': f']),
    walk('A root that is not there is absent.', {}, ['/d is absent'], { from: '/d' }),
    walk('So is one behind a dangling link.', { l: { kind: 'link', to: 'd' } }, ['/l is absent'], {
      from: '/l',
    }),
    walk('And one with a NUL byte in its path.', { 'd/f': '' }, ['/d\0 is absent'], { from: '/d\0' }),
    walk('A root that is a file is no folder.', { f: '' }, ['/f is not-a-folder'], { from: '/f' }),
    walk(
      'A root that is a link to itself is a loop.',
      { l: { kind: 'link', to: 'l' } },
      ['/l is link-loop'],
      {
        from: '/l',
      },
    ),
    walk(
      'A root that may not be read is denied.',
      { d: { kind: 'folder', denied: true } },
      ['/d is denied'],
      {
        from: '/d',
      },
    ),
    walk(
      'A folder on the way that may not be read is told, and the rest goes on.',
      { 'a/f': '', 'b/f': '', b: { kind: 'folder', denied: true }, 'c/f': '' },
      [': a/ b/ c/', '/a: f', '/b is denied', '/c: f'],
    ),
    walk('Names may be of any characters.', { 'a\n\u202e b/f': '' }, [': a\n\u202e b/', '/a\n\u202e b: f']),
    {
      title: 'Who stops early is not made to go on.',
      run: () => {
        const { folders, root } = lay({ 'a/f': '', 'b/f': '' });
        let seen = 0;
        for (const { folder } of folders.walk(root, new Set())) {
          seen++;
          if (folder === `${root}/a`) break;
        }
        assertEqual(seen, 2);
      },
    },
    {
      title: 'Two walks at the same time do not disturb each other.',
      run: () => {
        const { folders, root } = lay({ 'a/f': '', 'b/f': '' });
        const [first, second] = [folders.walk(root, new Set()), folders.walk(root, new Set())];
        const both = [...first].map(({ folder }) => folder);
        assertEqual(
          [...second].map(({ folder }) => folder),
          both,
        );
        assertEqual(both, [root, `${root}/a`, `${root}/b`]);
      },
    },
  ];
}

/** In one line; the order in which a folder's own entries are told is free. */
function inWords(listing: FolderListing, root: string): string {
  const folder = listing.folder.slice(root.length);
  if (listing.state !== 'listed') return `${folder} is ${listing.state}`;
  const names = listing.entries
    .map((entry) => ({
      name: entry.name,
      mark: entry.isDirectory() ? '/' : entry.isSymbolicLink() ? '@' : '',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, mark }) => `${name}${mark}`);
  return `${folder}: ${names.join(' ')}`;
}
