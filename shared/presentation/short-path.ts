import { pathStyle } from '../core/known-folders.ts';
import type { Place } from '../core/facts.ts';
import { lengthOf, printable } from './printable.ts';

/** Longest path that is shown whole: characters. */
export const LONGEST_PATH = 60;

/**
 * A path as a person writes it: the home folder as `~`. One that is too long keeps its first folder and its end, whole folders
 * go in the middle: `~/clients/…/payments/.claude/settings.local.json`.
 */
export function shortPath(
  path: string,
  place: Pick<Place, 'home' | 'platform'>,
  max: number = LONGEST_PATH,
): string {
  const separator = pathStyle(place.platform) === 'posix' ? '/' : '\\';
  const shown = printable(withTilde(path, place.home, separator), Infinity);
  if (lengthOf(shown) <= max) return shown;
  const parts = shown.split(separator);
  const file = parts.at(-1) ?? '';
  // An absolute POSIX path begins with an empty part; a share on Windows with two.
  const rootParts = parts.findIndex((part) => part !== '');
  const heads = [parts.slice(0, Math.max(2, rootParts + 1)), parts.slice(0, Math.max(1, rootParts))];
  for (const head of heads) {
    const kept = withEnd(head, parts.slice(head.length), separator, max);
    if (kept !== null) return kept;
  }
  const root = `${parts.slice(0, Math.max(1, rootParts)).join(separator)}${separator}`;
  const start = lengthOf(root) + 2 + SHORTEST_FILE <= max ? root : '';
  const room = Math.max(1, max - lengthOf(start) - 2);
  return `${start}${CUT}${separator}${printable(file, room)}`;
}

/** With less than this of its name a file is not worth keeping the root for: characters. */
const SHORTEST_FILE = 12;

const CUT = '…';

/** The head, then a gap, then as many of the last folders as fit; `null` when not even the file does. */
function withEnd(
  head: readonly string[],
  rest: readonly string[],
  separator: string,
  max: number,
): string | null {
  let best: string | null = null;
  for (let count = 1; count < rest.length; count++) {
    const candidate = [...head, CUT, ...rest.slice(-count)].join(separator);
    if (lengthOf(candidate) > max) break;
    best = candidate;
  }
  return best;
}

function withTilde(path: string, home: string | null, separator: string): string {
  const folder = home?.replace(/[\\/]+$/, '') ?? '';
  if (folder === '') return path;
  const same = separator === '\\' ? (text: string) => text.toLowerCase() : (text: string) => text;
  if (same(path) === same(folder)) return '~';
  const inside = same(path.slice(0, folder.length + 1)) === same(folder + separator);
  return inside ? `~${path.slice(folder.length)}` : path;
}
