import { helperConflict } from '../conflict-finding/helper-run.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The helper does not end well: a bad exit code, no start, or a sign-in behind it that has ended. */
export const helperFailing: ConflictRule = {
  code: 'helper-failing',
  find: (view) => helperConflict('helper-failing', view),
};
