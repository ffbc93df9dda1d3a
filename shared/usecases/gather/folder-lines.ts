import { ancestors, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Place } from '../../core/facts.ts';
import type { StartupText } from '../../core/startup/assignment.ts';
import { readEnvironmentFile } from '../../core/startup/environment-file.ts';
import { readEnvrc } from '../../core/startup/envrc.ts';
import { readMiseEnv } from '../../core/startup/mise.ts';
import type { FilePass } from './file-pass.ts';
import { isWorthFinding, lineOrigin, linesOf, mentionsCredentials, type FoundLine } from './found-line.ts';
import type { SecretSink } from './secret-sink.ts';

type FolderFileKind = 'dotenv' | 'direnv' | 'mise';

const READERS: Readonly<Record<FolderFileKind, (text: string) => StartupText>> = {
  dotenv: (text) => readEnvironmentFile(text, isWorthFinding, 'dotenv'),
  direnv: (text) => readEnvrc(text, isWorthFinding),
  mise: (text) => readMiseEnv(text, isWorthFinding),
};

const DOTENV = ['.env', '.env.local', '.env.development', '.env.production'] as const;
const MISE = ['mise.toml', '.mise.toml', 'mise.local.toml', '.config/mise.toml'] as const;
/** Folders above the start folder that are looked at; deeper trees are rare and every one costs. */
const HIGHEST = 12;

export interface FolderFile {
  readonly kind: FolderFileKind;
  readonly path: string;
}

/**
 * Files that tools export from: Claude Code itself reads none of them (observed), so they are only told. `.envrc` and mise
 * files apply in everything below them, dotenv files in their folder and at the root of the repository.
 */
export function readFolderLines(
  pass: FilePass,
  style: PathStyle,
  place: Pick<Place, 'folder' | 'repositoryRoot' | 'home'>,
  sink: SecretSink,
): readonly FoundLine[] {
  return folderFiles(style, place).flatMap(({ kind, path }) => {
    const text = pass.text(path);
    if (text === null || !mentionsCredentials(text)) return [];
    return linesOf(READERS[kind](text), ({ line, name }) => lineOrigin(pass, kind, path, line, name), sink);
  });
}

/** Where such files may be for a folder. */
export function folderFiles(
  style: PathStyle,
  place: Pick<Place, 'folder' | 'repositoryRoot' | 'home'>,
): readonly FolderFile[] {
  const files: FolderFile[] = [];
  const add = (kind: FolderFileKind, folder: string, name: string): void => {
    files.push({ kind, path: joinPath(style, folder, name) });
  };
  const { folder: start, repositoryRoot, home } = place;
  for (const folder of new Set([start, ...(repositoryRoot === null ? [] : [repositoryRoot])])) {
    for (const name of DOTENV) add('dotenv', folder, name);
  }
  if (home !== null && home !== start) add('dotenv', home, '.env');
  for (const folder of ancestors(start, style).slice(0, HIGHEST)) {
    add('direnv', folder, '.envrc');
    for (const name of MISE) add('mise', folder, name);
  }
  if (home !== null) add('mise', home, '.config/mise/config.toml');
  return files;
}
