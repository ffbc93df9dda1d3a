import { ancestors, joinPath, parentFolder } from '../core/paths.ts';
import { pathStyle } from '../core/known-folders.ts';
import { versionNumbers } from '../core/rules/versions.ts';
import { isJsonObject, parseStrictJson } from '../core/settings/json-value.ts';
import type { Ports } from '../ports/ports.ts';
import { claudeOnSearchPath } from './claude-on-search-path.ts';

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
  for (const { entry, path } of claudeOnSearchPath(ports)) {
    if (entry === '') continue;
    const realPath = ports.files.realPath(path);
    return { path, realPath, version: versionOfClaude(ports, realPath) };
  }
  return null;
}

/** What the package or the version folder says of a program; `null` when neither says anything. */
export function versionOfClaude(
  { environment, files }: Pick<Ports, 'environment' | 'files'>,
  realPath: string,
): string | null {
  const style = pathStyle(environment.platform);
  return versionFromPath() ?? versionFromPackage();

  /** The native installer keeps each version in a file or folder of that name. */
  function versionFromPath(): string | null {
    const parts = realPath.split(/[\\/]/);
    return parts.reverse().find((part) => versionNumbers(part) !== null) ?? null;
  }

  function versionFromPackage(): string | null {
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
      const reading = files.read(candidate, PACKAGE_LIMIT);
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
