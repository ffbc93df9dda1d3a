import { withLikelyOrigin } from '../../core/conflict-finding/likely-origin.ts';
import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import type { Reading } from '../../core/reading.ts';
import type { PlaceId, Segment } from '../../ipc/snapshot.ts';
import { plainLabel, readingLabel, readingPhrase } from '../origin-label.ts';
import type { SignInWish } from '../../usecases/desk/sign-in-task.ts';
import { printable } from '../printable.ts';
import { nameBook, type NameBook } from './name-book.ts';
import { wishBook, type WishBook } from './wish-book.ts';

/** A file that can be opened, at a line where there is one. */
export interface FilePlace {
  readonly path: string;
  readonly line: number | null;
}

/**
 * Gives places ids, so that the window can name them without a path. One book for the life of the app: an id means the same
 * place in every snapshot.
 */
export interface PlaceBook {
  readonly idOf: (place: FilePlace) => PlaceId;
  readonly find: (id: PlaceId) => FilePlace | null;
  /** The same for what can be changed. */
  readonly wishes: WishBook;
  /** And for what begins with signing in or out. */
  readonly signIns: WishBook<SignInWish>;
  /** And for those whom a person can sign in to. */
  readonly organisations: NameBook;
}

/** More places than one home can show; the oldest are forgotten then. */
const CAPACITY = 4_000;
/** Longest title: characters. A full path may be shown, a page of text may not. */
const LONGEST_TITLE = 4_096;

export function placeBook(): PlaceBook {
  const ids = new Map<string, PlaceId>();
  const places = new Map<PlaceId, FilePlace>();
  let count = 0;
  return {
    idOf: (place) => {
      const key = `${String(place.line)}:${place.path}`;
      const known = ids.get(key);
      if (known !== undefined) return known;
      count += 1;
      const id = `place-${String(count)}`;
      ids.set(key, id);
      places.set(id, place);
      forgetOldest(ids, places);
      return id;
    },
    find: (id) => places.get(id) ?? null,
    wishes: wishBook(),
    signIns: wishBook<SignInWish>('begin'),
    organisations: nameBook('organisation'),
  };
}

function forgetOldest(ids: Map<string, PlaceId>, places: Map<PlaceId, FilePlace>): void {
  if (ids.size <= CAPACITY) return;
  const [oldest] = ids;
  if (oldest === undefined) return;
  ids.delete(oldest[0]);
  places.delete(oldest[1]);
}

/** Where an origin can be opened; `null` for a process, a keychain, a registry. */
export function filePlace({ kind, path, line, scope }: Origin): FilePlace | null {
  if (path === undefined || !OPENABLE.has(kind) || !/^(\/|[A-Za-z]:\\|\\\\)/.test(path)) return null;
  if (scope === 'flag' && /[{"]/.test(path)) return null;
  return { path, line: line ?? null };
}

const OPENABLE: ReadonlySet<Origin['kind']> = new Set([
  'login-shell',
  'settings',
  'claude-json',
  'credentials-file',
  'profile-file',
  'cloud-file',
  'etc-environment',
  'launchd',
  'systemd',
  'vscode',
  'dotenv',
  'direnv',
  'mise',
]);

/** The place of a reading to be read and opened: for a value of the process the start-up line it probably came from. */
export function readingSegment(reading: Reading, facts: Facts, book: PlaceBook, max?: number): Segment {
  return placeSegment(readingLabel(reading, facts, max), likelyOrigin(reading, facts), book);
}

function likelyOrigin(reading: Reading, facts: Facts): Origin {
  const likely = withLikelyOrigin(reading, facts).likelyFrom?.[0];
  return likely === undefined
    ? reading.origin
    : { kind: 'login-shell', path: likely.path, line: likely.line };
}

/** The same for a sentence, which names it at full length. */
export function namedPlace(
  reading: Reading,
  facts: Facts,
  book: PlaceBook,
): { readonly named: string; readonly segment: Segment } {
  const text = readingPhrase(reading, facts, SENTENCE_ROOM);
  const segment = placeSegment(text, likelyOrigin(reading, facts), book);
  const opens = segment.kind === 'place' && segment.id !== null;
  return { named: opens ? readingPhrase(reading, facts) : '', segment };
}

/** How much of a path fits into a line of the answer: characters. */
const SENTENCE_ROOM = 34;

export function originSegment(origin: Origin, facts: Facts, book: PlaceBook): Segment {
  return placeSegment(plainLabel(origin, facts, SENTENCE_ROOM), origin, book);
}

function placeSegment(text: string, origin: Origin, book: PlaceBook): Segment {
  const place = filePlace(origin);
  return {
    kind: 'place',
    text,
    title: place === null ? text : fullTitle(place),
    id: place === null ? null : book.idOf(place),
  };
}

function fullTitle({ path, line }: FilePlace): string {
  return printable(line === null ? path : `${path}:${String(line)}`, LONGEST_TITLE);
}
