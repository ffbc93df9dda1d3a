import { ancestors, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Ports } from '../../ports/ports.ts';

type Reach = Pick<Ports, 'files' | 'environment'>;

/**
 * The root of the git repository around a folder, where its local settings count: the nearest folder with a `.git` of any
 * kind, for a linked worktree the main checkout; not when it is the home folder, not on Windows, and only when root, `.git`
 * and `.claude` belong to the user (measured; Windows: documented).
 */
export function repositoryRoot(ports: Reach, folder: string, style: PathStyle): string | null {
  const { files, environment } = ports;
  if (environment.platform === 'win32') return null;
  const own = (path: string): boolean => {
    const owner = files.inspect(path)?.ownerId;
    return environment.userId === null || owner === undefined || owner === environment.userId;
  };
  for (const candidate of ancestors(folder, style)) {
    const git = joinPath(style, candidate, '.git');
    const kind = files.inspect(git)?.kind;
    if (kind === undefined) continue;
    const root = kind === 'file' ? (mainCheckout(ports, git) ?? candidate) : candidate;
    const mine = [root, joinPath(style, root, '.git'), joinPath(style, root, '.claude')].every(own);
    return mine && root !== environment.home ? root : null;
  }
  return null;
}

/** Where a linked worktree belongs: its `.git` file names a folder in the main checkout's own. */
function mainCheckout(ports: Reach, git: string): string | null {
  const reading = ports.files.read(git, WORKTREE_LIMIT);
  if (reading.state !== 'read') return null;
  const line = reading.text.split('\n').find((one) => one.startsWith('gitdir:'));
  const named = line?.slice('gitdir:'.length).trim() ?? '';
  // By its ends and not by a pattern, which takes forever over a long line made for that.
  const inside = named.lastIndexOf(WORKTREES);
  const isOne = inside > 0 && !named.slice(inside + WORKTREES.length).includes('/');
  return isOne && named.startsWith('/') && !named.endsWith('/') ? named.slice(0, inside) : null;
}

const WORKTREES = '/.git/worktrees/';
const WORKTREE_LIMIT = 64 * 1024;

/**
 * The folders whose trust a folder inherits: itself and those above it, inside a git repository up to its root only, of a
 * linked worktree also the main checkout (measured).
 */
export function foldersThatVouch(ports: Reach, realFolder: string, style: PathStyle): readonly string[] {
  const all = ancestors(realFolder, style);
  const at = all.findIndex((folder) => ports.files.inspect(joinPath(style, folder, '.git')) !== null);
  const root = all[at];
  if (root === undefined) return all;
  const main = mainCheckout(ports, joinPath(style, root, '.git'));
  return main === null ? all.slice(0, at + 1) : [...all.slice(0, at + 1), ports.files.realPath(main)];
}
