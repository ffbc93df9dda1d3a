import type { DiffHunk } from '../core/remedies/masked-diff.ts';
import type { LeftPlace, Plan, Remaining, Step } from '../core/remedies/plan.ts';
import type { Inspection } from '../usecases/inspect.ts';
import type { StillSet } from '../usecases/changes/still-set.ts';
import { REFUSAL_SENTENCES } from './change-refusals.ts';
import { branchJson, originJson, SCHEMA_VERSION, type Json } from './status-json.ts';

/** `credence clear NAME --json` without `--apply`: what would be done. Fields are a contract: add, never rename. */
export function planJson(plan: Plan, now: readonly Inspection[], then: readonly Inspection[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    applied: false,
    planId: plan.id,
    goal: goalJson(plan.goal),
    steps: plan.steps.map(stepJson),
    left: plan.left.map(leftJson),
    remains: plan.remains.map(remainingJson),
    now: now.map(modeJson),
    then: then.map(modeJson),
  };
}

/** `credence clear NAME --apply --json`: what was done, and what still sets the names. */
export function appliedJson(
  plan: Plan,
  changeId: string | null,
  still: readonly StillSet[],
  then: readonly Inspection[],
): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    applied: changeId !== null,
    changeId,
    planId: plan.id,
    goal: goalJson(plan.goal),
    steps: plan.steps.map(stepJson),
    left: plan.left.map(leftJson),
    stillSet: still.map(({ name, where, origin, processes }) => ({
      name,
      where,
      origin: origin === null ? null : originJson(origin),
      processes: processes.map((process) => ({ ...process })),
    })),
    now: then.map(modeJson),
  };
}

function goalJson(goal: Plan['goal']): Json {
  return 'names' in goal ? { ...goal, names: [...goal.names] } : { ...goal };
}

function stepJson(step: Step): Json {
  switch (step.kind) {
    case 'file':
      return {
        kind: step.kind,
        place: step.place,
        path: step.path,
        realPath: step.realPath,
        scope: step.scope,
        action: step.action,
        lines: step.lines.map((line) => ({ ...line })),
        diff: step.diff.map(hunkJson),
        tracked: step.tracked,
      };
    case 'mode':
    case 'variable':
    case 'key':
      return { ...step };
  }
}

export function hunkJson({ lines }: DiffHunk): Json {
  return { lines: lines.map((line) => ({ ...line })) };
}

function leftJson(left: LeftPlace): Json {
  return { ...left, message: REFUSAL_SENTENCES[left.why] };
}

function remainingJson({ kind, name, same, processes }: Remaining): Json {
  return { kind, name, same, processes: processes.map((process) => ({ ...process })) };
}

/** With what follows a question: in a folder that is not trusted yet every mode would else only say that it asks. */
function modeJson({ context, verdict, facts }: Inspection): Json {
  return { mode: context.mode, ...branchJson(verdict, facts) };
}
