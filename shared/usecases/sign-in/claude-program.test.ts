import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { FileTree } from '../../testing/file-tree.ts';
import { madeUpEnvironment } from '../../testing/made-up-environment.ts';
import { memoryFileStore } from '../../testing/memory-file-store.ts';
import {
  FOREIGN_PATHS,
  SEARCH_PATH_ENTRIES,
  SEARCH_PATH_TREE,
  STRANGER,
  askSearchPath,
  expectedOnSearchPath,
  program,
  searchPathCases,
  searchPathEnvironment,
  toldOfClaude,
  type SearchPathWorld,
} from '../../testing/search-path-worlds.ts';
import { findClaudeCode } from '../find-claude-code.ts';
import { rightClaude, type RightClaude } from './claude-program.ts';

describe('rightClaude on a search path', () => {
  const world = memoryWorld();

  test.each(searchPathCases(world, SEARCH_PATH_ENTRIES))('$title', ({ run }) => run());

  test('Whatever stands on it in whatever order, the first that is right is taken.', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...SEARCH_PATH_ENTRIES], { minLength: 1, maxLength: 12 }), (some) => {
        expect(toldOfClaude(askSearchPath(world, some))).toEqual(expectedOnSearchPath(world, some));
      }),
    );
  });
});

describe('rightClaude', () => {
  const at = (
    workingFolder: string,
    home: string,
    file: string,
    folders: readonly string[] = [],
  ): unknown => {
    const files = memoryFileStore(
      { [file]: program(), '/home/p/app/.git': { kind: 'folder' }, '/home/p/app/a/b/x': '', '/srv/x': '' },
      { ownerId: 1000 },
    );
    const folder = file.slice(0, file.lastIndexOf('/'));
    const environment = madeUpEnvironment({ home, workingFolder, variables: { PATH: folder } });
    const answer = rightClaude({ files, environment }, null, folders);
    return answer.ok ? 'ok' : answer.why;
  };

  test.each([
    ['the home, and it is below it', '/home/p', '/home/p/.local/bin/claude', 'ok'],
    ['the home, and it is right there', '/home/p', '/home/p/claude', 'in-working-folder'],
    ['the root, and it is below it', '/', '/home/p/.local/bin/claude', 'ok'],
    ['above the home', '/home', '/home/p/.local/bin/claude', 'ok'],
    [
      'deep in a repository, and it is elsewhere in that',
      '/home/p/app/a/b',
      '/home/p/app/bin/claude',
      'in-working-folder',
    ],
    ['a repository, and it is beside that', '/home/p/app', '/home/p/app-tools/claude', 'ok'],
    ['no repository, and it is below', '/srv', '/srv/bin/claude', 'in-working-folder'],
  ])('Somebody stands in %s.', (_, workingFolder, file, outcome) => {
    expect(at(workingFolder, '/home/p', file)).toBe(outcome);
  });

  test('A folder that is worked in, though nobody stands there, counts too.', () => {
    const file = '/home/p/app/bin/claude';
    expect(at('/srv', '/home/p', file)).toBe('ok');
    expect(at('/srv', '/home/p', file, ['/home/p/app/a'])).toBe('in-working-folder');
  });

  test('A working folder that has been removed is no folder.', () => {
    const files = memoryFileStore({ '/bin/claude': program() }, { ownerId: 0 });
    const environment = {
      ...madeUpEnvironment({ variables: { PATH: '.::/bin' } }),
      get workingFolder(): string {
        throw new Error('ENOENT');
      },
    };
    expect(rightClaude({ files, environment }, null)).toMatchObject({ ok: true, passedOver: [] });
  });

  test('What belongs to the system is right for every user, and what is a user’s not for root.', () => {
    const asked = (userId: number, ownerId: number): unknown => {
      const files = memoryFileStore({ '/opt/bin/claude': program() }, { ownerId });
      const environment = madeUpEnvironment({ userId, variables: { PATH: '/opt/bin' } });
      const answer = rightClaude({ files, environment }, null);
      return answer.ok ? 'ok' : answer.why;
    };
    expect([asked(1000, 0), asked(1000, 1000), asked(0, 0)]).toEqual(['ok', 'ok', 'ok']);
    expect([asked(0, 1000), asked(1000, 1001)]).toEqual(['foreign-owner', 'foreign-owner']);
  });

  test('The version is told by the folder or the package, and nothing is run.', () => {
    const tree = (name: string): FileTree => ({
      '/opt/lib/node_modules/x/bin/claude.exe': program(),
      '/opt/lib/node_modules/x/package.json': JSON.stringify({ name, version: '2.1.300' }),
      '/opt/bin/claude': { kind: 'link', to: '../lib/node_modules/x/bin/claude.exe' },
    });
    const version = (name: string): unknown => {
      const files = memoryFileStore(tree(name), { ownerId: 0 });
      const environment = madeUpEnvironment({ variables: { PATH: '/opt/bin' } });
      const answer = rightClaude({ files, environment }, null);
      return answer.ok && answer.program.version;
    };
    expect([version('@anthropic-ai/claude-code'), version('other')]).toEqual(['2.1.300', null]);
  });

  test('On Windows the program behind npm’s script is started, and a script alone cannot be.', () => {
    const folder = 'C:\\Users\\p\\AppData\\Roaming\\npm';
    const environment = madeUpEnvironment({
      platform: 'win32',
      home: 'C:\\Users\\p',
      workingFolder: 'D:\\work',
      userId: null,
      variables: { Path: `.;${folder}` },
    });
    const behind = `${folder}\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe`;
    const asked = (tree: FileTree): RightClaude =>
      rightClaude({ files: memoryFileStore(tree, { style: 'win32' }), environment }, null);
    const script = `${folder}\\claude.cmd`;
    expect(asked({ [script]: 'x', [behind]: 'x' })).toMatchObject({
      ok: true,
      program: { path: behind, realPath: behind },
    });
    expect(asked({ [script]: 'x' })).toMatchObject({ ok: false, why: 'not-executable', path: script });
    expect(asked({ 'D:\\work\\claude.exe': 'x', [`${folder}\\claude.exe`]: 'x' })).toMatchObject({
      ok: true,
      passedOver: [{ path: 'D:\\work\\.\\claude.exe', why: 'not-absolute' }],
    });
  });

  test('The search that only tells takes the first, whatever is to be said about it.', () => {
    const world = memoryWorld();
    const entries = SEARCH_PATH_ENTRIES.filter(
      ({ name }) => name === 'a folder that all may write' || name === 'one that is right',
    );
    const environment = searchPathEnvironment(world, [...entries].reverse());
    expect(findClaudeCode({ files: world.files, environment })?.realPath).toBe('/w/open-folder/claude');
  });
});

function memoryWorld(userId = 1000): SearchPathWorld {
  const root = '/w';
  const tree = Object.entries(SEARCH_PATH_TREE).map(([name, entry]) => [`${root}/${name}`, entry] as const);
  const files = memoryFileStore(Object.fromEntries(tree), { ownerId: userId });
  const strangers = new Set(FOREIGN_PATHS.map((name) => `${root}/${name}`));
  return {
    root,
    userId,
    files: {
      ...files,
      inspect: (one) => {
        const facts = files.inspect(one);
        return facts !== null && strangers.has(files.realPath(one)) ? { ...facts, ownerId: STRANGER } : facts;
      },
      linkAt: (one) => {
        const link = files.linkAt(one);
        return link !== null && strangers.has(one) ? { ...link, ownerId: STRANGER } : link;
      },
    },
  };
}
