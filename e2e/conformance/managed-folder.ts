import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Where Claude Code looks for managed settings on Linux. */
const MANAGED_FOLDER = '/etc/claude-code';

/**
 * Runs the command after `--` with another folder in the place of the managed one. It is called in a mount namespace of its
 * own, which ends with the command: nobody else sees these mounts, and nothing is left behind, in /etc least of all.
 * Since a mount needs a folder to stand on, and one that may come and go while a world is asked will not do, /etc becomes a
 * folder in memory with links to all that was in it.
 *
 * $1: what is to stand there · $2: an empty folder, for what was in /etc
 */
const SCRIPT = `set -e
managed=$1 before=$2
shift 3
mount --rbind /etc "$before"
mount -t tmpfs tmpfs /etc
ln -s "$before"/* /etc/
rm -f ${MANAGED_FOLDER}
mkdir ${MANAGED_FOLDER}
mount --bind "$managed" ${MANAGED_FOLDER}
exec "$@"`;

/** How to get a mount namespace: as root, or as somebody who is root in a user namespace only. */
const WAYS: readonly (readonly string[])[] = [
  ['unshare', '-m'],
  ['unshare', '-rm'],
];

/** Turns a command into one that has the folder in the place of the managed one. */
export type WithManaged = (command: readonly string[], managed: string, place: string) => readonly string[];

/**
 * @param place an empty folder for a rehearsal
 * @returns `null` where this system has no way that works
 */
export function findWithManaged(place: string): WithManaged | null {
  const managed = path.join(place, 'managed');
  mkdirSync(managed);
  const way = WAYS.find((candidate, index) => {
    const own = path.join(place, String(index));
    mkdirSync(own);
    const [file = '', ...args] = wrap(candidate, ['test', '-d', MANAGED_FOLDER], managed, own);
    return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
  });
  return way === undefined ? null : (command, folder, own) => wrap(way, command, folder, own);
}

function wrap(
  way: readonly string[],
  command: readonly string[],
  managed: string,
  place: string,
): readonly string[] {
  const before = path.join(place, 'etc-before');
  mkdirSync(before);
  return [...way, 'sh', '-c', SCRIPT, 'sh', managed, before, '--', ...command];
}

/** An administrator's settings on this very machine would count in every world: then each gets one of its own. */
export function machineHasManaged(): boolean {
  return existsSync(MANAGED_FOLDER);
}

export const NO_WAY = `managed settings cannot be put in place here: that needs a mount namespace (Linux, as root, or as anybody where user namespaces are allowed: unshare -rm)`;
