import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { madeUpEnvironment } from '../../testing/made-up-environment.ts';
import { memoryFileStore, type MemoryFileStoreOptions } from '../../testing/memory-file-store.ts';
import { memoryNotes } from '../../testing/memory-notes.ts';
import { SIGNED_IN } from '../../testing/played-sign-in-desk.ts';
import { formerSignIns, readProviders, type ProvidersBook } from './read-providers.ts';

const file = (...providers: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify({ schemaVersion: 1, providers });
const provider = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  name,
  issuer: `https://${name}.example`,
  clientId: 'credence',
  scopes: [],
  ...more,
});
const MANAGED = '/etc/credence/providers.json';
const admin = (content: string, mode = 0o644): FileTree => ({ [MANAGED]: { kind: 'file', content, mode } });

function book(user: string | null, tree: FileTree = {}, options?: MemoryFileStoreOptions): ProvidersBook {
  return readProviders({
    notes: memoryNotes(user === null ? {} : { providers: user }),
    files: memoryFileStore(tree, options),
    environment: madeUpEnvironment(),
  });
}
const namesIn = ({ providers }: ProvidersBook): readonly string[] =>
  providers.map(({ name, from }) => `${name} ${from}`);
const codesIn = ({ files }: ProvidersBook): readonly string[] =>
  files.flatMap(({ from, flaws }) => flaws.map(({ code }) => `${from} ${code}`));

describe('The providers that are configured', () => {
  test('are none where neither file is there, and it is told where they would lie.', () => {
    expect(book(null)).toEqual({
      providers: [],
      files: [
        { from: 'managed', path: MANAGED, state: 'absent', flaws: [] },
        { from: 'user', path: '/home/p/.config/credence/providers.json', state: 'absent', flaws: [] },
      ],
    });
  });

  test('come from both files, the administrator’s first.', () => {
    const both = book(file(provider('mine')), admin(file(provider('theirs'))));
    expect(namesIn(both)).toEqual(['theirs managed', 'mine user']);
    expect(codesIn(both)).toEqual([]);
  });

  test('are the administrator’s where the user’s file has the same name.', () => {
    const both = book(
      file(provider('one', { issuer: 'https://elsewhere.example' })),
      admin(file(provider('one'))),
    );
    expect(both.providers.map(({ issuer }) => issuer)).toEqual(['https://one.example']);
    expect(codesIn(both)).toEqual(['user managed-wins']);
  });

  test.each<readonly [string, FileTree, MemoryFileStoreOptions]>([
    ['another owner', admin(file(provider('one'))), { ownerId: 1000 }],
    ['a file that its group may write', admin(file(provider('one')), 0o664), {}],
    ['a file that everybody may write', admin(file(provider('one')), 0o646), {}],
    [
      'a folder that everybody may write',
      { ...admin(file(provider('one'))), '/etc/credence': { kind: 'folder', mode: 0o777 } },
      {},
    ],
    [
      'a link to where everybody may write',
      {
        [MANAGED]: { kind: 'link', to: '/srv/open/providers.json' },
        '/srv/open': { kind: 'folder', mode: 0o1777 },
        '/srv/open/providers.json': { kind: 'file', content: file(provider('one')), mode: 0o644 },
      },
      {},
    ],
  ])('leave out an administrator’s file with %s.', (_, tree, options) => {
    const read = book(file(provider('one')), tree, options);
    expect(namesIn(read)).toEqual(['one user']);
    expect(codesIn(read)).toEqual(['managed not-administrators']);
  });

  test.each<readonly [string, FileTree, string]>([
    ['may not be read', { [MANAGED]: { kind: 'file', content: '', denied: true } }, 'unreadable'],
    ['is a FIFO', { [MANAGED]: { kind: 'fifo' } }, 'unreadable'],
    ['is too large', admin(' '.repeat(300_000)), 'too-large'],
    ['is of a newer kind', admin('{"schemaVersion":2,"providers":[]}'), 'newer-version'],
  ])('do without an administrator’s file that %s, and say so.', (_, tree, code) => {
    const read = book(file(provider('one')), tree);
    expect(namesIn(read)).toEqual(['one user']);
    expect(codesIn(read)).toEqual([`managed ${code}`]);
  });

  test.each<readonly [string, FileTree[string]]>([
    ['may not be read', { kind: 'file', content: '', denied: true }],
    ['is a folder', { kind: 'folder' }],
    ['is not read as a note', { kind: 'file', content: ' '.repeat(300_000) }],
  ])('tell of a file of the user’s that is there and %s.', (_, entry) => {
    const read = book(null, { '/home/p/.config/credence/providers.json': entry });
    expect(codesIn(read)).toEqual(['user unreadable']);
    expect(read.files[1]?.state).toBe('not-used');
  });

  test.each([
    ['darwin', '/Library/Application Support/Credence/providers.json'],
    ['win32', 'C:\\Program Files\\Credence\\providers.json'],
  ] as const)('lie on %s where only administrators write.', (platform, path) => {
    const { files } = readProviders({
      notes: memoryNotes(),
      files: memoryFileStore({}, { style: platform === 'win32' ? 'win32' : 'posix' }),
      environment: madeUpEnvironment({ platform }),
    });
    expect(files[0]?.path).toBe(path);
  });
});

test('Of what is kept, that is told which no file names any more, unless it has no name that was ever taken.', () => {
  const known = ['one', 'two', '../three', 'Four', ''].map((name) => ({ ...SIGNED_IN, provider: name }));
  const { providers } = book(file(provider('one')));
  expect(formerSignIns(providers, known).map((note) => note.provider)).toEqual(['two']);
});
