import { joinPath } from '../core/paths.ts';
import type { Bytes } from '../core/remedies/text-edit.ts';
import type { FileStore } from '../ports/file-store.ts';
import { MOST_FILE_BYTES, type FileLook, type FileWriter, type WriteAnswer } from '../ports/file-writer.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { FileEntry, FileTree } from './file-tree.ts';
import { digestOf } from './memory-file-writer.ts';

/** A tree that has been laid somewhere; the user’s home is the folder `home` in it, and all of it is the user’s. */
export interface LaidWriter {
  readonly writer: FileWriter;
  readonly files: FileStore;
  /** The folder that the tree's relative paths lie in: absolute, no link on the way, POSIX. */
  readonly root: string;
}

/** Lays a tree of relative paths. `writer` must be somebody whom permissions keep out, unless told `asRoot`. */
export type LayWriter = (tree: FileTree) => LaidWriter;

const EVERY_BYTE: Bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));
const file = (content: string, more: Partial<FileEntry> = {}): FileEntry => ({
  kind: 'file',
  content,
  mode: 0o600,
  ...more,
});

/** What a file writer must do on a POSIX system. */
export function fileWriterContract(lay: LayWriter): readonly ContractCase[] {
  return [
    ...lookCases(lay),
    ...replaceCases(lay),
    ...createCases(lay),
    ...linkCases(lay),
    ...otherCases(lay),
  ];
}

/** A tree, a path in it, and what both `look` and `replace` say of it. */
type Refused = readonly [title: string, tree: FileTree, path: string, why: string];

function lookCases(lay: LayWriter): readonly ContractCase[] {
  const look = (
    title: string,
    tree: FileTree,
    path: string,
    expected: Readonly<Record<string, unknown>>,
  ): ContractCase => ({
    title,
    run: async () => {
      const { writer, root } = lay(tree);
      const seen = await writer.look(joinPath('posix', root, path));
      const { realPath } = expected;
      const wanted =
        typeof realPath === 'string'
          ? { ...expected, realPath: joinPath('posix', root, realPath) }
          : expected;
      assertEqual(partOf(seen, wanted), wanted);
    },
  });
  const refused: readonly Refused[] = [
    ['A folder is not a file.', { 'home/f': { kind: 'folder' } }, 'home/f', 'not-a-file'],
    [
      'A FIFO is not a file, and nobody waits for it.',
      { 'home/f': { kind: 'fifo' } },
      'home/f',
      'not-a-file',
    ],
    ['A file that may not be read is denied.', { 'home/f': file('x', { denied: true }) }, 'home/f', 'denied'],
    [
      'A file that is marked read-only is denied.',
      { 'home/f': file('x', { mode: 0o444 }) },
      'home/f',
      'denied',
    ],
    [
      'A file in a folder that may not be entered is denied.',
      { 'home/d': { kind: 'folder', denied: true }, 'home/d/f': 'x' },
      'home/d/f',
      'denied',
    ],
    [
      'A file in a folder that nothing can be put into is denied.',
      { 'home/d': { kind: 'folder', mode: 0o555 }, 'home/d/f': 'x' },
      'home/d/f',
      'denied',
    ],
    [
      'A link that leads nowhere is refused.',
      { 'home/f': { kind: 'link', to: 'gone' } },
      'home/f',
      'dangling-link',
    ],
    [
      'Links that lead in circles are refused.',
      { 'home/f': { kind: 'link', to: 'g' }, 'home/g': { kind: 'link', to: 'f' } },
      'home/f',
      'link-loop',
    ],
    [
      'A link that leads out of the home is refused.',
      { 'home/f': { kind: 'link', to: '../out' }, out: 'x' },
      'home/f',
      'link-out-of-home',
    ],
    [
      'A folder of the home that is a link out of it is refused.',
      { 'home/d': { kind: 'link', to: '../out' }, 'out/f': 'x' },
      'home/d/f',
      'link-out-of-home',
    ],
    [
      'Out of the home, a file that is a link is refused.',
      { home: { kind: 'folder' }, 'out/f': { kind: 'link', to: 'g' }, 'out/g': 'x' },
      'out/f',
      'link-out-of-home',
    ],
    [
      'A file of one byte too much is refused.',
      { 'home/f': file('x'.repeat(MOST_FILE_BYTES + 1)) },
      'home/f',
      'too-large',
    ],
  ];
  return [
    look('A file is seen whole.', { 'home/f': file('one\r\ntwo', { mode: 0o640 }) }, 'home/f', {
      state: 'file',
      bytes: 'one\r\ntwo',
      digest: digestOf('one\r\ntwo'),
      mode: 0o640,
      realPath: 'home/f',
    }),
    look(
      'Every byte is one character.',
      { 'home/f': { kind: 'file', content: codesOf(EVERY_BYTE) } },
      'home/f',
      {
        bytes: EVERY_BYTE,
        digest: digestOf(EVERY_BYTE),
      },
    ),
    look('An empty file is a file.', { 'home/f': '' }, 'home/f', { state: 'file', bytes: '' }),
    look('Where nothing is, that is said.', { home: { kind: 'folder' } }, 'home/f', { state: 'absent' }),
    look('Also where there is no folder.', { home: { kind: 'folder' } }, 'home/no/f', { state: 'absent' }),
    look('A file out of the home can be changed too.', { home: { kind: 'folder' }, 'out/f': 'x' }, 'out/f', {
      state: 'file',
      realPath: 'out/f',
    }),
    ...refused.flatMap(([title, tree, path, why]) => [
      look(title, tree, path, { state: 'refused', why }),
      {
        title: `${title} And it is not replaced.`,
        run: async () => {
          const { writer, root } = lay(tree);
          const answer = await writer.replace(joinPath('posix', root, path), digestOf('x'), 'new');
          assertEqual(answer, { ok: false, why });
        },
      },
    ]),
    {
      title: 'A relative path is no path.',
      run: async () => {
        const { writer } = lay({ home: { kind: 'folder' } });
        assertEqual(await writer.look('home/f'), { state: 'refused', why: 'failed' });
      },
    },
  ];
}

function replaceCases(lay: LayWriter): readonly ContractCase[] {
  return [
    ...[0o600, 0o644, 0o700, 0o620].map((mode) => ({
      title: `A file is replaced and keeps its mode (${mode.toString(8)}).`,
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('old', { mode }) });
        const answer = await writer.replace(`${root}/home/f`, digestOf('old'), EVERY_BYTE);
        assertEqual(answer, { ok: true, digest: digestOf(EVERY_BYTE) });
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: EVERY_BYTE, mode });
        assertEqual(files.list(`${root}/home`), ['f'], 'What is in the folder');
      },
    })),
    {
      title: 'What was changed in between is not replaced.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('other') });
        assertEqual(await writer.replace(`${root}/home/f`, digestOf('old'), 'new'), changed);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'other', mode: 0o600 });
        assertEqual(files.list(`${root}/home`), ['f'], 'What is in the folder');
      },
    },
    {
      title: 'What was removed in between is not made anew.',
      run: async () => {
        const { writer, files, root } = lay({ home: { kind: 'folder' } });
        assertEqual(await writer.replace(`${root}/home/f`, digestOf('old'), 'new'), changed);
        assertEqual(files.list(`${root}/home`), [], 'What is in the folder');
      },
    },
    {
      title: 'Too much is not written.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('old') });
        const answer = await writer.replace(
          `${root}/home/f`,
          digestOf('old'),
          'x'.repeat(MOST_FILE_BYTES + 1),
        );
        assertEqual(answer, { ok: false, why: 'too-large' });
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'old', mode: 0o600 });
      },
    },
    {
      title: 'A file can become empty.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('old') });
        assertEqual(await writer.replace(`${root}/home/f`, digestOf('old'), ''), {
          ok: true,
          digest: digestOf(''),
        });
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: '', mode: 0o600 });
      },
    },
  ];
}

function createCases(lay: LayWriter): readonly ContractCase[] {
  const create = (title: string, tree: FileTree, path: string, expected: WriteAnswer) => ({
    title,
    run: async () => {
      const { writer, root } = lay(tree);
      assertEqual(await writer.replace(`${root}/${path}`, null, 'new'), expected);
    },
  });
  return [
    {
      title: 'A file is made for this user alone.',
      run: async () => {
        const { writer, files, root } = lay({ home: { kind: 'folder' } });
        const answer = await writer.replace(`${root}/home/f`, null, EVERY_BYTE);
        assertEqual(answer, { ok: true, digest: digestOf(EVERY_BYTE) });
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: EVERY_BYTE, mode: 0o600 });
        assertEqual(files.list(`${root}/home`), ['f'], 'What is in the folder');
      },
    },
    {
      title: 'A file that is there by now is not made.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('other') });
        assertEqual(await writer.replace(`${root}/home/f`, null, 'new'), changed);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'other', mode: 0o600 });
      },
    },
    create('Its folder is not made.', { home: { kind: 'folder' } }, 'home/no/f', {
      ok: false,
      why: 'failed',
    }),
    create('Nothing is made in the place of a FIFO.', { 'home/f': { kind: 'fifo' } }, 'home/f', changed),
    create('Nor where a link leads to nothing.', { 'home/f': { kind: 'link', to: 'gone' } }, 'home/f', {
      ok: false,
      why: 'dangling-link',
    }),
    create(
      'Nor through a link out of the home.',
      { 'home/d': { kind: 'link', to: '../out' }, out: { kind: 'folder' } },
      'home/d/f',
      {
        ok: false,
        why: 'link-out-of-home',
      },
    ),
    create(
      'Nor in a folder that nothing can be put into.',
      { 'home/d': { kind: 'folder', mode: 0o555 } },
      'home/d/f',
      {
        ok: false,
        why: 'denied',
      },
    ),
  ];
}

function linkCases(lay: LayWriter): readonly ContractCase[] {
  const through = (title: string, tree: FileTree, path: string, real: string) => ({
    title,
    run: async () => {
      const { writer, files, root } = lay(tree);
      const look = await writer.look(`${root}/${path}`);
      assertEqual(look.state === 'file' && look.realPath, `${root}/${real}`);
      assertEqual(await writer.replace(`${root}/${path}`, digestOf('old'), 'new'), {
        ok: true,
        digest: digestOf('new'),
      });
      assertEqual(stateOf(files, `${root}/${real}`), { bytes: 'new', mode: 0o644 });
      assertEqual(files.realPath(`${root}/${path}`), `${root}/${real}`, 'Where it leads');
    },
  });
  const old = file('old', { mode: 0o644 });
  return [
    through(
      'A link is kept, and what it leads to replaced.',
      { 'home/f': { kind: 'link', to: 'dot/g' }, 'home/dot/g': old },
      'home/f',
      'home/dot/g',
    ),
    through(
      'So are several in a row.',
      {
        'home/f': { kind: 'link', to: 'a' },
        'home/a': { kind: 'link', to: './dot/../dot/g' },
        'home/dot/g': old,
      },
      'home/f',
      'home/dot/g',
    ),
    through(
      'A folder that is a link is kept.',
      { 'home/d': { kind: 'link', to: 'dot/d' }, 'home/dot/d/f': old },
      'home/d/f',
      'home/dot/d/f',
    ),
    through(
      'A home that is reached by a link is the home.',
      { way: { kind: 'link', to: 'home' }, 'home/f': { kind: 'link', to: 'g' }, 'home/g': old },
      'way/f',
      'home/g',
    ),
  ];
}

function otherCases(lay: LayWriter): readonly ContractCase[] {
  return [
    ...[0o600, 0o400, 0o755].map((mode) => ({
      title: `A mode is changed (${mode.toString(8)}), and back.`,
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('x', { mode: 0o644 }) });
        const done = { ok: true, digest: digestOf('x') };
        assertEqual(await writer.changeMode(`${root}/home/f`, digestOf('x'), mode), done);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'x', mode });
        assertEqual(await writer.changeMode(`${root}/home/f`, digestOf('x'), 0o644), done);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'x', mode: 0o644 });
      },
    })),
    {
      title: 'The mode of a file that is not as expected stays.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('x', { mode: 0o644 }) });
        assertEqual(await writer.changeMode(`${root}/home/f`, digestOf('y'), 0o600), changed);
        assertEqual(await writer.changeMode(`${root}/home/g`, digestOf('x'), 0o600), changed);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'x', mode: 0o644 });
      },
    },
    {
      title: 'A file that is as expected is removed.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': file('x') });
        assertEqual(await writer.remove(`${root}/home/f`, digestOf('y')), changed);
        assertEqual(stateOf(files, `${root}/home/f`), { bytes: 'x', mode: 0o600 });
        assertEqual(await writer.remove(`${root}/home/f`, digestOf('x')), {
          ok: true,
          digest: digestOf('x'),
        });
        assertEqual(files.list(`${root}/home`), [], 'What is in the folder');
        assertEqual(await writer.remove(`${root}/home/f`, digestOf('x')), changed);
      },
    },
    {
      title: 'What a link leads to is not removed.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': { kind: 'link', to: 'g' }, 'home/g': file('x') });
        assertEqual(await writer.remove(`${root}/home/f`, digestOf('x')), changed);
        assertEqual(stateOf(files, `${root}/home/g`), { bytes: 'x', mode: 0o600 });
      },
    },
    {
      title: 'Where nothing was left, nothing is swept.',
      run: async () => {
        const { writer, files, root } = lay({ 'home/f': 'x', 'home/.f.other': 'x' });
        assertEqual([await writer.sweep(`${root}/home/f`), await writer.sweep(`${root}/home/no/f`)], [0, 0]);
        assertEqual(files.list(`${root}/home`), ['.f.other', 'f']);
      },
    },
  ];
}

const changed = { ok: false, why: 'changed' } as const;

function stateOf(files: FileStore, path: string): unknown {
  const reading = files.read(path, MOST_FILE_BYTES, 'latin1');
  return reading.state === 'read' ? { bytes: reading.text, mode: reading.mode } : reading.state;
}

function partOf(look: FileLook, like: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(look).filter(([name]) => name in like));
}

function codesOf(bytes: Bytes): readonly number[] {
  return Array.from(bytes, (character) => character.charCodeAt(0));
}
