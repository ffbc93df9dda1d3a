import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** As many links in a row as any system follows. */
const MOST_LINKS = 40;

/**
 * Every path whose change can change what is read at one path: the path, the folders on the way, and wherever links among them
 * lead. All absolute.
 *
 * @param anchor a folder that stays where it is, as a home does: what lies above it is of no interest
 */
export function pathsOnTheWay(watched: string, links: KnownLinks, anchor: string | null): readonly string[] {
  const found = new Set<string>();
  const pending = [path.resolve(watched)];
  for (let next = pending.pop(); next !== undefined && found.size < 400; next = pending.pop()) {
    for (let at = next; at !== anchor; at = path.dirname(at)) {
      if (found.has(at)) break;
      found.add(at);
      const target = linkTarget(at, links);
      // What lies beneath a link lies beneath its target as well.
      if (target !== null && found.size < MOST_LINKS * 10)
        pending.push(path.join(target, path.relative(at, next)));
      if (at === path.dirname(at)) break;
    }
  }
  return [...found];
}

/** Where each path leads that has been looked at; for one moment only. */
export type KnownLinks = Map<string, string | null>;

/** A path and where it leads, link by link. */
export function targetsOf(at: string, links: KnownLinks): readonly string[] {
  const found = [path.resolve(at)];
  for (let next = found[0]; next !== undefined && found.length < MOST_LINKS;) {
    const target = linkTarget(next, links);
    if (target === null || found.includes(target)) break;
    found.push(target);
    next = target;
  }
  return found;
}

function linkTarget(at: string, links: KnownLinks): string | null {
  const known = links.get(at);
  if (known !== undefined) return known;
  const target = readLink(at);
  links.set(at, target);
  return target;
}

function readLink(at: string): string | null {
  try {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return null;
    return path.resolve(realParent(at), readlinkSync(at));
  } catch {
    return null;
  }
}

/** A relative link is relative to where it really lies. */
function realParent(at: string): string {
  try {
    return realpathSync(path.dirname(at));
  } catch {
    return path.dirname(at);
  }
}
