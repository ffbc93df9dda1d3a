import { certaintyOf, type Assignment } from './assignment.ts';

/**
 * What a shell may end with for one variable, given the variable's assignments in the order in which they are read
 * (of one file or of several). Later ones win, a removal removes, and what may not run leaves what was there before as
 * a candidate.
 *
 * The candidates come least likely first, so the last is the best guess; there is exactly one when nothing is in
 * doubt. A removal is only listed while something before it may still be there. An exported variable stays exported
 * when a later file merely sets it.
 * What else the given assignments carry is kept.
 */
export function lastEffective<T extends Assignment>(assignments: readonly T[]): readonly T[] {
  let candidates: T[] = [];
  for (const assignment of assignments) {
    if (assignment.kind === 'scoped') continue;
    if (!assignment.conditional) {
      const kept = keepsExport(assignment, candidates);
      candidates = assignment.kind === 'unset' ? [] : [kept];
    } else if (assignment.kind === 'set' || candidates.length > 0) {
      candidates.push(keepsExport(assignment, candidates));
    }
  }
  return candidates.every((candidate) => candidate.kind === 'unset') ? [] : candidates;
}

function keepsExport<T extends Assignment>(assignment: T, candidates: readonly T[]): T {
  const before = candidates.at(-1);
  if (assignment.kind !== 'set' || assignment.exported || before?.kind !== 'set' || !before.exported)
    return assignment;
  const conditional = assignment.conditional || before.conditional;
  return {
    ...assignment,
    exported: true,
    conditional,
    certainty: certaintyOf(assignment.value, conditional),
  };
}
