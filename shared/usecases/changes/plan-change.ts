import type { Facts } from '../../core/facts.ts';
import type { Goal, Plan, Step } from '../../core/remedies/plan.ts';
import type { Fingerprint } from '../../core/secret.ts';
import type { SourceId } from '../../core/source-id.ts';
import type { ChangePorts } from './change-ports.ts';
import type { DraftStep } from './file-draft.ts';
import { namesOfSource, namesThatAreSet } from './names-of-goal.ts';
import type { PlaceEditors } from './place-editors.ts';
import { cancel } from './plans/cancel.ts';
import { clear, noteLogins } from './plans/clear.ts';
import { forgetAnswer } from './plans/forget-answer.ts';
import { draftsOf, startMaking, type Making } from './plans/making.ts';
import { narrowMode } from './plans/narrow-mode.ts';
import { remaining } from './plans/remaining.ts';
import { moveToKeychain } from './plans/to-keychain.ts';
import { useProvider } from './plans/use-provider.ts';
import type { PlanRequest } from './plan-request.ts';
import { sourcesInTheWay } from './sources-in-the-way.ts';

/** A plan with the contents that it writes, which are secret and stay in the process that made it. */
export interface PreparedPlan {
  readonly plan: Plan;
  readonly drafts: readonly DraftStep<Step>[];
  /** The keys about which Claude Code will remember nothing. */
  readonly forgotten: readonly Fingerprint[];
}

export type Planned =
  | { readonly ok: true; readonly prepared: PreparedPlan }
  /** `cannot-win`: the source would not be used even with everything else gone. `nothing-literal`: no key stands in clear. */
  | { readonly ok: false; readonly why: 'cannot-win' | 'nothing-literal' };

/**
 * Works out the exact steps for a wish: reads every file that may play a part, changes none. Whatever cannot or must not be
 * changed is in the plan with its reason.
 */
export async function planChange(
  ports: ChangePorts,
  editors: PlaceEditors,
  facts: Facts,
  request: PlanRequest,
): Promise<Planned> {
  const { wish, claudeCode } = request;
  const inTheWay = wish.kind === 'use' ? sourcesInTheWay(facts, claudeCode, wish.source) : [];
  if (inTheWay === null) return { ok: false, why: 'cannot-win' };
  const goal: Goal = wish.kind === 'use' ? { ...wish, names: namesThatBring(facts, inTheWay) } : wish;
  const making = startMaking(ports, editors, facts, request);
  noteLogins(making, inTheWay);
  if (!(await make(making, goal))) return { ok: false, why: 'nothing-literal' };
  return { ok: true, prepared: finish(making, goal) };
}

function namesThatBring(facts: Facts, sources: readonly SourceId[]): readonly string[] {
  return sources.flatMap((source) => {
    const named = namesOfSource(source);
    return named.ok ? namesThatAreSet(facts, named.names) : [];
  });
}

/** `false`: there is nothing to move. */
async function make(making: Making, goal: Goal): Promise<boolean> {
  switch (goal.kind) {
    case 'clear':
    case 'use':
      await clear(making, goal.names);
      return true;
    case 'cancel':
      await cancel(making, goal.names);
      return true;
    case 'to-keychain':
      return moveToKeychain(making, goal.names, goal.by);
    case 'forget-answer':
      await forgetAnswer(making, goal.names);
      return true;
    case 'use-provider':
      await useProvider(making, goal);
      return true;
    case 'narrow-mode':
      await narrowMode(making, goal.path);
      return true;
  }
}

function finish(making: Making, goal: Goal): PreparedPlan {
  const { ports, files, left, changeId } = making;
  const drafts = draftsOf(making);
  const plan: Plan = {
    id: planId(ports, goal, drafts),
    changeId,
    goal,
    steps: drafts.map(({ step }) => step),
    left: [...left, ...[...files.values()].flatMap((draft) => draft.left)],
    remains: remaining(ports, goal, drafts, making.request.inTerminal),
  };
  return { plan, drafts, forgotten: making.forgotten };
}

/** Of what is there now and what is wished: the marker in the new text is another one each time. */
function planId(ports: ChangePorts, goal: Goal, drafts: readonly DraftStep<Step>[]): string {
  const parts = drafts.map(({ step, recorded }) => [
    step.kind,
    'path' in recorded ? recorded.path : recorded.name,
    recorded.kind === 'file' ? recorded.before : recorded.kind === 'mode' ? recorded.digest : null,
    step.kind === 'file' ? step.action : null,
    step.kind === 'variable' || step.kind === 'key' ? step.fingerprint : null,
  ]);
  return ports.fingerprints.of(JSON.stringify([goal, parts]));
}
