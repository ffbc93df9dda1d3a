import { joinPath } from '../core/paths.ts';
import type { FileStore } from '../ports/file-store.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { FileEntry, FileTree } from './file-tree.ts';

/** A tree that has been laid somewhere. */
export interface LaidFiles {
  readonly files: FileStore;
  /** The folder that the tree's relative paths lie in: absolute, no link on the way, POSIX. */
  readonly root: string;
}

/** Lays a tree of relative paths. Where something is `denied`, `files` must ask as somebody whom that keeps out. */
export type LayFiles = (tree: FileTree) => LaidFiles;

const ENOUGH = 1_000_000;

/** What a file store must do on a POSIX system. */
export function fileStoreContract(lay: LayFiles): readonly ContractCase[] {
  return [...readCases(lay), ...linkCases(lay), ...listCases(lay), ...inspectCases(lay)];
}

function readCases(lay: LayFiles): readonly ContractCase[] {
  const read = (
    title: string,
    tree: FileTree,
    path: string,
    expected: unknown,
    maxBytes = ENOUGH,
  ): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      assertEqual(whatOf(files, joinPath('posix', root, path), maxBytes), expected);
    },
  });
  return [
    read('A file is read whole.', { f: 'one\r\ntwo' }, 'f', text('one\r\ntwo')),
    read('An empty file is read as an empty text, not as absent.', { f: '' }, 'f', text('')),
    read('A file in a folder that is not there is absent.', {}, 'no/such/file', state('absent')),
    read('A path that leads through a file is absent.', { f: 'x' }, 'f/g', state('absent')),
    read('A folder is not a file.', { d: { kind: 'folder' } }, 'd', state('not-a-file')),
    read('A FIFO that nobody writes to is told at once.', { f: { kind: 'fifo' } }, 'f', state('not-a-file')),
    read(
      'A file of another user is denied, not absent.',
      { f: file('x', { denied: true }) },
      'f',
      state('denied'),
    ),
    read(
      'A file in a folder that this user may not enter is denied, not absent.',
      { d: { kind: 'folder', denied: true }, 'd/f': 'x' },
      'd/f',
      state('denied'),
    ),
    read('A file of exactly the most bytes is read.', { f: 'abcdé' }, 'f', text('abcdé'), 6),
    read('A file of one byte more is too large.', { f: 'abcdé' }, 'f', state('too-large'), 5),
    read('A byte order mark is kept.', { f: file([0xef, 0xbb, 0xbf, 0x7b, 0x7d]) }, 'f', text('\ufeff{}')),
    {
      title: 'Asked for Latin-1, each byte is one character.',
      run: () => {
        const { files, root } = lay({ f: file([0, 0x61, 0xc3, 0xbc, 0xff]) });
        const reading = files.read(joinPath('posix', root, 'f'), 5, 'latin1');
        assertEqual(reading.state === 'read' ? reading.text : reading.state, '\0a\u00c3\u00bc\u00ff');
      },
    },
    read('Malformed bytes are replaced.', { f: file([0x61, 0xff, 0x62, 0xc3]) }, 'f', text('a\ufffdb\ufffd')),
    read(
      'UTF-16 with its byte order mark is decoded.',
      { f: file([0xff, 0xfe, 0x7b, 0x00]) },
      'f',
      text('\ufeff{'),
    ),
    read('A NUL byte in a file is kept.', { f: 'a\0b' }, 'f', text('a\0b')),
    read('A path with a NUL byte is absent.', { f: 'x' }, 'f\0', state('absent')),
    read('A name too long for the file system is absent.', {}, 'n'.repeat(5000), state('absent')),
    read('A path too long for the system is absent.', {}, 'name/'.repeat(1000), state('absent')),
    read(
      'A name of control and right-to-left characters is a name.',
      { 'a\n\u202eb': 'x' },
      'a\n\u202eb',
      text('x'),
    ),
    {
      title: 'The mode of a file is told.',
      run: () => {
        const { files, root } = lay({ f: file('x', { mode: 0o640 }) });
        const reading = files.read(joinPath('posix', root, 'f'), ENOUGH);
        assertEqual(reading.state === 'read' && reading.mode, 0o640);
      },
    },
  ];
}

function linkCases(lay: LayFiles): readonly ContractCase[] {
  const readAt = (title: string, tree: FileTree, path: string, real: string): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      const reading = files.read(joinPath('posix', root, path), ENOUGH);
      assertEqual(reading.state === 'read' && [reading.text, reading.realPath], ['x', `${root}/${real}`]);
      assertEqual(files.realPath(joinPath('posix', root, path)), `${root}/${real}`, 'The real path');
    },
  });
  const trouble = (title: string, tree: FileTree, path: string, expected: string): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      const full = joinPath('posix', root, path);
      assertEqual(whatOf(files, full, ENOUGH), state(expected));
      assertEqual(files.realPath(full), full, 'The real path');
      assertEqual(files.inspect(full), null, 'What it leads to');
      assertEqual(files.list(full), null, 'What lies in it');
    },
  });
  return [
    readAt('Without links the real path is the path.', { 'd/f': 'x' }, 'd/f', 'd/f'),
    readAt('A link is followed, and told.', { 'd/f': 'x', l: { kind: 'link', to: 'd/f' } }, 'l', 'd/f'),
    readAt('A link to a folder is followed.', { 'd/f': 'x', l: { kind: 'link', to: 'd' } }, 'l/f', 'd/f'),
    readAt(
      'Links that lead to links are followed, each from its own folder.',
      { 'a/l': { kind: 'link', to: '../b/l' }, 'b/l': { kind: 'link', to: 'f' }, 'b/f': 'x' },
      'a/l',
      'b/f',
    ),
    readAt(
      'Dots are taken where a link has led, not in the text of the path.',
      { l: { kind: 'link', to: 'a/b' }, 'a/b/g': '', 'a/f': 'x', f: 'not this one' },
      'l/../f',
      'a/f',
    ),
    trouble('A link to itself is a loop.', { l: { kind: 'link', to: 'l' } }, 'l', 'link-loop'),
    trouble(
      'Two links that lead to each other are a loop.',
      { a: { kind: 'link', to: 'b' }, b: { kind: 'link', to: 'a' } },
      'a/f',
      'link-loop',
    ),
    trouble('A dangling link is absent.', { l: { kind: 'link', to: 'nowhere' } }, 'l', 'absent'),
    ...linkFactsCases(lay),
    {
      title: 'A link with an absolute target is followed.',
      run: () => {
        const { root: elsewhere } = lay({ f: 'x' });
        const { files, root } = lay({ l: { kind: 'link', to: `${elsewhere}/f` } });
        assertEqual(whatOf(files, `${root}/l`, ENOUGH), text('x'));
        assertEqual(files.realPath(`${root}/l`), `${elsewhere}/f`, 'The real path');
      },
    },
  ];
}

function linkFactsCases(lay: LayFiles): readonly ContractCase[] {
  const linkAt = (title: string, tree: FileTree, path: string, to: string | null): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      assertEqual(files.linkAt(joinPath('posix', root, path))?.to ?? null, to);
    },
  });
  const link = (to: string): FileTree[string] => ({ kind: 'link', to });
  return [
    linkAt('A link itself says where it leads, as it is written.', { l: link('../x/./y') }, 'l', '../x/./y'),
    linkAt('So does one that leads to another, and no further.', { l: link('m'), m: link('f') }, 'l', 'm'),
    linkAt('So does one that leads to itself.', { l: link('l') }, 'l', 'l'),
    linkAt(
      'So does one behind a link to its folder.',
      { d: link('e'), 'e/l': link('f'), 'e/f': '' },
      'd/l',
      'f',
    ),
    linkAt('What is no link says nothing.', { f: 'x' }, 'f', null),
    linkAt('What is not there says nothing.', {}, 'none/l', null),
    linkAt('A path with a NUL byte is no link.', { l: link('f') }, 'l\0', null),
    linkAt(
      'In a folder that this user may not enter no link can be seen.',
      { d: { kind: 'folder', denied: true }, 'd/l': link('f') },
      'd/l',
      null,
    ),
    {
      title: 'The owner of a link is told.',
      run: () => {
        const { files, root } = lay({ l: link('f'), f: 'x' });
        assertEqual(files.linkAt(`${root}/l`)?.ownerId, files.inspect(`${root}/f`)?.ownerId);
      },
    },
  ];
}

function listCases(lay: LayFiles): readonly ContractCase[] {
  const list = (
    title: string,
    tree: FileTree,
    path: string,
    expected: readonly string[] | null,
  ): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      assertEqual(files.list(joinPath('posix', root, path)), expected);
    },
  });
  return [
    list(
      'What lies in a folder is listed sorted by code unit: files, folders, links, dot files, not what lies below.',
      { 'd/b': '', 'd/a/deep': '', 'd/.c': '', 'd/Z': '', 'd/é': '', 'd/l': { kind: 'link', to: 'nowhere' } },
      'd',
      ['.c', 'Z', 'a', 'b', 'l', 'é'],
    ),
    list('An empty folder has an empty list.', { d: { kind: 'folder' } }, 'd', []),
    list('A folder that is not there has no list.', {}, 'd', null),
    list('A file has no list.', { f: 'x' }, 'f', null),
    list(
      'A folder that this user may not read has no list.',
      { d: { kind: 'folder', denied: true } },
      'd',
      null,
    ),
    list('A folder behind a link is listed.', { 'd/f': '', l: { kind: 'link', to: 'd' } }, 'l', ['f']),
    list('A path with a NUL byte has no list.', { 'd/f': '' }, 'd\0', null),
  ];
}

function inspectCases(lay: LayFiles): readonly ContractCase[] {
  const kind = (title: string, tree: FileTree, path: string, expected: string | null): ContractCase => ({
    title,
    run: () => {
      const { files, root } = lay(tree);
      assertEqual(files.inspect(joinPath('posix', root, path))?.kind ?? null, expected);
    },
  });
  return [
    kind('A file is a file.', { f: '' }, 'f', 'file'),
    kind(
      'A file that this user may not read is a file all the same.',
      { f: file('x', { denied: true }) },
      'f',
      'file',
    ),
    kind('A folder is a folder.', { d: { kind: 'folder' } }, 'd', 'folder'),
    kind('A FIFO is something else.', { f: { kind: 'fifo' } }, 'f', 'other'),
    kind(
      'A link is what it leads to.',
      { d: { kind: 'folder' }, l: { kind: 'link', to: 'd' } },
      'l',
      'folder',
    ),
    kind('Nothing is nothing.', {}, 'f', null),
    kind('A path with a NUL byte leads nowhere.', { f: '' }, 'f\0', null),
    kind(
      'In a folder that this user may not enter nothing can be seen.',
      { d: { kind: 'folder', denied: true }, 'd/f': '' },
      'd/f',
      null,
    ),
    {
      title: 'Mode, size in bytes and time of change of a file are told.',
      run: () => {
        const changedAt = 1_700_000_000_000;
        const { files, root } = lay({ f: file('é', { mode: 0o604, changedAt }) });
        const facts = files.inspect(`${root}/f`);
        assertEqual(facts && [facts.mode, facts.size, facts.changedAt], [0o604, 2, changedAt]);
      },
    },
    {
      title: 'The owner is told, by reading and by looking.',
      run: () => {
        const { files, root } = lay({ f: 'x', d: { kind: 'folder' } });
        const reading = files.read(`${root}/f`, ENOUGH);
        const owner = files.inspect(`${root}/f`)?.ownerId;
        assertEqual(typeof owner, 'number');
        assertEqual(reading.state === 'read' && reading.ownerId, owner);
        assertEqual(files.inspect(`${root}/d`)?.ownerId, owner);
      },
    },
  ];
}

type ReadResult = { readonly state: string; readonly text?: string };

const state = (name: string): ReadResult => ({ state: name });
const text = (content: string): ReadResult => ({ state: 'read', text: content });
const file = (content: FileEntry['content'], more: Omit<FileEntry, 'kind' | 'content'> = {}): FileEntry => ({
  kind: 'file',
  content,
  ...more,
});

function whatOf(files: FileStore, path: string, maxBytes: number): ReadResult {
  const reading = files.read(path, maxBytes);
  return reading.state === 'read' ? text(reading.text) : state(reading.state);
}
