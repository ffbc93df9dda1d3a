import { helperConflict } from '../conflict-finding/helper-run.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The helper ends well, but what it prints is not one token of printable ASCII. */
export const helperUnusableOutput: ConflictRule = {
  code: 'helper-unusable-output',
  find: (view) => helperConflict('helper-unusable-output', view),
};
