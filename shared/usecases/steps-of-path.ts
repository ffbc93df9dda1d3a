import type { FileStore, LinkFacts } from '../ports/file-store.ts';

/** One name that is looked up on the way to a file. */
export interface PathStep {
  /** Where it is looked up: no link on the way to this. */
  readonly folder: string;
  /** `null`: it is no link. */
  readonly link: LinkFacts | null;
  /** Nothing follows: it is what the file is called, or what a link in its place is called. */
  readonly isLast: boolean;
}

/** As Linux has it; other systems end sooner. */
const MOST_LINKS = 40;

/**
 * The way that the system takes to a file: every name on it, also those that links lead through and that a `..` leaves again. Who
 * may change one of these folders can lead the path elsewhere, although neither its first nor its last one shows that.
 *
 * @param path absolute, POSIX
 * @returns `null`: links that lead in a circle, or more of them than a system follows
 */
export function stepsOfPath(files: Pick<FileStore, 'linkAt'>, path: string): readonly PathStep[] | null {
  const steps: PathStep[] = [];
  const pending = namesOf(path);
  let here: string[] = [];
  let links = 0;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '..') {
      here.pop();
      continue;
    }
    const folder = `/${here.join('/')}`;
    const link = files.linkAt(`/${[...here, name].join('/')}`);
    steps.push({ folder, link, isLast: pending.length === 0 });
    if (link === null) {
      here.push(name);
      continue;
    }
    if (++links > MOST_LINKS) return null;
    if (link.to.startsWith('/')) here = [];
    pending.unshift(...namesOf(link.to));
  }
  return steps;
}

/** `..` stays: only on the way is it known where it leads. */
function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
