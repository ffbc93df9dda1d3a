import type { Plan, Step } from '../../core/remedies/plan.ts';
import { forgetContent, forgetNewFiles, forgetRecord, keepContent, writeRecord } from './change-book.ts';
import type { ChangePorts } from './change-ports.ts';
import type { ChangeRecord } from './change-record.ts';
import type { DraftStep } from './file-draft.ts';
import type { PreparedPlan } from './plan-change.ts';
import { pruneChanges, type Pruned } from './prune-changes.ts';
import { recoverChanges, takeBack, type Recovered, type StuckStep } from './recover-changes.ts';
import { driverOf, type StepRefusal } from './step-driver.ts';

/** Another process may hold the lock for as long as its own change takes: milliseconds. */
const PATIENCE = 15_000;

export type Applied =
  | {
      readonly ok: true;
      readonly record: ChangeRecord;
      /** Changes of earlier runs that a crash had interrupted. */
      readonly recovered: readonly Recovered[];
      /** Old changes that cannot be undone any more. */
      readonly pruned: Pruned;
    }
  | {
      readonly ok: false;
      readonly why: ApplyRefusal;
      /** Which step, from 0; `null`: none was begun. */
      readonly step: number | null;
      /** Steps that were done and could not be taken back; empty: everything is as it was. */
      readonly stuck: readonly StuckStep[];
    };

export type ApplyRefusal =
  | StepRefusal
  /** Another process of this user is changing something. */
  | 'busy'
  /** There is no folder of Credence’s own, or no lock. */
  | 'unavailable'
  /** There is no place to remember the change, so it could not be undone. */
  | 'not-kept'
  /** The plan has no steps. */
  | 'nothing-to-do';

/**
 * Does all steps of a plan or none. What each replaces is kept on the disk before the first is done, so that a crash at any
 * moment is taken back by the next run, and the whole can be undone later.
 *
 * @param now milliseconds since 1970
 */
export async function applyPlan(
  ports: ChangePorts,
  { plan, drafts }: Pick<PreparedPlan, 'plan' | 'drafts'>,
  now: number,
): Promise<Applied> {
  if (drafts.length === 0) return refused('nothing-to-do');
  const result = await ports.changes.alone(PATIENCE, async (): Promise<Applied> => {
    const recovered = await recoverChanges(ports);
    await ports.vault.settle();
    const changed = await firstChanged(ports, drafts);
    if (changed !== null) return changed;
    const key = await ports.sealKeys.forSealing();
    const { goal } = plan;
    const record: ChangeRecord = {
      id: plan.changeId,
      at: now,
      state: 'intended',
      goal: { kind: goal.kind, names: namesToRemember(plan) },
      steps: drafts.map((draft) => draft.recorded),
      sealed: key.state === 'key',
      kept: true,
    };
    const sealing = key.state === 'key' ? key.key : null;
    const isKept =
      drafts.every(({ content }, at) => keepContent(ports, record.id, at, content, sealing)) &&
      writeRecord(ports, record);
    if (!isKept) {
      // An error may have come after it was there: nothing was changed, so nothing is remembered.
      forgetRecord(ports, record);
      return refused('not-kept');
    }
    const failure = await doAll(ports, drafts);
    if (failure === null && writeRecord(ports, { ...record, state: 'applied' })) {
      const pruned = pruneChanges(ports, now);
      return { ok: true, record: { ...record, state: 'applied' }, recovered, pruned };
    }
    // Going back takes room, too, and the disk may be full. What failed may have been done all the same, so every step is looked at.
    forgetNewFiles(ports, record);
    const back = await takeBack(ports, record, key);
    if (back.stuck.length === 0) forgetContent(ports, record);
    return { ...(failure ?? refused('not-kept')), stuck: back.stuck };
  });
  return typeof result === 'string' ? refused(result) : result;
}

/** Of many names that a source has, those that something set. */
function namesToRemember({ goal, steps }: Plan): readonly string[] {
  if (goal.kind === 'narrow-mode') return [goal.path];
  const changed = new Set(
    steps.flatMap((step) => {
      if (step.kind === 'file') return step.lines.map(({ name }) => name);
      return step.kind === 'mode' ? [] : [step.name];
    }),
  );
  const names = goal.names.filter((name) => changed.has(name));
  return names.length === 0 ? goal.names : names;
}

type Refused = Extract<Applied, { readonly ok: false }>;

function refused(why: ApplyRefusal, step: number | null = null): Refused {
  return { ok: false, why, step, stuck: [] };
}

async function firstChanged(ports: ChangePorts, drafts: readonly DraftStep<Step>[]): Promise<Refused | null> {
  for (const [at, { recorded, content }] of drafts.entries()) {
    const standing = await driverOf(ports, recorded, content).standing();
    if (typeof standing === 'object') return refused(standing.refused, at);
    // A key that is in the keychain already may be another one: it is kept and put back by undo.
    if (standing !== 'before' && recorded.kind !== 'key') return refused('changed', at);
  }
  return null;
}

async function doAll(ports: ChangePorts, drafts: readonly DraftStep<Step>[]): Promise<Refused | null> {
  for (const [at, { recorded, content }] of drafts.entries()) {
    const done = await driverOf(ports, recorded, content).forward();
    if (!done.ok) return refused(done.why, at);
  }
  return null;
}
