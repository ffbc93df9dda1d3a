/** Where things stand in a script, for those who edit it; whoever only wants to know what it sets does without. */
export interface StatementNotes {
  /** Offsets behind the line ends at which nothing is open: a statement at top level may begin there. Ascending. */
  readonly starts: number[];
  /** Where each comment begins and ends, in turn; ascending. */
  readonly comments: number[];
  /** How far the script was read: what stands behind is never run. */
  end: number;
}

export function newStatementNotes(): StatementNotes {
  return { starts: [], comments: [], end: 0 };
}
