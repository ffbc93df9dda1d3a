import { SURFACE_MODES } from '../../core/context.ts';
import type { SourceId } from '../../core/source-id.ts';
import { applyPlan, type ApplyRefusal } from '../changes/apply-plan.ts';
import { readRecords } from '../changes/change-book.ts';
import type { ChangePorts } from '../changes/change-ports.ts';
import type { ChangeRecord } from '../changes/change-record.ts';
import { choices } from '../changes/choices.ts';
import { factsAfterPlan } from '../changes/facts-after-plan.ts';
import type { PlaceEditors } from '../changes/place-editors.ts';
import { planChange, type PreparedPlan } from '../changes/plan-change.ts';
import type { PlanRequest, Wish } from '../changes/plan-request.ts';
import type { Recovered } from '../changes/recover-changes.ts';
import { tidyChanges } from '../changes/tidy-changes.ts';
import { namesToClear, stillSet, type StillSet } from '../changes/still-set.ts';
import { undoChange, type Undone } from '../changes/undo-change.ts';
import { inspect, type Inspection } from '../inspect.ts';
import { lookRequest, type Look } from './desk-look.ts';

/** One answer to “Which do you want to use?”. */
export interface Choice {
  readonly source: SourceId;
  readonly prepared: PreparedPlan;
  /** What each mode will use. */
  readonly then: readonly Inspection[];
}

/** A change on its way. What it writes is secret and stays in the main process. */
export type Task =
  | {
      readonly kind: 'question';
      readonly now: readonly Inspection[];
      readonly choices: readonly Choice[];
      /** `null`: leave it as it is. */
      readonly chosen: SourceId | null;
    }
  | {
      readonly kind: 'plan';
      readonly wish: Wish;
      readonly remove: boolean;
      readonly chosen: readonly string[];
      readonly prepared: PreparedPlan;
      readonly now: readonly Inspection[];
      readonly then: readonly Inspection[];
      readonly working: boolean;
      readonly problem: Problem | null;
      /** What the way back leads to. */
      readonly question: Extract<Task, { readonly kind: 'question' }> | null;
    }
  | {
      readonly kind: 'done';
      readonly record: ChangeRecord;
      readonly plan: PreparedPlan['plan'];
      readonly before: readonly Inspection[];
      readonly still: readonly StillSet[];
      readonly working: boolean;
      readonly undone: boolean;
      readonly problem: UndoFailure | null;
    };

export interface Problem {
  readonly why: ApplyRefusal;
  readonly step: number | null;
  /** Steps that could not be taken back. */
  readonly stuck: number;
}

export type UndoFailure = Extract<Undone, { readonly ok: false }>;

export interface ChangeState {
  readonly task: Task | null;
  /** `null`: the list is not open. */
  readonly records: readonly ChangeRecord[] | null;
  /** The change that is being undone from the list. */
  readonly undoing: string | null;
  readonly refused: { readonly id: string; readonly failure: UndoFailure } | null;
  /** What an earlier run had left half done. */
  readonly recovered: readonly Recovered[];
}

/** Nothing is under way. */
export const NO_CHANGES: ChangeState = {
  task: null,
  records: null,
  undoing: null,
  refused: null,
  recovered: [],
};

/**
 * `not-known`: the id, or what it was about, is gone. `busy`: something else is under way. `no-command`: whoever needs the key from
 * the keychain would have to run Credence, and it is not installed. The others as of {@link planChange}.
 */
export type ChangeReply = 'done' | 'not-known' | 'busy' | 'cannot-win' | 'nothing-literal' | 'no-command';

export interface ChangeDesk {
  readonly state: () => ChangeState;
  readonly onChange: (listener: () => void) => void;
  /** Takes back what a crash interrupted. */
  readonly recover: () => Promise<void>;
  readonly startChange: (wish: Wish) => Promise<ChangeReply>;
  readonly askWhich: () => Promise<ChangeReply>;
  readonly choose: (source: SourceId | null) => ChangeReply;
  readonly showPlan: () => ChangeReply;
  readonly setRemoval: (remove: boolean) => Promise<ChangeReply>;
  readonly include: (path: string) => Promise<ChangeReply>;
  readonly apply: (planId: string) => Promise<ChangeReply>;
  readonly leave: () => ChangeReply;
  /** Leaves the task whatever it is at, unless it is being done. */
  readonly drop: () => void;
  readonly openList: () => void;
  readonly closeList: () => void;
  readonly undo: (id: string) => Promise<ChangeReply>;
}

export interface ChangeDeskPorts {
  readonly ports: ChangePorts;
  readonly editors: PlaceEditors;
  /** What was found last; `null` before the first look. */
  readonly look: () => Look | null;
  /** Looks again at once, also at the shell. */
  readonly lookAgain: () => Promise<void>;
  /** The words that run the terminal command; `null` when it is not installed. */
  readonly ownCommand: readonly string[] | null;
}

/** Leads a change from the question to what is true afterwards, one at a time. */
export function createChangeDesk(reach: ChangeDeskPorts): ChangeDesk {
  const { ports, editors } = reach;
  let listener = (): void => undefined;
  let state = NO_CHANGES;
  /** Counts tasks: what comes back from a plan that was left is dropped. */
  let turn = 0;

  const set = (change: Partial<ChangeState>): void => {
    state = { ...state, ...change };
    listener();
  };
  const isWorking = (): boolean => {
    const { task, undoing } = state;
    return undoing !== null || (task !== null && task.kind !== 'question' && task.working);
  };

  async function plan(
    look: Look,
    wish: Wish,
    remove: boolean,
    chosen: readonly string[],
  ): Promise<
    | { readonly prepared: PreparedPlan; readonly then: readonly Inspection[] }
    | 'cannot-win'
    | 'nothing-literal'
  > {
    const { inspections, claudeCode } = look;
    const facts = inspections[0]?.facts;
    if (facts === undefined) return 'cannot-win';
    const request: PlanRequest = {
      wish,
      how: remove ? 'remove' : 'comment-out',
      chosen,
      claudeCode,
      mayBeInClear: false,
      inTerminal: false,
      // Only what moves into the keychain needs it, and that is not planned without.
      ownCommand: reach.ownCommand ?? [],
    };
    const planned = await planChange(ports, editors, facts, request);
    if (!planned.ok) return planned.why;
    const { surface, folder } = facts.place;
    const gather = lookRequest(folder, surface, claudeCode, false);
    const after = await factsAfterPlan(ports, gather, facts, planned.prepared);
    const then = SURFACE_MODES[surface].map((mode) => inspect(after, { mode, claudeCode }));
    return { prepared: planned.prepared, then };
  }

  async function toPlan(
    wish: Wish,
    remove: boolean,
    chosen: readonly string[],
    question: Extract<Task, { kind: 'plan' }>['question'],
  ): Promise<ChangeReply> {
    const look = reach.look();
    if (look === null) return 'not-known';
    const own = ++turn;
    const made = await plan(look, wish, remove, chosen);
    if (typeof made === 'string') return made;
    if (own !== turn) return 'done';
    const now = look.inspections;
    set({
      task: { kind: 'plan', wish, remove, chosen, ...made, now, working: false, problem: null, question },
    });
    return 'done';
  }

  const replan = (change: { readonly remove?: boolean; readonly path?: string }): Promise<ChangeReply> => {
    const { task } = state;
    if (task?.kind !== 'plan') return Promise.resolve('not-known');
    if (task.working) return Promise.resolve('busy');
    const chosen = change.path === undefined ? task.chosen : [...new Set([...task.chosen, change.path])];
    return toPlan(task.wish, change.remove ?? task.remove, chosen, task.question);
  };

  async function apply(planId: string): Promise<ChangeReply> {
    const { task } = state;
    if (task?.kind !== 'plan' || task.prepared.plan.id !== planId) return 'not-known';
    if (isWorking()) return 'busy';
    // Another plan on its way would take the place of what is being done.
    turn += 1;
    set({ task: { ...task, working: true, problem: null } });
    const applied = await applyPlan(ports, task.prepared, ports.clock.now()).catch(() => FAILED_APPLY);
    if (!applied.ok) {
      const { why, step, stuck } = applied;
      set({ task: { ...task, working: false, problem: { why, step, stuck: stuck.length } } });
      return 'done';
    }
    await reach.lookAgain();
    const { plan: done } = task.prepared;
    const names = namesToClear(done.goal);
    const facts = reach.look()?.inspections[0]?.facts;
    const still = facts === undefined ? [] : stillSet(facts, names, done.remains);
    set({
      task: {
        kind: 'done',
        record: applied.record,
        plan: done,
        before: task.now,
        still,
        working: false,
        undone: false,
        problem: null,
      },
      ...(state.records === null ? {} : { records: readRecords(ports) }),
    });
    return 'done';
  }

  async function undo(id: string): Promise<ChangeReply> {
    if (isWorking()) return 'busy';
    const { task } = state;
    const own = task?.kind === 'done' && task.record.id === id ? task : null;
    set({
      undoing: id,
      refused: null,
      ...(own === null ? {} : { task: { ...own, working: true, problem: null } }),
    });
    const undone = await undoChange(ports, editors, id, ports.clock.now()).catch(() => FAILED_UNDO);
    if (undone.ok) await reach.lookAgain();
    const problem = undone.ok ? null : undone;
    set({
      undoing: null,
      refused: problem === null ? null : { id, failure: problem },
      ...(own === null ? {} : { task: { ...own, working: false, undone: undone.ok, problem } }),
      ...(state.records === null ? {} : { records: readRecords(ports) }),
    });
    return 'done';
  }

  async function askWhich(): Promise<ChangeReply> {
    const look = reach.look();
    const facts = look?.inspections[0]?.facts;
    if (look === null || facts === undefined) return 'not-known';
    if (isWorking()) return 'busy';
    const own = ++turn;
    const made: Choice[] = [];
    for (const source of choices(facts, look.claudeCode)) {
      const planned = await plan(look, { kind: 'use', source }, false, []);
      if (typeof planned !== 'string') made.push({ source, ...planned });
    }
    if (own !== turn) return 'done';
    const first = firstChoice(made, facts.store.login !== null);
    // The one that most people mean stands first.
    const ordered = [...made].sort(
      (one, other) => Number(other.source === first) - Number(one.source === first),
    );
    set({ task: { kind: 'question', now: look.inspections, choices: ordered, chosen: first } });
    return 'done';
  }

  return {
    state: () => state,
    onChange: (next) => {
      listener = next;
    },
    recover: async () => {
      const tidied = await tidyChanges(ports);
      if (typeof tidied !== 'string' && tidied.recovered.length > 0) set({ recovered: tidied.recovered });
    },
    startChange: (wish) => {
      if (isWorking()) return Promise.resolve('busy');
      // A look-up that nothing answers would leave Claude Code without the key.
      if ((wish.kind === 'to-keychain' || wish.kind === 'use-provider') && reach.ownCommand === null)
        return Promise.resolve('no-command');
      return toPlan(wish, false, [], null);
    },
    askWhich,
    choose: (source) => {
      const { task } = state;
      if (task?.kind !== 'question') return 'not-known';
      if (source !== null && !task.choices.some((choice) => choice.source === source)) return 'not-known';
      set({ task: { ...task, chosen: source } });
      return 'done';
    },
    showPlan: () => {
      const { task } = state;
      if (task?.kind !== 'question') return 'not-known';
      const choice = task.choices.find(({ source }) => source === task.chosen);
      if (choice === undefined) {
        set({ task: null });
        return 'done';
      }
      const { source, prepared, then } = choice;
      const wish: Wish = { kind: 'use', source };
      const { now } = task;
      set({
        task: {
          kind: 'plan',
          wish,
          remove: false,
          chosen: [],
          prepared,
          now,
          then,
          working: false,
          problem: null,
          question: task,
        },
      });
      return 'done';
    },
    setRemoval: (remove) => replan({ remove }),
    include: (path) => replan({ path }),
    apply,
    leave: () => {
      if (isWorking()) return 'busy';
      turn += 1;
      const { task } = state;
      set({ task: task?.kind === 'plan' ? task.question : null });
      return 'done';
    },
    drop: () => {
      if (isWorking()) return;
      turn += 1;
      if (state.task !== null) set({ task: null });
    },
    openList: () => {
      set({ records: readRecords(ports), refused: null });
    },
    closeList: () => {
      set({ records: null, refused: null });
    },
    undo,
  };
}

/** A bug must not leave the window at work for ever; the next start takes back what was begun. */
const FAILED_APPLY = { ok: false, why: 'failed', step: null, stuck: [] } as const;
const FAILED_UNDO = { ok: false, why: 'failed', views: [], stuck: [] } as const;

/** A person who has a login most likely means that; else what is strongest. */
function firstChoice(made: readonly Choice[], hasLogin: boolean): SourceId | null {
  const login = hasLogin ? made.find(({ source }) => source === 'claude-login') : undefined;
  return (login ?? made[0])?.source ?? null;
}
