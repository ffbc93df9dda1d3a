import { certaintyOf, type Assignment } from './assignment.ts';

/** An assignment of a file in which every line is exported and none depends on a condition. */
export function exportedAssignment(
  name: string,
  line: number,
  value: string | null,
  pathAsWritten: string | null = null,
): Assignment {
  return {
    name,
    line,
    certainty: certaintyOf(value, false),
    conditional: false,
    exported: true,
    value,
    pathAsWritten,
    kind: 'set',
  };
}

export function removedAssignment(name: string, line: number): Assignment {
  return { ...exportedAssignment(name, line, null), certainty: 'literal', kind: 'unset' };
}
