import type { Conflict } from '../../core/conflict.ts';
import { answeredVerdict } from '../../core/settle-ladder.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { VerdictMark } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';

/** The verdict of one mode as a shape. What costs money comes before what wants attention; a question at home is no alarm. */
export function verdictMark(inspection: Inspection): VerdictMark {
  const { verdict } = inspection;
  if (verdict.outcome === 'asks' && !isHomeTrust(inspection)) return 'attention';
  const answered = answeredVerdict(verdict);
  switch (answered.outcome) {
    case 'unknown':
      return 'unknown';
    case 'refuses':
      return isMissed(inspection, answered) ? 'broken' : 'nothing';
    case 'asks':
      return 'attention';
    case 'sends':
      return sentMark(inspection, answered);
  }
}

/** Claude Code never stores trust for the home folder, so it asks there each time: nothing to alarm about. */
export function isHomeTrust({ verdict, facts: { place } }: Inspection): boolean {
  return verdict.asks === 'folder-trust' && place.home !== null && place.folder === place.home;
}

/** At home the question about trust comes every time: the answer after a yes is shown, and the question as a line. */
export function atHome(inspection: Inspection): Inspection {
  return isHomeTrust(inspection)
    ? { ...inspection, verdict: answeredVerdict(inspection.verdict) }
    : inspection;
}

function sentMark(inspection: Inspection, { authorization, xApiKey }: Verdict): VerdictMark {
  const here = conflictsHere(inspection);
  const broken =
    [authorization, xApiKey].some((slot) => slot?.broken === true) ||
    here.some(({ code }) => BROKEN.includes(code));
  if (broken) return 'broken';
  if (inspection.pays === 'metered') return 'metered';
  return here.some(({ severity }) => severity !== 'info') ? 'attention' : 'fine';
}

/** What somebody wrote and what is lost by a fault; a key that the server itself refused. */
const BROKEN: readonly Conflict['code'][] = ['settings-file-dropped', 'stale-key'];

/** Whether a person would expect something to be sent: a bare run without a key is as it should be. */
function isMissed(inspection: Inspection, { refuses }: Verdict): boolean {
  if (refuses !== 'not-logged-in') return true;
  return conflictsHere(inspection).some(({ severity }) => severity !== 'info');
}

/** What holds in the mode that was asked for. */
export function conflictsHere({ conflicts, context }: Inspection): readonly Conflict[] {
  return conflicts.filter(({ modes }) => modes.includes(context.mode));
}

/** The mark in words, for a screen reader and the legend. */
export const MARK_WORDS: Readonly<Record<VerdictMark, string>> = {
  fine: 'fine',
  metered: 'you pay per use',
  attention: 'needs attention',
  broken: 'broken',
  unknown: 'not known',
  nothing: 'nothing is sent',
};

/** Worst last. */
const GRAVITY: readonly VerdictMark[] = ['nothing', 'fine', 'unknown', 'attention', 'metered', 'broken'];

/** Whether one mark is worse than another. */
export function isWorse(mark: VerdictMark, than: VerdictMark): boolean {
  return GRAVITY.indexOf(mark) > GRAVITY.indexOf(than);
}
