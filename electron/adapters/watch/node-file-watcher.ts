import { statSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type { FileWatcher } from '../../../shared/ports/file-watcher.ts';
import { pathsOnTheWay, targetsOf, type KnownLinks } from './watched-folders.ts';

interface WatchedFolder {
  readonly watcher: FSWatcher;
  /** Tells a folder that was put in its place from the one that is watched. */
  readonly identity: string;
}

/**
 * Watches the folders on the way to each path, none of them with what is below: a few dozen watches for a home, no walk and no
 * timer. A folder that is not there is seen to appear by the one above it.
 *
 * @param anchor the home folder, which stays where it is
 */
export function nodeFileWatcher(anchor: string | null): FileWatcher {
  const folders = new Map<string, WatchedFolder>();
  /** Which watched paths an event at a path is about: many, where it is a folder on their way. */
  let concerned = new Map<string, string[]>();
  /** The listed folders, by where they really are. */
  let inside = new Map<string, string[]>();
  let listener: (changed: string | null) => void = () => undefined;
  let limited = false;

  const open = (folder: string, identity: string): void => {
    try {
      const watcher = watch(folder, { persistent: true }, (_event, name) => {
        if (name === null) {
          listener(null);
          return;
        }
        const at = path.join(folder, name);
        const about = new Set<string | null>([...(concerned.get(at) ?? []), ...(inside.get(folder) ?? [])]);
        // Another folder may have come in its place, even with the same number: it is watched anew. Of the anchor no path is
        // told, but what lies in it is to be watched again all the same.
        if (forget(at) && about.size === 0) about.add(null);
        for (const one of about) listener(one);
      });
      watcher.on('error', () => {
        forget(folder);
        listener(null);
      });
      folders.set(folder, { watcher, identity });
    } catch (error) {
      // ENOSPC and EMFILE: the system has no more to give. Anything else: gone or denied meanwhile, and its parent tells.
      if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EMFILE')) {
        limited = true;
      }
    }
  };
  /** `false`: it was not watched. */
  const forget = (folder: string): boolean => {
    folders.get(folder)?.watcher.close();
    return folders.delete(folder);
  };

  return {
    watch: (paths, listed) => {
      concerned = new Map();
      inside = new Map();
      const wanted = new Set<string>();
      const links: KnownLinks = new Map();
      for (const folder of listed) {
        for (const real of targetsOf(folder, links)) {
          note(inside, real, folder);
          wanted.add(real);
        }
      }
      for (const watched of new Set([...paths, ...listed])) {
        for (const on of pathsOnTheWay(watched, links, anchor)) {
          note(concerned, on, watched);
          wanted.add(path.dirname(on));
        }
      }
      limited = false;
      for (const folder of folders.keys()) if (!wanted.has(folder)) forget(folder);
      // From the top: what appears below a folder while it is being opened is seen by one of the two.
      for (const folder of [...wanted].sort((one, other) => one.length - other.length)) {
        const identity = identityOf(folder);
        const known = folders.get(folder);
        if (known !== undefined && known.identity === identity) continue;
        if (known !== undefined) forget(folder);
        if (identity !== null) open(folder, identity);
      }
    },
    onChange: (next) => {
      listener = next;
    },
    get state() {
      return limited ? 'limited' : 'watching';
    },
    close: () => {
      for (const folder of [...folders.keys()]) forget(folder);
    },
  };
}

function note(known: Map<string, string[]>, at: string, watched: string): void {
  const others = known.get(at);
  if (others === undefined) known.set(at, [watched]);
  else others.push(watched);
}

function identityOf(folder: string): string | null {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found?.isDirectory() === true ? `${String(found.dev)}:${String(found.ino)}` : null;
  } catch {
    return null;
  }
}
