import { ancestors, joinPath, parentFolder } from '../core/paths.ts';
import { pathStyle } from '../core/known-folders.ts';
import { versionNumbers } from '../core/rules/versions.ts';
import { isJsonObject, parseStrictJson } from '../core/settings/json-value.ts';
import type { Ports } from '../ports/ports.ts';

export interface InstalledClaudeCode {
  /** As found on the search path. */
  readonly path: string;
  readonly realPath: string;
  /** Read off the package or the version folder without running anything; `null` when neither tells. */
  readonly version: string | null;
}

const PACKAGE = '@anthropic-ai/claude-code';
const PACKAGE_LIMIT = 256 * 1024;

/** Finds the installed Claude Code on the search path and tells its version without running it. */
export function findClaudeCode(ports: Pick<Ports, 'environment' | 'files'>): InstalledClaudeCode | null {
  const { environment, files } = ports;
  const style = pathStyle(environment.platform);
  const windows = environment.platform === 'win32';
  const search = environment.variables['PATH'] ?? environment.variables['Path'] ?? '';
  const names = windows ? ['claude.exe', 'claude.cmd'] : ['claude'];
  for (const folder of search.split(windows ? ';' : ':')) {
    if (folder === '') continue;
    for (const name of names) {
      const path = joinPath(style, folder, name);
      if (files.inspect(path)?.kind !== 'file') continue;
      const realPath = files.realPath(path);
      return { path, realPath, version: versionFromPath(realPath) ?? versionFromPackage(ports, realPath) };
    }
  }
  return null;

  /** The native installer keeps each version in a file or folder of that name. */
  function versionFromPath(realPath: string): string | null {
    const parts = realPath.split(/[\\/]/);
    const found = parts.reverse().find((part) => versionNumbers(part) !== null);
    return found ?? null;
  }

  function versionFromPackage({ files: store }: Pick<Ports, 'files'>, realPath: string): string | null {
    const nested = joinPath(
      style,
      joinPath(style, parentFolder(realPath, style), 'node_modules'),
      `${PACKAGE}/package.json`,
    );
    const candidates = [
      ...ancestors(realPath, style)
        .slice(1, 5)
        .map((folder) => joinPath(style, folder, 'package.json')),
      nested,
    ];
    for (const candidate of candidates) {
      const reading = store.read(candidate, PACKAGE_LIMIT);
      if (reading.state !== 'read') continue;
      const parsed = parseStrictJson(reading.text);
      if (!parsed.ok || !isJsonObject(parsed.value)) continue;
      const { name, version } = parsed.value;
      if (typeof name !== 'string' || !name.startsWith(PACKAGE) || typeof version !== 'string') continue;
      return versionNumbers(version) === null ? null : version;
    }
    return null;
  }
}
