import { isAbsolute, joinPath, parentFolder, type PathStyle } from '../core/paths.ts';
import type { FifoEntry, FileEntry, FileTree, FileTreeEntry, FolderEntry, LinkEntry } from './file-tree.ts';
import { decodeText, encodeUtf8, utf8Length } from './utf8.ts';

/** As Linux has them: a name, and a path, longer than this (in bytes) cannot exist. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4095;
const MOST_LINKS = 40;

/** A laid-out {@link FileTree}: what the in-memory ports for files and folders look into. */
export interface MemoryTree {
  readonly find: (path: string) => Found;
  /** What is at a path itself, links on the way to it followed; `null`: no link. */
  readonly linkAt: (path: string) => LinkEntry | null;
  /** The names in a folder, sorted by code unit, each with what it is itself, links not followed. */
  readonly childrenOf: (
    folder: string,
  ) => readonly { readonly name: string; readonly kind: MemoryNode['kind'] }[];
}

export interface FileNode {
  readonly kind: 'file';
  readonly text: string;
  /** Each byte as one character. */
  readonly latin1: () => string;
  readonly bytes: number;
  readonly mode: number;
  readonly denied: boolean;
  readonly changedAt: number;
}
export interface FolderNode {
  readonly kind: 'folder';
  readonly mode: number;
  readonly denied: boolean;
}
export type MemoryNode = FileNode | FolderNode | LinkEntry | FifoEntry;
type Nodes = ReadonlyMap<string, MemoryNode>;

export type Found =
  | { readonly state: 'found'; readonly path: string; readonly node: Exclude<MemoryNode, LinkEntry> }
  | { readonly state: 'absent' | 'denied' | 'link-loop' };

export function memoryTree(tree: FileTree, style: PathStyle): MemoryTree {
  const nodes = plant(tree, style);
  return {
    find: (path) => walk(nodes, path, style),
    linkAt: (path) => linkAt(nodes, path, style),
    childrenOf: (folder) => childrenOf(nodes, folder, style),
  };
}

/** Every entry under its normal path, and a folder for each step on the way. */
function plant(tree: FileTree, style: PathStyle): Nodes {
  const nodes = new Map<string, MemoryNode>([[pathOf([], style), folderNode({ kind: 'folder' })]]);
  for (const [path, entry] of Object.entries(tree)) {
    const steps = stepsOf(path, style);
    for (let length = 0; length < steps.length; length++) {
      const folder = pathOf(steps.slice(0, length), style);
      if (!nodes.has(folder)) nodes.set(folder, folderNode({ kind: 'folder' }));
    }
    nodes.set(pathOf(steps, style), nodeOf(entry));
  }
  return nodes;
}

function nodeOf(entry: FileTreeEntry): MemoryNode {
  if (typeof entry === 'string') return fileNode({ kind: 'file', content: entry });
  switch (entry.kind) {
    case 'file':
      return fileNode(entry);
    case 'folder':
      return folderNode(entry);
    case 'link':
    case 'fifo':
      return entry;
  }
}

function fileNode({ content, mode = 0o600, denied, changedAt = 0 }: FileEntry): FileNode {
  const text = typeof content === 'string' ? content : decodeText(content);
  const bytes = typeof content === 'string' ? utf8Length(content) : content.length;
  const latin1 = (): string => latin1Of(typeof content === 'string' ? encodeUtf8(content) : content);
  return {
    kind: 'file',
    text,
    latin1,
    bytes,
    mode: denied === true ? 0 : mode,
    denied: denied === true,
    changedAt,
  };
}

/** Each byte as one character. */
function latin1Of(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
}

function folderNode({ mode = 0o755, denied }: FolderEntry): FolderNode {
  return { kind: 'folder', mode: denied === true ? 0 : mode, denied: denied === true };
}

/** Step by step as a kernel does it: links followed in place, `..` taken where the links have led. */
function walk(nodes: Nodes, path: string, style: PathStyle): Found {
  if (!isAbsolute(path, style) || path.includes('\0') || utf8Length(path) > LONGEST_PATH)
    return { state: 'absent' };
  const pending = stepsOf(path, style);
  const here: string[] = [];
  let links = 0;
  for (;;) {
    const current = pathOf(here, style);
    const node = nodes.get(current);
    const step = pending.shift();
    if (node === undefined) return { state: 'absent' };
    if (node.kind === 'link') {
      if (++links > MOST_LINKS) return { state: 'link-loop' };
      here.pop();
      const target = stepsOf(joinPath(style, pathOf(here, style), node.to), style);
      if (step !== undefined) pending.unshift(step);
      pending.unshift(...target);
      here.length = 0;
      continue;
    }
    if (step === undefined) return { state: 'found', path: current, node };
    if (node.kind !== 'folder' || utf8Length(step) > LONGEST_NAME) return { state: 'absent' };
    if (node.denied) return { state: 'denied' };
    if (step === '..') here.pop();
    else here.push(step);
  }
}

function linkAt(nodes: Nodes, path: string, style: PathStyle): LinkEntry | null {
  const folder = walk(nodes, parentFolder(path, style), style);
  const name = stepsOf(path, style).at(-1);
  if (folder.state !== 'found' || folder.node.kind !== 'folder' || folder.node.denied) return null;
  if (name === undefined || path.includes('\0')) return null;
  const node = nodes.get(pathOf([...stepsOf(folder.path, style), name], style));
  return node?.kind === 'link' ? node : null;
}

/** The steps from the top; `..` stays, since only on the way is it known where it leads. */
function stepsOf(path: string, style: PathStyle): string[] {
  return path.split(style === 'posix' ? '/' : /[\\/]/).filter((step) => step !== '' && step !== '.');
}

function pathOf(steps: readonly string[], style: PathStyle): string {
  if (style === 'posix') return `/${steps.join('/')}`;
  const [drive = '', ...rest] = steps;
  return `${drive}\\${rest.join('\\')}`;
}

function childrenOf(nodes: Nodes, folder: string, style: PathStyle): ReturnType<MemoryTree['childrenOf']> {
  const depth = stepsOf(folder, style).length;
  return [...nodes]
    .map(([path, { kind }]) => ({ steps: stepsOf(path, style), kind }))
    .filter(({ steps }) => steps.length === depth + 1 && pathOf(steps.slice(0, depth), style) === folder)
    .map(({ steps, kind }) => ({ name: steps[depth] ?? '', kind }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
