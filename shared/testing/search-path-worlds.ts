import type { FileStore } from '../ports/file-store.ts';
import { rightClaude, type ClaudeTrouble, type RightClaude } from '../usecases/sign-in/claude-program.ts';
import { assertEqual } from './assert-equal.ts';
import type { ContractCase } from './contract-case.ts';
import type { FileEntry, FileTree } from './file-tree.ts';
import { madeUpEnvironment } from './made-up-environment.ts';

/** Search paths on which `claude` stands in many ways, for trees in memory and real ones. */

/** Mode 0o755 unless said. */
export const program = (mode = 0o755): FileEntry => ({ kind: 'file', content: '#!/bin/sh\n', mode });

/** One entry of a search path, with what lies there. Paths are relative to the root of the world. */
export interface SearchPathEntry {
  readonly name: string;
  readonly tree: FileTree;
  /** As the search path has it; `^` stands for the root. */
  readonly entry: string;
  /** Where `claude` is found; nothing unless said. */
  readonly found?: string;
  /** Where it leads, when it is right. */
  readonly right?: string;
  readonly why?: ClaudeTrouble;
  /** Paths that belong to another user. */
  readonly foreign?: readonly string[];
}

export const SEARCH_PATH_ENTRIES: readonly SearchPathEntry[] = [
  { name: 'one that is right', tree: { 'good/claude': program() }, entry: '^good', right: 'good/claude' },
  {
    name: 'one that the native installer made',
    tree: {
      'home/.local/share/claude/versions/2.1.328': program(),
      'home/.local/bin/claude': { kind: 'link', to: '../share/claude/versions/2.1.328' },
    },
    entry: '^home/.local/bin',
    right: 'home/.local/share/claude/versions/2.1.328',
  },
  {
    name: 'one that a group may write',
    tree: { grouped: { kind: 'folder', mode: 0o775 }, 'grouped/claude': program(0o775) },
    entry: '^grouped',
    right: 'grouped/claude',
  },
  {
    name: 'one below a folder like /tmp',
    tree: { sticky: { kind: 'folder', mode: 0o1777 }, 'sticky/own/claude': program() },
    entry: '^sticky/own',
    right: 'sticky/own/claude',
  },
  { name: 'a folder that is not there', tree: {}, entry: '^nothing' },
  { name: 'a folder without it', tree: { 'empty/other': program() }, entry: '^empty' },
  { name: 'a folder of its name', tree: { 'folder/claude': { kind: 'folder' } }, entry: '^folder' },
  {
    name: 'a link that leads nowhere',
    tree: { 'nowhere/claude': { kind: 'link', to: 'x' } },
    entry: '^nowhere',
  },
  { name: 'a link to itself', tree: { 'loop/claude': { kind: 'link', to: 'claude' } }, entry: '^loop' },
  { name: 'a FIFO', tree: { 'fifo/claude': { kind: 'fifo' } }, entry: '^fifo' },
  {
    name: 'the folder that one stands in',
    tree: { 'project/claude': program() },
    entry: '.',
    found: 'project/./claude',
    why: 'not-absolute',
  },
  {
    name: 'the same as nothing between two colons',
    tree: { 'project/claude': program() },
    entry: '',
    found: 'project/claude',
    why: 'not-absolute',
  },
  {
    name: 'a relative entry',
    tree: { 'project/tools/claude': program() },
    entry: 'tools',
    found: 'project/tools/claude',
    why: 'not-absolute',
  },
  {
    name: 'the same by its whole name',
    tree: { 'project/claude': program() },
    entry: '^project',
    found: 'project/claude',
    why: 'in-working-folder',
  },
  {
    name: 'a package of the project',
    tree: { 'project/node_modules/.bin/claude': program() },
    entry: '^project/node_modules/.bin',
    found: 'project/node_modules/.bin/claude',
    why: 'in-working-folder',
  },
  {
    name: 'a link in the project to a right one',
    tree: { 'project/links/claude': { kind: 'link', to: '../../good/claude' }, 'good/claude': program() },
    entry: '^project/links',
    found: 'project/links/claude',
    why: 'in-working-folder',
  },
  {
    name: 'a link into the project',
    tree: {
      'linked/claude': { kind: 'link', to: '../project/tools/claude' },
      'project/tools/claude': program(),
    },
    entry: '^linked',
    found: 'linked/claude',
    why: 'in-working-folder',
  },
  {
    name: 'a folder that is a link into the project',
    tree: { shortcut: { kind: 'link', to: 'project/tools' }, 'project/tools/claude': program() },
    entry: '^shortcut',
    found: 'shortcut/claude',
    why: 'in-working-folder',
  },
  {
    name: 'a file that all may write',
    tree: { 'open-file/claude': program(0o777) },
    entry: '^open-file',
    found: 'open-file/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a folder that all may write',
    tree: { 'open-folder': { kind: 'folder', mode: 0o777 }, 'open-folder/claude': program() },
    entry: '^open-folder',
    found: 'open-folder/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a folder like /tmp',
    tree: { drop: { kind: 'folder', mode: 0o1777 }, 'drop/claude': program() },
    entry: '^drop',
    found: 'drop/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a folder below one that all may write',
    tree: { open: { kind: 'folder', mode: 0o777 }, 'open/bin/claude': program() },
    entry: '^open/bin',
    found: 'open/bin/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link from a right folder to one that all may write',
    tree: {
      'far/claude': { kind: 'link', to: '../far-open/claude' },
      'far-open': { kind: 'folder', mode: 0o777 },
      'far-open/claude': program(),
    },
    entry: '^far',
    found: 'far/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link to a right one, in a folder that all may write',
    tree: {
      'near-open': { kind: 'folder', mode: 0o777 },
      'near-open/claude': { kind: 'link', to: '../good/claude' },
      'good/claude': program(),
    },
    entry: '^near-open',
    found: 'near-open/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link in the middle, in a folder that all may write',
    tree: {
      'middle/claude': { kind: 'link', to: '../middle-open/claude' },
      'middle-open': { kind: 'folder', mode: 0o777 },
      'middle-open/claude': { kind: 'link', to: '../good/claude' },
      'good/claude': program(),
    },
    entry: '^middle',
    found: 'middle/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link in the middle, in a folder like /tmp',
    tree: {
      'middle-drop/claude': { kind: 'link', to: '../drop/led' },
      'drop/led': { kind: 'link', to: '../good/claude' },
      drop: { kind: 'folder', mode: 0o1777 },
      'good/claude': program(),
    },
    entry: '^middle-drop',
    found: 'middle-drop/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link to a folder in the middle, in a folder that all may write',
    tree: {
      'by-folder/claude': { kind: 'link', to: '../folders-open/current/claude' },
      'folders-open': { kind: 'folder', mode: 0o777 },
      'folders-open/current': { kind: 'link', to: '../good' },
      'good/claude': program(),
    },
    entry: '^by-folder',
    found: 'by-folder/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a folder of the search path that is a link, in a folder that all may write',
    tree: {
      'entries-open': { kind: 'folder', mode: 0o777 },
      'entries-open/bin': { kind: 'link', to: '../good' },
      'good/claude': program(),
    },
    entry: '^entries-open/bin',
    found: 'entries-open/bin/claude',
    why: 'writable-by-others',
  },
  {
    name: 'an own link to a folder, in a folder like /tmp',
    tree: {
      sticky: { kind: 'folder', mode: 0o1777 },
      'sticky/shortcut': { kind: 'link', to: '../good' },
      'good/claude': program(),
    },
    entry: '^sticky/shortcut',
    right: 'good/claude',
  },
  {
    name: 'a link to a folder of somebody else’s, in a folder like /tmp',
    tree: {
      sticky: { kind: 'folder', mode: 0o1777 },
      'sticky/theirs': { kind: 'link', to: '../good' },
      'good/claude': program(),
    },
    entry: '^sticky/theirs',
    found: 'sticky/theirs/claude',
    why: 'foreign-owner',
    foreign: ['sticky/theirs'],
  },
  {
    name: 'a link of somebody else in the middle',
    tree: {
      'to-theirs/claude': { kind: 'link', to: '../their-links/claude' },
      'their-links/claude': { kind: 'link', to: '../good/claude' },
      'good/claude': program(),
    },
    entry: '^to-theirs',
    found: 'to-theirs/claude',
    why: 'foreign-owner',
    foreign: ['their-links/claude'],
  },
  {
    name: 'a way back out of a folder that all may write',
    tree: {
      'round/claude': { kind: 'link', to: '../around-open/a/../../good/claude' },
      'around-open': { kind: 'folder', mode: 0o777 },
      'around-open/a': { kind: 'folder' },
      'good/claude': program(),
    },
    entry: '^round',
    found: 'round/claude',
    why: 'writable-by-others',
  },
  {
    name: 'a link in the middle, in the project',
    tree: {
      'by-project/claude': { kind: 'link', to: '../project/bin/claude' },
      'project/bin/claude': { kind: 'link', to: '../../good/claude' },
      'good/claude': program(),
    },
    entry: '^by-project',
    found: 'by-project/claude',
    why: 'in-working-folder',
  },
  {
    name: 'many links, each in a right folder',
    tree: {
      'many/claude': { kind: 'link', to: '../many-a/claude' },
      'many-a/claude': { kind: 'link', to: '../many-b/current/claude' },
      'many-b/current': { kind: 'link', to: 'claude-2' },
      'many-b/claude-2/claude': program(),
    },
    entry: '^many',
    right: 'many-b/claude-2/claude',
  },
  {
    name: 'one that may not be run',
    tree: { 'plain/claude': program(0o644) },
    entry: '^plain',
    found: 'plain/claude',
    why: 'not-executable',
  },
  {
    name: 'the launcher of a version manager',
    tree: { 'shims/claude': { kind: 'link', to: '../manager/shim' }, 'manager/shim': program() },
    entry: '^shims',
    found: 'shims/claude',
    why: 'another-program',
  },
  {
    name: 'a file of somebody else',
    tree: { 'theirs/claude': program() },
    entry: '^theirs',
    found: 'theirs/claude',
    why: 'foreign-owner',
    foreign: ['theirs/claude'],
  },
  {
    name: 'a folder of somebody else',
    tree: { 'their-folder/claude': program() },
    entry: '^their-folder',
    found: 'their-folder/claude',
    why: 'foreign-owner',
    foreign: ['their-folder'],
  },
  {
    name: 'a folder in one of somebody else',
    tree: { 'their-home/bin/claude': program() },
    entry: '^their-home/bin',
    found: 'their-home/bin/claude',
    why: 'foreign-owner',
    foreign: ['their-home'],
  },
];

const COMMON: FileTree = { 'project/.git': { kind: 'folder' }, 'home/x': '' };
/** Whose the foreign paths are. */
export const STRANGER = 4242;

export interface SearchPathWorld {
  readonly root: string;
  readonly files: FileStore;
  readonly userId: number | null;
}

/** All that the entries need, beside each other. */
export const SEARCH_PATH_TREE: FileTree = Object.assign(
  {},
  COMMON,
  ...SEARCH_PATH_ENTRIES.map(({ tree }) => tree),
) as FileTree;
export const FOREIGN_PATHS = SEARCH_PATH_ENTRIES.flatMap(({ foreign: paths = [] }) => paths);

/** @param chosen the file that the user chose */
export function askSearchPath(
  world: SearchPathWorld,
  entries: readonly SearchPathEntry[],
  chosen: string | null = null,
): RightClaude {
  return rightClaude({ files: world.files, environment: searchPathEnvironment(world, entries) }, chosen);
}

export function searchPathEnvironment(
  { root, userId }: SearchPathWorld,
  entries: readonly SearchPathEntry[],
): ReturnType<typeof madeUpEnvironment> {
  return madeUpEnvironment({
    home: `${root}/home`,
    workingFolder: `${root}/project`,
    userId,
    variables: { PATH: entries.map(({ entry }) => entry.replace('^', `${root}/`)).join(':') },
  });
}

/** What must come out, by the table alone. */
export function expectedOnSearchPath(
  { root }: SearchPathWorld,
  entries: readonly SearchPathEntry[],
): unknown {
  const at = entries.findIndex(({ right }) => right !== undefined);
  const before = at < 0 ? entries : entries.slice(0, at);
  const passedOver = before.flatMap(({ found, why }) =>
    found === undefined || why === undefined ? [] : [{ path: `${root}/${found}`, why }],
  );
  const right = entries[at]?.right;
  return right === undefined
    ? { ok: false, why: passedOver[0]?.why ?? 'not-found', path: passedOver[0]?.path ?? null, passedOver }
    : { ok: true, realPath: `${root}/${right}`, passedOver };
}

export function toldOfClaude(answer: RightClaude): unknown {
  return answer.ok ? { ok: true, realPath: answer.program.realPath, passedOver: answer.passedOver } : answer;
}

/** What must hold in every such world, entry by entry. */
export function searchPathCases(
  world: SearchPathWorld,
  entries: readonly SearchPathEntry[],
): readonly ContractCase[] {
  const outright = entries.filter(({ found, entry }) => found !== undefined && entry.startsWith('^'));
  return [
    ...entries.map((entry) => ({
      title: `On the search path: ${entry.name}`,
      run: () => {
        assertEqual(toldOfClaude(askSearchPath(world, [entry])), expectedOnSearchPath(world, [entry]));
      },
    })),
    ...outright.map(({ name, found = '', why }) => ({
      title: `A file that is chosen is judged in the same way: ${name}`,
      run: () => {
        const file = `${world.root}/${found}`;
        assertEqual(askSearchPath(world, [], file), { ok: false, why, path: file, passedOver: [] });
      },
    })),
    {
      title: 'One that is chosen goes before the search path, and is not made up for by it.',
      run: () => {
        const right = entries.filter((entry) => entry.right !== undefined);
        const chosen = `${world.root}/${right.at(-1)?.right ?? ''}`;
        assertEqual(toldOfClaude(askSearchPath(world, right, chosen)), {
          ok: true,
          realPath: chosen,
          passedOver: [],
        });
        const gone = `${world.root}/gone/claude`;
        const refused = { ok: false, passedOver: [] };
        assertEqual(askSearchPath(world, right, gone), { ...refused, why: 'not-found', path: gone });
        assertEqual(askSearchPath(world, right, 'good/claude'), {
          ...refused,
          why: 'not-absolute',
          path: 'good/claude',
        });
      },
    },
  ];
}
