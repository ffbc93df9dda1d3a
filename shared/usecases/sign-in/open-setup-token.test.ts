import { describe, expect, test } from 'vitest';
import type { FileTree } from '../../testing/file-tree.ts';
import { madeUpEnvironment } from '../../testing/made-up-environment.ts';
import { memoryFileStore } from '../../testing/memory-file-store.ts';
import { memoryTerminals } from '../../testing/memory-terminals.ts';
import { openSetupToken, terminalForSetupToken } from './open-setup-token.ts';

const CLAUDE = '/opt/claude/claude';
const PROGRAM = { kind: 'file', content: '', mode: 0o755 } as const;
const SHELL: FileTree = { '/bin/sh': PROGRAM };

function fileOf(
  tree: FileTree,
  variables: Readonly<Record<string, string>> = {},
  ownerId = 1000,
): string | null {
  const environment = madeUpEnvironment();
  const files = memoryFileStore({ ...SHELL, ...tree }, { ownerId });
  const given = { PATH: '/usr/bin:/bin', DISPLAY: ':0', ...variables };
  const program = { path: CLAUDE, variables: given, folder: '/home/p' };
  return terminalForSetupToken({ environment, files }, program)?.file ?? null;
}

describe('The terminal program', () => {
  test.each<[string, FileTree, Record<string, string>, string | null]>([
    ['is the first of the search path', { '/usr/bin/xterm': PROGRAM }, {}, '/usr/bin/xterm'],
    [
      'is the first folder’s',
      { '/usr/bin/xterm': PROGRAM, '/home/p/bin/xterm': PROGRAM },
      { PATH: '/home/p/bin:/usr/bin:/bin' },
      '/home/p/bin/xterm',
    ],
    ['may be named by its path', { '/opt/kitty': PROGRAM }, { TERMINAL: '/opt/kitty' }, '/opt/kitty'],
    [
      'is none of a folder that may be anywhere',
      { '/home/p/bin/xterm': PROGRAM },
      { PATH: 'bin:./bin:/bin' },
      null,
    ],
    [
      'is none that a name leads to from here',
      { '/home/p/bin/kitty': PROGRAM },
      { TERMINAL: 'bin/kitty' },
      null,
    ],
    ['is none that cannot be run', { '/usr/bin/xterm': { ...PROGRAM, mode: 0o644 } }, {}, null],
    ['is none that everybody may change', { '/usr/bin/xterm': { ...PROGRAM, mode: 0o777 } }, {}, null],
    ['is no folder', { '/usr/bin/xterm': { kind: 'folder' } }, {}, null],
    ['is none without a desktop', { '/usr/bin/xterm': PROGRAM }, { DISPLAY: '' }, null],
    ['is none where there is no search path', { '/usr/bin/xterm': PROGRAM }, { PATH: '' }, null],
  ])('%s.', (_, tree, variables, expected) => {
    expect(fileOf(tree, variables)).toBe(expected);
  });

  test('is none of somebody else’s.', () => {
    const tree = { '/usr/bin/xterm': PROGRAM };
    expect([fileOf(tree, {}, 0), fileOf(tree, {}, 1000), fileOf(tree, {}, 1001)]).toEqual([
      '/usr/bin/xterm',
      '/usr/bin/xterm',
      null,
    ]);
  });
});

describe('Opening it', () => {
  const environment = madeUpEnvironment();
  const variables = { PATH: '/usr/bin:/bin', DISPLAY: ':0' };
  const program = { path: CLAUDE, variables, folder: '/home/p' };
  const files = memoryFileStore({ ...SHELL, '/usr/bin/xterm': PROGRAM }, { ownerId: 0 });

  test('hands over the program with that one word, in the home, with the variables of a login.', async () => {
    const terminals = memoryTerminals();
    expect(await openSetupToken({ environment, files, terminals }, program)).toBe('opened');
    const [asked] = terminals.asked;
    expect(asked).toMatchObject({ file: '/usr/bin/xterm', folder: '/home/p', variables });
    expect(asked?.args).toContain(CLAUDE);
    expect(terminals.asked).toHaveLength(1);
  });

  test('tells when it does not start, and when there is none.', async () => {
    const broken = memoryTerminals(() => false);
    expect(await openSetupToken({ environment, files, terminals: broken }, program)).toBe('failed');
    const none = memoryTerminals();
    const bare = memoryFileStore(SHELL);
    expect(await openSetupToken({ environment, files: bare, terminals: none }, program)).toBe('failed');
    expect(none.asked).toEqual([]);
  });
});
