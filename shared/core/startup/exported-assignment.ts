import { certaintyOf, type Assignment } from './assignment.ts';

/** An assignment of a file in which every line is exported and none depends on a condition. */
export function exportedAssignment(name: string, line: number, value: string | null): Assignment {
  return {
    name,
    line,
    certainty: certaintyOf(value, false),
    conditional: false,
    exported: true,
    value,
    kind: 'set',
  };
}

export function removedAssignment(name: string, line: number): Assignment {
  return { name, line, certainty: 'literal', conditional: false, exported: true, value: null, kind: 'unset' };
}
