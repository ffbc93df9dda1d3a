import { closeSync, constants, openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  nulSeparated,
  parseProcessStat,
  programKind,
  type ProcessStat,
} from '../../../shared/core/platform/linux-process.ts';
import type { Bytes } from '../../../shared/core/remedies/text-edit.ts';
import type { Fingerprints } from '../../../shared/ports/fingerprints.ts';
import type { RunningProgram, RunningPrograms } from '../../../shared/ports/running-programs.ts';

/** The kernel gives arguments and environment together at most 6 MiB; a program may have written over them. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_ARGUMENTS = 64 * 1024;
const MOST_STAT = 4096;
/** Ticks in a second, the same on every architecture that Linux still runs on as far as programs see it. */
const TICKS = 100;

export interface ProcessFolder {
  /** `/proc`. */
  readonly root: string;
  readonly userId: number | null;
  readonly fingerprints: Pick<Fingerprints, 'of'>;
  /** This process, to know which programs it descends from. */
  readonly processId: number;
}

/**
 * Looks at the user’s own processes. Each may end at any moment, so whatever cannot be read is a process that is not there. The
 * environment is the one that a process was started with: what it has changed since then nobody else can see.
 */
export function linuxRunningPrograms(folder: ProcessFolder): RunningPrograms {
  return { list: (names) => listPrograms(folder, names) };
}

function listPrograms(
  { root, userId, fingerprints, processId }: ProcessFolder,
  names: readonly string[],
): readonly RunningProgram[] | null {
  const started = systemStart(root);
  if (started === null) return null;
  const stats = new Map<number, ProcessStat>();
  for (const id of processIds(root)) {
    const stat = statOf(path.join(root, String(id)));
    if (stat !== null) stats.set(id, stat);
  }
  const ours = ancestors(stats, processId);
  return [...stats].flatMap(([id, stat]): RunningProgram[] => {
    const place = path.join(root, String(id));
    // What has ended and was not asked for its result yet holds nothing any more.
    if (stat.state === 'Z' || stat.state === 'X' || !isOwnedBy(place, userId)) return [];
    const args = nulSeparated(readBytes(path.join(place, 'cmdline'), MOST_ARGUMENTS) ?? '');
    const kind = programKind(stat, id, args, linkOf(path.join(place, 'exe')));
    if (kind === null) return [];
    const environ = readBytes(path.join(place, 'environ'), MOST_BYTES);
    // The number may belong to another process by now, whose environment this then was.
    if (environ === null || statOf(place)?.started !== stat.started) return [];
    return [
      {
        processId: id,
        kind,
        startedAt: started + Math.round((stat.started * 1000) / TICKS),
        folder: folderOf(place),
        holds: heldOf(environ, names, fingerprints),
        isOurs: ours.has(id),
      },
    ];
  });
}

/** Milliseconds since 1970; `null`: this is no folder of processes. */
function systemStart(root: string): number | null {
  const line = /^btime (\d+)$/m.exec(readBytes(path.join(root, 'stat'), MOST_BYTES) ?? '');
  return line === null ? null : Number(line[1]) * 1000;
}

function processIds(root: string): readonly number[] {
  try {
    return readdirSync(root)
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number)
      .sort((one, other) => one - other);
  } catch {
    return [];
  }
}

function statOf(place: string): ProcessStat | null {
  const text = readBytes(path.join(place, 'stat'), MOST_STAT);
  return text === null ? null : parseProcessStat(text);
}

function ancestors(stats: ReadonlyMap<number, ProcessStat>, processId: number): ReadonlySet<number> {
  const found = new Set<number>();
  let id: number | undefined = processId;
  // While they are read one may end and its number be given away: that must not lead in circles.
  while (id !== undefined && id > 0 && !found.has(id)) {
    found.add(id);
    id = stats.get(id)?.parent;
  }
  return found;
}

function isOwnedBy(place: string, userId: number | null): boolean {
  try {
    return statSync(place).uid === userId;
  } catch {
    return false;
  }
}

function heldOf(
  environ: Bytes,
  names: readonly string[],
  fingerprints: Pick<Fingerprints, 'of'>,
): RunningProgram['holds'] {
  const wanted = new Set(names);
  const found = new Map<string, string>();
  for (const pair of nulSeparated(environ)) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    // Of a name that is there twice the first one counts, as for getenv(3).
    if (equals > 0 && wanted.has(name) && !found.has(name)) found.set(name, pair.slice(equals + 1));
  }
  return [...found].flatMap(([name, bytes]) => {
    // As everywhere: trimmed, and white space alone is nothing.
    const text = Buffer.from(bytes, 'latin1').toString('utf8').trim();
    return text === '' ? [] : [{ name, fingerprint: fingerprints.of(text) }];
  });
}

function folderOf(place: string): string | null {
  const folder = linkOf(path.join(place, 'cwd'));
  return folder === null || folder.endsWith(' (deleted)') ? null : folder;
}

function linkOf(place: string): string | null {
  try {
    return readlinkSync(place);
  } catch {
    return null;
  }
}

/** At most so many bytes; files of processes have no size beforehand. */
function readBytes(file: string, most: number): Bytes | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const parts: Buffer[] = [];
    let total = 0;
    while (total < most) {
      const part = Buffer.alloc(Math.min(64 * 1024, most - total));
      const read = readSync(descriptor, part);
      if (read === 0) break;
      parts.push(part.subarray(0, read));
      total += read;
    }
    return Buffer.concat(parts).toString('latin1');
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
