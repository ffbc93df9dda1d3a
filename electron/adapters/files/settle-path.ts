import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';
import { codeOf, Refused } from './write-refusal.ts';

/** Whose files may be changed. */
export interface WriterPlace {
  /** `null`: there is none, so no link is followed. */
  readonly home: string | null;
  /** `null` where the system has no such numbers (Windows); then owners and modes are not looked at. */
  readonly userId: number | null;
}

export interface SettledPath {
  /** Without any link on the way. */
  readonly real: string;
  /** Whether something is there, of whatever kind. */
  readonly isThere: boolean;
  /** Whether the path itself is a link, and not just leads through one. */
  readonly isLink: boolean;
}

/** As many as Linux follows. */
const MOST_LINKS = 40;
const ROOT_ID = 0;

/**
 * Follows a path step by step, to see whose links it leads through. Links above the home belong to the system's layout
 * (`/home` → `/usr/home`) and may be the administrator's; those within it, and one that is the path itself, must be this user's
 * own and must not lead out: a repository or an archive can bring links along.
 *
 * @throws {Refused}
 */
export function settlePath(asked: string, { home, userId }: WriterPlace): SettledPath {
  if (!path.isAbsolute(asked) || asked.includes('\0')) throw new Refused('failed');
  const realHome = home === null ? null : realOrNull(home);
  const pending = stepsOf(asked);
  let here = path.parse(asked).root;
  let links = 0;
  let mustStay = false;
  let isLink = false;
  for (let step = pending.shift(); step !== undefined; step = pending.shift()) {
    if (step === '..') {
      here = path.dirname(here);
      continue;
    }
    const next = path.join(here, step);
    const stats = lstatOrNull(next);
    if (stats === null) {
      if (isLink) throw new Refused('dangling-link');
      const real = path.join(next, ...pending);
      if (mustStay && !staysIn(realHome, real)) throw new Refused('link-out-of-home');
      return { real, isThere: false, isLink };
    }
    if (!stats.isSymbolicLink()) {
      here = next;
      continue;
    }
    if (++links > MOST_LINKS) throw new Refused('link-loop');
    const isLast = pending.length === 0;
    const within = staysIn(realHome, next);
    const ownersId = within || isLast ? [userId] : [userId, ROOT_ID];
    if (userId !== null && !ownersId.includes(stats.uid)) throw new Refused('foreign-owner');
    if (within || isLast) mustStay = true;
    if (isLast) isLink = true;
    const target = readlinkSync(next);
    pending.unshift(...stepsOf(target));
    if (path.isAbsolute(target)) here = path.parse(target).root;
  }
  if (mustStay && !staysIn(realHome, here)) throw new Refused('link-out-of-home');
  return { real: here, isThere: true, isLink };
}

function stepsOf(text: string): string[] {
  return text
    .slice(path.parse(text).root.length)
    .split(path.sep === '/' ? '/' : /[\\/]/)
    .filter((step) => step !== '' && step !== '.');
}

function staysIn(folder: string | null, file: string): boolean {
  if (folder === null) return false;
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}

/** @throws {NodeJS.ErrnoException} when it cannot be told where it is */
function realOrNull(folder: string): string | null {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** @throws {NodeJS.ErrnoException} when it cannot be told whether there is one */
function lstatOrNull(file: string): Stats | null {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}
