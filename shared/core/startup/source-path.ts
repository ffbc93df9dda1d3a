const EXPANSION =
  /^(?:\$(?:HOME|ZDOTDIR|XDG_CONFIG_HOME|__fish_config_dir)(?!\w)|\$\{(?:HOME|ZDOTDIR|XDG_CONFIG_HOME|__fish_config_dir)(?::-(?:~|\$HOME|\$\{HOME\})?[\w./-]*)?\})/;

/**
 * The path that a word of a POSIX shell names, quotes removed, with the few variables that `expandPath` knows left as
 * written. Null when it depends on anything else.
 *
 * @param word the word as it stands in the file
 */
export function readSourcePath(word: string): string | null {
  let path = '';
  let double = false;
  let at = 0;
  while (at < word.length) {
    const char = word.charAt(at);
    if (char === '"') {
      double = !double;
      at++;
    } else if (char === "'" && !double) {
      const end = word.indexOf("'", at + 1);
      const constant = end < 0 ? '$' : word.slice(at + 1, end);
      if (constant.includes('$')) return null;
      path = quotedStart(path, constant) + constant;
      at = end + 1;
    } else if (char === '\\') {
      const next = word.charAt(at + 1);
      if (next === '$') return null;
      const kept = double && !/[`"\\\n]/.test(next) ? `\\${next}` : next;
      path += kept === '\n' ? '' : quotedStart(path, kept) + kept;
      at += 2;
    } else if (char === '$') {
      const expansion = EXPANSION.exec(word.slice(at, at + LONGEST_EXPANSION))?.[0];
      if (expansion === undefined) return null;
      path += expansion;
      at += expansion.length;
    } else {
      if (char === '`' || (!double && /[*?[\](){}]/.test(char))) return null;
      path += (double ? quotedStart(path, char) : '') + char;
      at++;
    }
  }
  return path === '' ? null : path;
}

/** The same for a value; null unless it starts in the home folder or in one of those variables. */
export function readHomePath(word: string): string | null {
  if (!/^"?[~$]/.test(word)) return null;
  const path = readSourcePath(word);
  return path !== null && /^[~$]/.test(path) && !path.includes(':~') ? path : null;
}

const LONGEST_EXPANSION = 200;

/** A quoted `~` is a file name, which only a path in front of it can say. */
function quotedStart(path: string, constant: string): string {
  return path === '' && constant.startsWith('~') ? './' : '';
}
