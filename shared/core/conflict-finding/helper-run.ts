import type { Conflict, ConflictCode, RemedyName } from '../conflict.ts';
import type { Facts, HelperProblem, HelperRun, HelperSetting } from '../facts.ts';
import { signInEnded } from '../sign-in/sign-in-ended.ts';
import { inEveryMode, type ConflictView } from './conflict-rule.ts';

/** From here on Claude Code shows a notice: milliseconds. */
export const SLOW = 10_000;

type HelperConflict = Extract<ConflictCode, `helper-${string}`>;

/**
 * Which of the helper's conflicts a run shows; a run is only there when the user asked for one. That a sign-in has ended whose token
 * the helper prints is known without.
 */
export function helperConflict(code: HelperConflict, view: ConflictView): readonly Conflict[] {
  const ended = withoutToken(view.facts);
  if (ended !== null) return code === 'helper-failing' ? [ended] : [];
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
      remediesOf(helper, view.facts),
    ),
  ];
}

/** Credence's own helper is not what has to be repaired. */
function remediesOf({ origin, organisation }: HelperSetting, facts: Facts): readonly RemedyName[] {
  const again: RemedyName = { id: 'run-helper', origin };
  if (organisation === null) return [{ id: 'repair-helper', origin }, again];
  return facts.organisation === null ? [signIn(organisation), again] : [again];
}

const signIn = (organisation: string): RemedyName => ({ id: 'sign-in-to-provider', target: organisation });

function withoutToken({ helpers, organisation: note, takenAt }: Facts): Conflict | null {
  const helper = helpers.at(-1);
  if (helper === undefined || helper.run?.ok === true || note === null || !signInEnded(note, takenAt))
    return null;
  const { origin } = helper;
  const about = { source: 'api-key-helper', origin, name: note.provider, detail: 'sign-in-ended' } as const;
  return inEveryMode('helper-failing', 'critical', about, [signIn(note.provider)]);
}

const BAD_ENDS: readonly HelperProblem[] = ['exit-code', 'not-started'];

function shows(code: HelperConflict, run: HelperRun): boolean {
  switch (code) {
    case 'helper-slow':
      return run.milliseconds > SLOW;
    case 'helper-failing':
      return !run.ok && BAD_ENDS.includes(run.problem);
    case 'helper-unusable-output':
      return !run.ok && run.problem !== 'timed-out' && !BAD_ENDS.includes(run.problem);
  }
}
