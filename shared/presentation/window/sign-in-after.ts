import { EVERYDAY_MODES } from '../../core/conflict-finding/conflict-rule.ts';
import { answeredVerdict, winnerOf } from '../../core/settle-ladder.ts';
import type { LoginWay } from '../../core/sign-in/claude-login.ts';
import type { AfterRow } from '../../ipc/change-snapshot.ts';
import type { RungRow } from '../../ipc/snapshot.ts';
import { losingModes } from '../../usecases/desk/sign-in-task.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { answerLabel } from '../answer-label.ts';
import { answerSentence } from '../answer-sentence.ts';
import type { Calendar } from '../days.ts';
import { modesSubject } from '../mode-words.ts';
import { readingLabel } from '../origin-label.ts';
import { payerSentence } from '../payer-sentences.ts';
import { afterWords } from '../plan-after.ts';
import { slotPhrase } from '../source-label.ts';
import { afterView } from './change-task-view.ts';
import { ladderView } from './ladder-view.ts';
import type { PlaceBook } from './place-book.ts';
import { atHome } from './verdict-mark.ts';

/** What each mode uses with or without a login. Of bare runs only what changes is told. */
export function signInAfter(
  now: readonly Inspection[],
  then: readonly Inspection[],
  isSo: boolean,
): readonly AfterRow[] {
  return afterWords(now, then).flatMap((row): AfterRow[] => {
    if (row.mode === 'bare' && !row.changed) return [];
    const after = then.find(({ context }) => context.mode === row.mode);
    const view = afterView(row);
    if (after === undefined) return [view];
    const isMetered = row.sends && after.pays === 'metered';
    const mark = isMetered ? 'metered' : isSo && view.mark === 'next' ? 'wins' : view.mark;
    return [{ ...view, mark, value: `${row.label}${placeOf(after)}` }];
  });
}

/** How much of a path fits into a row: characters. */
const ROOM = 28;

/** “ from ~/.zshrc:42”; a login has no place that anybody opens. */
function placeOf({ verdict, facts }: Inspection): string {
  const winner = winnerOf(answeredVerdict(verdict));
  if (winner === null || LOGINS.has(winner.source)) return '';
  return ` from ${readingLabel(winner.reading, facts, ROOM)}`;
}

const LOGINS: ReadonlySet<string> = new Set(['claude-login', 'console-key', 'profile', 'cloud-provider']);

/** “Print runs still send the API key.”; `null` where the login is what is sent. */
export function stillSent(then: readonly Inspection[], way: LoginWay): string | null {
  const losing = losingModes(then, way);
  const [first] = losing;
  const winner = first === undefined ? null : winnerOf(answeredVerdict(first.verdict));
  if (first === undefined || winner === null) return null;
  const who = modesSubject(losing.map(({ context }) => context.mode));
  return `${who} still send ${slotPhrase(winner, first.facts)}.`;
}

/** What would let the login be used: the first that Credence can do about what is sent in its place. */
export function clearWhatWins(
  then: readonly Inspection[],
  way: LoginWay,
  book: PlaceBook,
  calendar: Calendar,
): { readonly id: string; readonly label: string } | null {
  for (const inspection of losingModes(then, way)) {
    const source = winnerOf(answeredVerdict(inspection.verdict))?.source;
    const rung = ladderView(inspection, book, calendar).rows.find(
      (row): row is RungRow => row.kind === 'rung' && row.source === source,
    );
    const remedy = rung?.remedies.find(({ change }) => change !== null);
    if (remedy?.change != null) return { id: remedy.change, label: `${remedy.title}…` };
  }
  return null;
}

/** What is sent now: “Claude Code here: Max login. …”, or a sentence for each mode where they differ. */
export function whatWinsNow(current: readonly Inspection[]): readonly string[] {
  const usual = current.filter(({ context }) => EVERYDAY_MODES.includes(context.mode)).map(atHome);
  const labels = usual.map(labelled);
  const [first] = labels;
  if (first !== undefined && labels.every((label) => label === first)) return [`Claude Code here: ${first}`];
  return usual.map((inspection) => withPayer(answerSentence(inspection), inspection));
}

const labelled = (inspection: Inspection): string => {
  const asks = inspection.verdict.outcome === 'asks' ? ', after a question' : '';
  const label = answerLabel(answeredVerdict(inspection.verdict), inspection.facts);
  return withPayer(`${label}${asks}.`, inspection);
};

const withPayer = (text: string, inspection: Inspection): string =>
  [text, payerSentence(inspection)].filter((part) => part !== null).join(' ');
