import type { Conflict, ConflictCode } from '../conflict.ts';
import type { HelperProblem, HelperRun } from '../facts.ts';
import { inEveryMode, type ConflictView } from './conflict-rule.ts';

/** From here on Claude Code shows a notice: milliseconds. */
export const SLOW = 10_000;

type HelperConflict = Extract<ConflictCode, `helper-${string}`>;

/** Which of the helper's conflicts a run shows; a run is only there when the user asked for one. */
export function helperConflict(code: HelperConflict, view: ConflictView): readonly Conflict[] {
  const helper = view.facts.helpers.find(({ run }) => run !== null);
  if (helper?.run == null || !shows(code, helper.run)) return [];
  const { run, origin } = helper;
  return [
    inEveryMode(
      code,
      code === 'helper-slow' ? 'warning' : 'critical',
      {
        source: 'api-key-helper',
        origin,
        time: run.milliseconds,
        ...(run.ok ? {} : { detail: run.problem }),
      },
      [
        { id: 'repair-helper', origin },
        { id: 'run-helper', origin },
      ],
    ),
  ];
}

const BAD_ENDS: readonly HelperProblem[] = ['exit-code', 'timed-out', 'not-started'];

function shows(code: HelperConflict, run: HelperRun): boolean {
  switch (code) {
    case 'helper-slow':
      return run.milliseconds > SLOW;
    case 'helper-failing':
      return !run.ok && BAD_ENDS.includes(run.problem);
    case 'helper-unusable-output':
      return !run.ok && !BAD_ENDS.includes(run.problem);
  }
}
