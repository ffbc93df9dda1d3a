import { helperConflict } from '../conflict-finding/helper-run.ts';
import type { ConflictRule } from '../conflict-finding/conflict-rule.ts';

/** The helper takes over ten seconds: Claude Code shows a notice, and requests wait. */
export const helperSlow: ConflictRule = {
  code: 'helper-slow',
  find: (view) => helperConflict('helper-slow', view),
};
