import type { RemedyName } from '../../core/conflict.ts';
import type { State, LadderReading, Rung } from '../../core/ladder.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { SourceId } from '../../core/source-id.ts';
import type {
  LadderRow,
  Ladder,
  ReadingRow,
  RemedyRow,
  RungRow,
  Segment,
  StateMark,
  Tone,
} from '../../ipc/snapshot.ts';
import { wishOfRemedy } from '../../usecases/changes/wish-of-remedy.ts';
import type { SignInWish } from '../../usecases/desk/sign-in-task.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { expiryLabel } from '../expiry-sentences.ts';
import type { Calendar } from '../days.ts';
import { STATE_MARKS } from '../marks.ts';
import { originName } from '../origin-label.ts';
import { reasonSentence, type ReasonView } from '../reason-sentences.ts';
import { remedyTitle } from '../remedy-titles.ts';
import { ruleEvidence } from '../rule-evidence.ts';
import { sourceDetail, sourceTitle } from '../source-label.ts';
import { wordPair } from '../word-pair.ts';
import { filePlace, readingSegment, type PlaceBook } from './place-book.ts';

const MARKS: Readonly<Record<State, StateMark>> = {
  wins: 'wins',
  'also-sent': 'also',
  shadowed: 'shadowed',
  ignored: 'ignored',
  absent: 'absent',
  broken: 'broken',
  unreadable: 'unreadable',
  unknown: 'unreadable',
};

/** How much of a path fits beside a word pair: characters. */
const ROOM = 44;

/** The ladder as it is drawn: the line runs down to the last rung that is sent; runs of what is not set fold into one row. */
export function ladderView(inspection: Inspection, book: PlaceBook, calendar: Calendar): Ladder {
  const { ladder } = inspection;
  const last = ladder.reduce((end, rung, at) => (isSent(rung) ? at : end), -1);
  const rows: LadderRow[] = [];
  let run: Rung[] = [];
  const fold = (onLine: boolean): void => {
    if (run.length > 0) rows.push(foldedRow(run, onLine));
    run = [];
  };
  ladder.forEach((rung, at) => {
    if (rung.state === 'absent') {
      // A run that the line’s end would cut is two rows.
      if (at === last + 1) fold(true);
      run.push(rung);
      return;
    }
    fold(at <= last);
    rows.push(rungRow(rung, inspection, book, calendar, { onLine: at <= last, isEnd: at === last }));
  });
  fold(false);
  return {
    title: 'Where Claude Code looks, in order',
    rows,
    end: last < 0 ? null : 'Claude Code looks no further',
  };
}

const isSent = ({ state, reason }: Rung): boolean =>
  state === 'wins' || state === 'also-sent' || (state === 'broken' && SENT_BROKEN.has(reason.code));
/** A header that goes out empty is sent all the same. */
const SENT_BROKEN: ReadonlySet<string> = new Set(['helper-output-unusable', 'empty-value']);

function foldedRow(run: readonly Rung[], onLine: boolean): LadderRow {
  const titles = run.map(({ source }) => SHORT_TITLES.get(source) ?? sourceTitle(source));
  const [first = '', ...others] = titles;
  const shown = [first, ...others.map(lowered)];
  const label =
    shown.length <= MOST_NAMED
      ? shown.join(', ')
      : `${shown.slice(0, MOST_NAMED - 1).join(', ')} and ${String(shown.length - MOST_NAMED + 1)} more`;
  return {
    kind: 'folded',
    key: `not-set-${run[0]?.source ?? ''}`,
    label,
    word: STATE_MARKS.absent.word,
    onLine,
  };
}
/** In a list of what is not there a word is enough. */
const SHORT_TITLES: ReadonlyMap<SourceId, string> = new Map([
  ['gateway-session', 'Gateway'],
  ['cloud-provider', 'Cloud'],
  ['api-key-helper', 'Helper'],
]);
const MOST_NAMED = 4;
/** Names keep their capitals. */
const lowered = (title: string): string =>
  /^(API|OAuth|Claude|Console)\b/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

function rungRow(
  rung: Rung,
  inspection: Inspection,
  book: PlaceBook,
  calendar: Calendar,
  line: { readonly onLine: boolean; readonly isEnd: boolean },
): RungRow {
  const { facts, verdict } = inspection;
  const best = bestOf(rung);
  const place = best === null ? null : readingSegment(best.reading, facts, book, ROOM);
  const clock = inspection.expiry.find(({ source, kind }) => source === rung.source && kind !== 'access');
  const note = clock === undefined || clock.state === 'unknown' ? null : expiryLabel(clock, calendar);
  return {
    kind: 'rung',
    key: rung.source,
    source: rung.source,
    title: sourceTitle(rung.source),
    detail: detailOf(rung, best, inspection),
    mark: MARKS[rung.state],
    tone: toneOf(rung.state, inspection),
    word: STATE_MARKS[rung.state].word,
    place,
    note,
    wordPair: best === null ? null : pairOf(best),
    ...line,
    reason: reasonSentence(rung.reason, reasonView(rung, best, inspection)),
    rule: ruleOf(rung, inspection),
    readings: rung.readings.map((reading, at) => readingRow(rung, reading, at, inspection, book)),
    remedies: remediesOf(rung, inspection, book),
  };

  function ruleOf({ source }: Rung, { verdict: asked }: Inspection): RungRow['rule'] {
    const { authorization, xApiKey } = answeredVerdict(asked);
    const slot = [authorization, xApiKey].find((filled) => filled?.source === source);
    const rule = slot === undefined || slot === null ? null : ruleEvidence(slot.rule);
    return rule === null || slot == null ? null : { id: slot.rule, says: rule.says, evidence: rule.evidence };
  }

  function detailOf(
    { source }: Rung,
    reading: LadderReading | null,
    { facts: { profiles } }: Inspection,
  ): RungRow['detail'] {
    const plan = sourceDetail(source, facts, verdict.provider);
    if (plan !== null) return { text: plan, isCode: false };
    const name =
      reading === null || profiles.selected?.reading === reading.reading
        ? null
        : originName(reading.reading.origin);
    return name === null || source === 'claude-login' ? null : { text: name, isCode: true };
  }
}

/** The reading that the row stands for. */
function bestOf(rung: Rung): LadderReading | null {
  return (
    rung.readings.find(({ state, reason }) => state === rung.state && reason.code === rung.reason.code) ??
    rung.readings[0] ??
    null
  );
}

function pairOf({ reading: { fingerprint } }: LadderReading): string | null {
  return fingerprint === null ? null : wordPair(fingerprint);
}

function toneOf(state: State, { pays }: Inspection): Tone {
  switch (state) {
    case 'wins':
      return pays === 'metered' ? 'amber' : 'ink';
    case 'also-sent':
      return 'ink';
    case 'broken':
      return 'red';
    case 'unreadable':
    case 'unknown':
      return 'amber';
    case 'shadowed':
    case 'ignored':
    case 'absent':
      return 'quiet';
  }
}

function reasonView(
  rung: Rung,
  reading: LadderReading | null,
  { facts, context, verdict }: Inspection,
): ReasonView {
  return { source: rung.source, reading: reading?.reading ?? null, facts, context, verdict };
}

function readingRow(
  rung: Rung,
  found: LadderReading,
  at: number,
  inspection: Inspection,
  book: PlaceBook,
): ReadingRow {
  return {
    key: `${rung.source}-${String(at)}`,
    mark: MARKS[found.state],
    tone: toneOf(found.state, inspection),
    word: STATE_MARKS[found.state].word,
    place: readingSegment(found.reading, inspection.facts, book),
    wordPair: pairOf(found),
    why: reasonSentence(found.reason, reasonView(rung, found, inspection)),
  };
}

/** What can be done about this source: the remedies of the conflicts that are about it. */
function remediesOf(
  { source }: Rung,
  { conflicts, facts }: Inspection,
  book: PlaceBook,
): readonly RemedyRow[] {
  const rows = new Map<string, RemedyRow>();
  for (const { about, remedies } of conflicts) {
    if (about.source !== source) continue;
    for (const remedy of remedies) {
      if (remedy.id === 'leave-as-is') continue;
      const title = remedyTitle(remedy, facts);
      if (rows.has(title)) continue;
      rows.set(title, {
        key: `${source}-${String(rows.size)}`,
        title,
        note: null,
        place: remedyPlace(remedy.origin, book),
        change: remedyChange(remedy, book),
      });
    }
  }
  return [...rows.values()];
}

/** Which remedies are a login: Claude Code does it, and Credence has it begin. */
const SIGN_INS: Readonly<Partial<Record<RemedyName['id'], SignInWish>>> = {
  'log-in': { do: 'login', way: 'claude' },
  'log-in-with-subscription': { do: 'login', way: 'claude' },
  'log-out': { do: 'log-out' },
};

/** The id of what Credence would do for it; `null`: a person has to. */
export function remedyChange(remedy: RemedyName, book: PlaceBook): string | null {
  const signIn = SIGN_INS[remedy.id];
  if (signIn !== undefined) return book.signIns.idOf(signIn);
  const wish = wishOfRemedy(remedy);
  return wish === null ? null : book.wishes.idOf(wish);
}

/** Where a remedy would change something: to be opened by hand. */
export function remedyPlace(
  origin: Parameters<typeof filePlace>[0] | undefined,
  book: PlaceBook,
): Extract<Segment, { kind: 'place' }>['id'] {
  const place = origin === undefined ? null : filePlace(origin);
  return place === null ? null : book.idOf(place);
}
