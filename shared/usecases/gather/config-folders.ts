import type { Layer } from '../../core/facts.ts';
import { pathStyle, profileFolder } from '../../core/known-folders.ts';
import { joinPath, type PathStyle } from '../../core/paths.ts';
import { effective, notProjectLayer } from '../../core/settings/effective.ts';
import { PROFILE_FOLDER } from '../../core/sources/profile.ts';
import { CONFIG_FOLDER, STORE_FOLDER, XDG_CONFIG_HOME } from '../../core/sources/steering.ts';
import type { Ports } from '../../ports/ports.ts';

/**
 * Used as written: no `~`, relative to the start folder. Set to an empty text, settings and credentials are looked for in the
 * start folder (observed).
 */
export function configFolderOf(
  value: string | undefined,
  home: string,
  folder: string,
  style: PathStyle,
): string {
  if (value === undefined) return joinPath(style, home, '.claude');
  return value === '' ? folder : joinPath(style, folder, value);
}

/** `CLAUDE_SECURESTORAGE_CONFIG_DIR` moves the store alone; empty, it means the usual folder (observed). */
export function storeFolderOf(
  layers: readonly Layer[],
  configFolder: string,
  home: string,
  folder: string,
  style: PathStyle,
): string {
  const own = effective(layers, STORE_FOLDER, notProjectLayer)?.entry;
  if (own === undefined) return configFolder;
  return own.state === 'empty' ? joinPath(style, home, '.claude') : joinPath(style, folder, own.text ?? '');
}

/**
 * The keychain item's name carries the folder when `CLAUDE_CONFIG_DIR` (or the store's own variable) is set, even to the usual
 * one: the first eight digits of the SHA-256 of the text as written, in NFC (reported, not run here).
 */
export function keychainSuffix(
  ports: Ports,
  variables: Readonly<Record<string, string | undefined>>,
): string | null {
  const folder = variables[STORE_FOLDER] ?? variables[CONFIG_FOLDER];
  if (ports.keychain === null || folder === undefined || folder === '') return null;
  return ports.digests.sha256(folder.normalize('NFC')).slice(0, 8);
}

/** Where the Anthropic profiles are looked for. */
export function profileRoot(
  ports: Pick<Ports, 'environment'>,
  layers: readonly Layer[],
  home: string,
  folder: string,
): string {
  const text = (name: string): string | undefined =>
    effective(layers, name, notProjectLayer)?.entry.text ?? undefined;
  const own = text(PROFILE_FOLDER);
  const { platform, variables } = ports.environment;
  if (own !== undefined && own !== '') return joinPath(pathStyle(platform), folder, own);
  return profileFolder(platform, { ...variables, [XDG_CONFIG_HOME]: text(XDG_CONFIG_HOME) }, home);
}
