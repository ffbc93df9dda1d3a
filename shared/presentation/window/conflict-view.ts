import type { Conflict, Severity } from '../../core/conflict.ts';
import type { ConflictCard, VerdictMark } from '../../ipc/snapshot.ts';
import type { Inspection } from '../../usecases/inspect.ts';
import { groupedConflicts } from '../grouped-conflicts.ts';
import { modesSubject } from '../mode-words.ts';
import { remedyTitle } from '../remedy-titles.ts';
import { remedyChange, remedyPlace } from './ladder-view.ts';
import type { PlaceBook } from './place-book.ts';

/** Most expensive first: what costs money, then by severity; those of another mode come last and say so. */
export function conflictCards(inspection: Inspection, book: PlaceBook): readonly ConflictCard[] {
  const { conflicts, facts, context } = inspection;
  const order = [...conflicts].sort((one, other) => weight(one, inspection) - weight(other, inspection));
  return groupedConflicts(order, facts).map(({ conflict, parts: { title, cause, consequence } }, at) => ({
    key: `${conflict.code}-${String(at)}`,
    code: conflict.code,
    mark: markOf(conflict),
    severity: conflict.severity,
    title: conflict.modes.includes(context.mode)
      ? title
      : `${title} (${modesSubject(conflict.modes).toLowerCase()} only)`,
    cause,
    consequence,
    remedies: conflict.remedies
      .filter(({ id }) => id !== 'leave-as-is')
      .map((remedy, number) => ({
        key: `${conflict.code}-${String(at)}-${String(number)}`,
        title: remedyTitle(remedy, facts),
        note: null,
        place: remedyPlace(remedy.origin, book),
        change: remedyChange(remedy, book),
      })),
  }));
}

const GRAVITY: readonly Severity[] = ['critical', 'warning', 'info'];
const COSTLY: ReadonlySet<Conflict['code']> = new Set(['metered-over-subscription']);

function weight(conflict: Conflict, { context }: Inspection): number {
  const here = conflict.modes.includes(context.mode) ? 0 : 10;
  const severity = COSTLY.has(conflict.code) ? -1 : GRAVITY.indexOf(conflict.severity);
  return here + severity;
}

function markOf({ code, severity }: Conflict): VerdictMark {
  if (COSTLY.has(code)) return 'metered';
  if (severity === 'critical') return 'broken';
  return severity === 'warning' ? 'attention' : 'nothing';
}
