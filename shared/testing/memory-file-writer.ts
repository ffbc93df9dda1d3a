import { joinPath } from '../core/paths.ts';
import type { Bytes } from '../core/remedies/text-edit.ts';
import type { WriteRefusal } from '../core/remedies/write-refusal.ts';
import { MOST_FILE_BYTES, type FileLook, type FileWriter, type WriteAnswer } from '../ports/file-writer.ts';
import type { FileEntry, FileTreeEntry } from './file-tree.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { sha256OfBytes } from './pure-digests.ts';

/** One thing that a writer was asked to do to a file, counted from 1. */
export interface WriterCall {
  readonly number: number;
  readonly kind: 'replace' | 'changeMode' | 'remove';
  readonly path: string;
}

export interface MemoryFileWriterOptions {
  /** `null`: there is none, so no link is followed. */
  readonly home?: string | null;
  /** A refusal to be given instead; or that the program ends here, with the change not yet made, or made and not yet told. */
  readonly strike?: (call: WriterCall) => WriteRefusal | 'ends-before' | 'ends-after' | null;
  /** For what a {@link FileTreeEntry} cannot say: other owners, several names, immutable files. */
  readonly refuse?: (realPath: string) => WriteRefusal | null;
}

export interface MemoryFileWriter extends FileWriter {
  readonly calls: readonly WriterCall[];
}

/** Thrown where a program would have ended; nothing but a test catches it. */
export class ProgramEnded extends Error {}

const MOST_LINKS = 40;
const OWNER_MAY_WRITE = 0o200;
const OWNER_MAY_FILL = 0o300;

/** Changes files of a disk in memory, whose `files` then has them as they are. */
export function memoryFileWriter(
  disk: MemoryDisk,
  { home = '/home/p', strike = () => null, refuse = () => null }: MemoryFileWriterOptions = {},
): MemoryFileWriter {
  const calls: WriterCall[] = [];
  const settled = (path: string): Settled => settle(disk, home, path);
  const seen = (path: string, isReplaced: boolean): Seen => {
    const place = settled(path);
    if (place.state !== 'there') return place;
    const why = refuse(place.realPath);
    return why === null ? see(disk, place, isReplaced) : { state: 'refused', why };
  };
  const call = (
    kind: WriterCall['kind'],
    path: string,
    plan: () => WriteRefusal | (() => string),
  ): Promise<WriteAnswer> => {
    const one = { number: calls.length + 1, kind, path };
    calls.push(one);
    const struck = strike(one);
    if (struck === 'ends-before') return Promise.reject(new ProgramEnded());
    if (struck !== null && struck !== 'ends-after') return Promise.resolve({ ok: false, why: struck });
    const planned = plan();
    if (typeof planned === 'string') return Promise.resolve({ ok: false, why: planned });
    const digest = planned();
    if (struck === 'ends-after') return Promise.reject(new ProgramEnded());
    return Promise.resolve({ ok: true, digest });
  };
  /** For what is to be as it was. */
  const ifExpected = (
    path: string,
    expected: string,
    isReplaced: boolean,
    act: (file: SeenFile) => string,
  ): WriteRefusal | (() => string) => {
    const file = seen(path, isReplaced);
    if (file.state === 'refused') return file.why;
    if (file.state === 'absent' || file.look.digest !== expected) return 'changed';
    return () => act(file);
  };
  return {
    calls,
    look: (path) => {
      const found = seen(path, true);
      if (found.state === 'file') return Promise.resolve(found.look);
      if (found.state === 'refused') return Promise.resolve(found);
      const isThere = disk.files.inspect(folderOf(found.realPath))?.kind === 'folder';
      return Promise.resolve(
        isThere && !mayFill(disk, found.realPath) ? { state: 'refused', why: 'denied' } : { state: 'absent' },
      );
    },
    replace: (path, expected, bytes) =>
      call('replace', path, () => {
        if (bytes.length > MOST_FILE_BYTES) return 'too-large';
        if (expected !== null)
          return ifExpected(path, expected, true, ({ entry, look: { realPath } }) => {
            disk.lay(realPath, { ...entry, content: numbersOf(bytes) });
            return digestOf(bytes);
          });
        const place = settled(path);
        if (place.state === 'refused') return place.why;
        if (place.state === 'there') return 'changed';
        if (disk.files.inspect(folderOf(place.realPath))?.kind !== 'folder') return 'failed';
        if (!mayFill(disk, place.realPath)) return 'denied';
        return () => {
          disk.lay(place.realPath, { kind: 'file', mode: 0o600, content: numbersOf(bytes) });
          return digestOf(bytes);
        };
      }),
    changeMode: (path, expected, mode) =>
      call('changeMode', path, () =>
        ifExpected(path, expected, false, ({ entry, look: { realPath } }) => {
          disk.lay(realPath, { ...entry, mode });
          return expected;
        }),
      ),
    remove: (path, expected) =>
      call('remove', path, () => {
        const place = settled(path);
        if (place.state === 'there' && place.isLink) return 'changed';
        return ifExpected(path, expected, true, ({ look: { realPath } }) => {
          // A folder that only its files named would go with the last of them.
          disk.lay(folderOf(realPath), disk.entryAt(folderOf(realPath)) ?? { kind: 'folder' });
          disk.remove(realPath);
          return expected;
        });
      }),
    // Nothing is ever written beside.
    sweep: () => Promise.resolve(0),
  };
}

/** SHA-256, hexadecimal. */
export function digestOf(bytes: Bytes): string {
  return sha256OfBytes(numbersOf(bytes));
}

type Refusal = { readonly state: 'refused'; readonly why: WriteRefusal };
interface Place<State> {
  readonly state: State;
  readonly realPath: string;
  readonly isLink: boolean;
}
type Settled = Place<'there'> | Place<'absent'> | Refusal;
interface SeenFile {
  readonly state: 'file';
  readonly entry: FileEntry;
  readonly look: Extract<FileLook, { readonly state: 'file' }>;
}
type Seen = SeenFile | Place<'absent'> | Refusal;

const refused = (why: WriteRefusal): Refusal => ({ state: 'refused', why });

/** As the real writer follows a path: a link of the home, or one that is the path itself, must not lead out. */
function settle(disk: MemoryDisk, home: string | null, asked: string): Settled {
  if (!asked.startsWith('/') || asked.includes('\0')) return refused('failed');
  const realHome = home === null ? null : disk.files.realPath(home);
  const pending = stepsOf(asked);
  let here = '/';
  let [links, mustStay, isLink] = [0, false, false];
  for (let step = pending.shift(); step !== undefined; step = pending.shift()) {
    if (step === '..') {
      here = folderOf(here);
      continue;
    }
    const folder = disk.entryAt(here);
    if (isDenied(folder)) return refused('denied');
    const next = joinPath('posix', here, step);
    const entry = disk.entryAt(next);
    if (entry === null) {
      if (isLink) return refused('dangling-link');
      const realPath = [next, ...pending].join('/');
      if (mustStay && !isWithin(realHome, realPath)) return refused('link-out-of-home');
      return { state: 'absent', realPath, isLink };
    }
    if (typeof entry === 'string' || entry.kind !== 'link') {
      here = next;
      continue;
    }
    if (++links > MOST_LINKS) return refused('link-loop');
    const isLast = pending.length === 0;
    if (isLast || isWithin(realHome, next)) mustStay = true;
    if (isLast) isLink = true;
    pending.unshift(...stepsOf(entry.to));
    if (entry.to.startsWith('/')) here = '/';
  }
  if (mustStay && !isWithin(realHome, here)) return refused('link-out-of-home');
  return { state: 'there', realPath: here, isLink };
}

function see(disk: MemoryDisk, { realPath }: Place<'there'>, isReplaced: boolean): Seen {
  const reading = disk.files.read(realPath, MOST_FILE_BYTES, 'latin1');
  if (reading.state === 'absent') return refused('changed');
  if (reading.state !== 'read') return refused(reading.state);
  if (isReplaced && ((reading.mode & OWNER_MAY_WRITE) === 0 || !mayFill(disk, realPath)))
    return refused('denied');
  const { text: bytes, mode } = reading;
  const look = { state: 'file', bytes, digest: digestOf(bytes), mode, realPath } as const;
  const there = disk.entryAt(realPath);
  const entry: FileEntry =
    there === null || typeof there === 'string' || there.kind !== 'file'
      ? { kind: 'file', content: numbersOf(bytes), mode }
      : there;
  return { state: 'file', entry, look };
}

function mayFill(disk: MemoryDisk, path: string): boolean {
  const mode = disk.files.inspect(folderOf(path))?.mode ?? 0;
  return (mode & OWNER_MAY_FILL) === OWNER_MAY_FILL;
}

function isDenied(entry: FileTreeEntry | null): boolean {
  return entry !== null && typeof entry !== 'string' && entry.kind === 'folder' && entry.denied === true;
}

function isWithin(folder: string | null, path: string): boolean {
  return folder !== null && (path === folder || path.startsWith(`${folder}/`));
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function numbersOf(bytes: Bytes): readonly number[] {
  return Array.from(bytes, (character) => character.charCodeAt(0));
}
