import type { Conflict } from '../core/conflict.ts';
import type { Facts } from '../core/facts.ts';
import type { Origin } from '../core/origin.ts';
import { conflictParts, remedyTitle, type ConflictParts } from './conflict-messages.ts';
import { plainLabel } from './origin-label.ts';

export interface ConflictGroup {
  /** The first of the group; it stands for the rest. */
  readonly conflict: Conflict;
  readonly parts: ConflictParts;
  /** What can be done, as labels; leaving it as it is goes without saying. */
  readonly steps: readonly string[];
}

/** Several files with one trouble are said in one breath. */
export function groupedConflicts(conflicts: readonly Conflict[], facts: Facts): readonly ConflictGroup[] {
  const loose = conflicts.filter(({ code }) => code === 'loose-file-mode');
  return conflicts.flatMap((conflict): ConflictGroup[] => {
    const parts = conflictParts(conflict, facts);
    if (conflict.code !== 'loose-file-mode' || loose.length === 1)
      return [{ conflict, parts, steps: stepsOf(conflict, facts) }];
    if (conflict !== loose[0]) return [];
    const files = loose.map(({ about }) =>
      about.origin === undefined ? 'a file' : plainLabel(withoutLine(about.origin), facts),
    );
    return [
      {
        conflict,
        parts: {
          title: `Others can read ${String(loose.length)} files with credentials`,
          cause: `${list(files)} can be read by other users of this computer, as their modes say.`,
          consequence: 'A credential in them is no secret there.',
        },
        steps: ['Let nobody else read them'],
      },
    ];
  });
}

function stepsOf({ remedies }: Conflict, facts: Facts): readonly string[] {
  return remedies.filter(({ id }) => id !== 'leave-as-is').map((remedy) => remedyTitle(remedy, facts));
}

/** The file as a whole. */
function withoutLine(origin: Origin): Origin {
  const { kind, path } = origin;
  return path === undefined ? { kind } : { kind, path };
}

function list(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
