import { ancestors, joinPath, type PathStyle } from '../../core/paths.ts';
import type { Place } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import type { StartupText } from '../../core/startup/assignment.ts';
import { readEnvironmentFile } from '../../core/startup/environment-file.ts';
import { readEnvrc } from '../../core/startup/envrc.ts';
import { readMiseEnv } from '../../core/startup/mise.ts';
import type { FilePass } from './file-pass.ts';
import { isWorthFinding, lineOrigin, linesOf, mentionsCredentials, type FoundLine } from './found-line.ts';
import type { SecretSink } from './secret-sink.ts';

type Reader = (text: string) => StartupText;
const dotenv: Reader = (text) => readEnvironmentFile(text, isWorthFinding, 'dotenv');
const envrc: Reader = (text) => readEnvrc(text, isWorthFinding);
const mise: Reader = (text) => readMiseEnv(text, isWorthFinding);

const DOTENV = ['.env', '.env.local', '.env.development', '.env.production'] as const;
const MISE = ['mise.toml', '.mise.toml', 'mise.local.toml', '.config/mise.toml'] as const;
/** Folders above the start folder that are looked at; deeper trees are rare and every one costs. */
const HIGHEST = 12;

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
  const lines: FoundLine[] = [];
  const read = (kind: Origin['kind'], path: string, reader: Reader): void => {
    const text = pass.text(path);
    if (text === null || !mentionsCredentials(text)) return;
    lines.push(...linesOf(reader(text), ({ line, name }) => lineOrigin(pass, kind, path, line, name), sink));
  };
  for (const folder of new Set([
    place.folder,
    ...(place.repositoryRoot === null ? [] : [place.repositoryRoot]),
  ])) {
    for (const name of DOTENV) read('dotenv', joinPath(style, folder, name), dotenv);
  }
  if (place.home !== null && place.home !== place.folder)
    read('dotenv', joinPath(style, place.home, '.env'), dotenv);
  for (const folder of ancestors(place.folder, style).slice(0, HIGHEST)) {
    read('direnv', joinPath(style, folder, '.envrc'), envrc);
    for (const name of MISE) read('mise', joinPath(style, folder, name), mise);
  }
  if (place.home !== null) read('mise', joinPath(style, place.home, '.config/mise/config.toml'), mise);
  return lines;
}
