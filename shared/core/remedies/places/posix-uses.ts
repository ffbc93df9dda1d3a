import type { EditHow, LeftReason } from '../text-edit.ts';
import type { LineTarget } from './shell-edit.ts';

/** How far back it is looked what command a name is an argument of. */
export const REACH = 120;
const ASSIGNED = /(?:^|[\s;&|"'`])$/;
const NAMED = /(?:^|[^\w-])(?:unset|export)(?:[ \t]+[\w-]+)*[ \t]+$/;
/** `env -u NAME`. */
export const WITHOUT = /(?:^|[^\w-])env[ \t][^\n;&|]*(?:-u[ \t]*|--unset[ =])$/;

/**
 * Whether a mention of a variable may read it: everything may that does not plainly set, export or remove it.
 *
 * @param at where the name begins
 */
export function isPosixUse(text: string, at: number, name: string): boolean {
  const before = text.slice(Math.max(0, at - REACH), at);
  const after = text.slice(at + name.length, at + name.length + 2);
  if (/^(?:=(?!=)|\+=)/.test(after) && ASSIGNED.test(before)) return false;
  return !NAMED.test(before) && !WITHOUT.test(before);
}

const DECLARATION = '(?:export|declare|typeset|readonly)';
/** `export` may be something else by the time a line runs. */
const REDEFINED = new RegExp(
  `(?:^|[\\s;&|({])${DECLARATION}[ \\t]*\\(|function[ \\t]+${DECLARATION}\\b|\\balias\\b[^\\n]{0,200}?[\\s"'\\\\]${DECLARATION}["']?=`,
);
/** A command is run before every other one, and may count them or stop them. */
const WATCHED = /\btrap\b[^\n]{0,200}\bDEBUG\b|\bTRAPDEBUG\b/;
/** In zsh, `#` may be made an ordinary character. */
const COMMENT_SIGN = /\bhistchars\b|\bHISTCHARS\b/;
const LINE_NUMBERS = /\bLINENO\b|\bcaller\b|\bfunc(?:file|source)?trace\b/;
/** The shell itself acts on these, whether a script reads them or not. */
export const OF_THE_SHELL =
  /^(?:_|IFS|PATH|HOME|PWD|OLDPWD|CDPATH|ENV|BASH_ENV|BASHOPTS|SHELLOPTS|POSIXLY_CORRECT|OPT(?:IND|ARG|ERR)|RANDOM|SECONDS|LINENO|ZDOTDIR|FPATH|LANG|LC_\w+|PS\d|PROMPT\w*|TERM|HISTCHARS|histchars|GLOBIGNORE|EXECIGNORE|TMPDIR|TZ)$/;

/** Of the file as a whole: why a line with these targets cannot be edited in it, or null. */
export function posixHazards(
  text: string,
  mixedLineEnds: boolean,
  how: EditHow['kind'],
): (targets: readonly LineTarget[]) => LeftReason | null {
  // Whether a here-document has ended depends on who reads the file.
  const unclear = mixedLineEnds && text.includes('<<');
  const watched =
    WATCHED.test(text) ||
    (how === 'comment-out' && COMMENT_SIGN.test(text)) ||
    (how === 'remove' && LINE_NUMBERS.test(text));
  const redefined = REDEFINED.test(text);
  return (targets) => {
    if (unclear) return 'malformed';
    if (redefined && targets.some(({ command }) => command !== '')) return 'shared-line';
    return watched || targets.some(({ name }) => OF_THE_SHELL.test(name)) ? 'used-later' : null;
  };
}
