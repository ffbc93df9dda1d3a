import { bytesOfText } from '../../core/remedies/byte-text.ts';
import { gitIndexPaths } from '../../core/git-index.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import { parseOnce } from '../parse-once.ts';
import { FILE_LIMIT, type FilePass } from './file-pass.ts';

const GIT_FOLDER = 'gitdir:';
/** One path is all that such a file holds. */
const GIT_FILE_LIMIT = 64 * 1024;

/** Large repositories have indexes of many megabytes. */
const INDEX_LIMIT = 8 * FILE_LIMIT;

/**
 * Tells which files git tracks, from its index alone: git itself is not run. The index is read on the first question only, and
 * most folders never ask one.
 */
export function trackedFiles(
  pass: FilePass,
  style: PathStyle,
  root: string | null,
): (path: string) => boolean {
  let paths: ReadonlySet<string> | null = null;
  return (path) => {
    if (root === null || !path.startsWith(root)) return false;
    paths ??= readIndex(pass, style, root);
    if (paths.size === 0) return false;
    return paths.has(bytesOfText(path.slice(root.length + 1).replaceAll('\\', '/')));
  };
}

function readIndex(pass: FilePass, style: PathStyle, root: string): ReadonlySet<string> {
  const git = gitFolder(pass, style, root);
  const reading = pass.store.read(joinPath(style, git, 'index'), INDEX_LIMIT, 'latin1');
  if (reading.state !== 'read') return new Set();
  return parseOnce(reading, trackedPaths);
}

const trackedPaths = (index: string): ReadonlySet<string> =>
  new Set(gitIndexPaths(index) ?? gitIndexPaths(index, 'sha256') ?? []);

/** In worktrees and submodules `.git` is a file that names the folder. */
function gitFolder(pass: FilePass, style: PathStyle, root: string): string {
  const git = joinPath(style, root, '.git');
  if (pass.store.inspect(git)?.kind !== 'file') return git;
  const line = (pass.text(git, GIT_FILE_LIMIT) ?? '').split('\n').find((one) => one.startsWith(GIT_FOLDER));
  const named = line?.slice(GIT_FOLDER.length).trim() ?? '';
  return named === '' ? git : joinPath(style, root, named);
}
