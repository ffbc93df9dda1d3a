/** What the variables in the path of a sourced file stand for; null where a variable is not set. */
export interface PathSurroundings {
  readonly home: string;
  readonly zdotdir: string | null;
  readonly xdgConfigHome: string | null;
  /** The folder of the file that names the path: `$PSScriptRoot` of PowerShell. */
  readonly scriptFolder?: string;
}

const START = /^(?:~(?=[/\\]|$)|\$(\w+)|\$\{(\w+)(?::-([^}]*))?\})/;

/**
 * The path that a `SourceReference` means: replaces `~`, `$HOME`, `$ZDOTDIR`, `$XDG_CONFIG_HOME`,
 * `$__fish_config_dir` and `$PSScriptRoot` at its start, also in braces and with a default (`${ZDOTDIR:-$HOME}`).
 * A relative path stays relative. Null when the path cannot be known.
 */
export function expandPath(path: string, surroundings: PathSurroundings): string | null {
  const match = START.exec(path);
  if (match === null) return /^~|\$/.test(path) ? null : path;
  const rest = path.slice(match[0].length);
  if (rest.includes('$')) return null;
  const name = match[1] ?? match[2];
  const value = name === undefined ? surroundings.home : valueOf(name, surroundings);
  if (value !== null && value !== '') return value + rest;
  const fallback = match[3];
  if (fallback === undefined || fallback.includes('${')) return null;
  const folder = fallback === '' ? '' : expandPath(fallback, surroundings);
  return folder === null ? null : folder + rest;
}

function valueOf(name: string, surroundings: PathSurroundings): string | null {
  switch (name) {
    case 'HOME':
      return surroundings.home;
    case 'ZDOTDIR':
      return surroundings.zdotdir;
    case 'XDG_CONFIG_HOME':
      return surroundings.xdgConfigHome;
    case '__fish_config_dir':
      return `${surroundings.xdgConfigHome ?? `${surroundings.home}/.config`}/fish`;
    case 'PSScriptRoot':
      return surroundings.scriptFolder ?? null;
    default:
      return null;
  }
}
