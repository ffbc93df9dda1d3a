import type { ChangeRecord } from '../usecases/changes/change-record.ts';
import type { Planned } from '../usecases/changes/plan-change.ts';
import type { Recovered } from '../usecases/changes/recover-changes.ts';
import type { Undone } from '../usecases/changes/undo-change.ts';
import type { Applied } from '../usecases/changes/apply-plan.ts';
import { REFUSAL_SENTENCES } from './change-refusals.ts';
import { hunkJson } from './plan-json.ts';
import { SCHEMA_VERSION, timeJson, type Json } from './status-json.ts';

/** `credence changes --json`. Fields are a contract: add, never rename. */
export function changesJson(records: readonly ChangeRecord[], recovered: readonly Recovered[]): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    changes: records.map(recordJson),
    recovered: recovered.map(({ record, stuck }) => ({
      changeId: record.id,
      stuck: stuckJson(stuck),
    })),
  };
}

/**
 * Why `credence clear NAME --apply --json` changed nothing, or could not take back what it had begun.
 *
 * @param path the file that stood in the way; `null`: none did
 */
export function refusedJson(
  { why, stuck }: Extract<Applied, { readonly ok: false }>,
  message: string,
  path: string | null,
): Json {
  return {
    schemaVersion: SCHEMA_VERSION,
    error: { code: 'refused', message, why, ...(path === null ? {} : { path }), stuck: stuckJson(stuck) },
  };
}

/** Why there is no plan. */
export function refusalJson(why: Extract<Planned, { readonly ok: false }>['why'], message: string): Json {
  return { schemaVersion: SCHEMA_VERSION, error: { code: 'refused', message, why } };
}

/** `credence clear --undo ID --json`; an error has both sides of each file that somebody changed since. */
export function undoneJson(undone: Undone): Json {
  if (undone.ok) return { schemaVersion: SCHEMA_VERSION, undone: true, changeId: undone.record.id };
  return {
    schemaVersion: SCHEMA_VERSION,
    error: {
      code: 'refused',
      message: REFUSAL_SENTENCES[undone.why],
      why: undone.why,
      views: undone.views.map(({ path, credence, since }) => ({
        path,
        credence: credence.map(hunkJson),
        since: since.map(hunkJson),
      })),
      stuck: stuckJson(undone.stuck),
    },
  };
}

function stuckJson(stuck: Recovered['stuck']): Json {
  return stuck.map(({ step, why }) => ({ step, why, message: REFUSAL_SENTENCES[why] }));
}

function recordJson({ id, at, state, goal, steps, sealed, kept }: ChangeRecord): Json {
  return {
    changeId: id,
    at: timeJson(at),
    state,
    goal: { kind: goal.kind, names: [...goal.names] },
    steps: steps.map((step) =>
      'path' in step ? { kind: step.kind, path: step.path } : { kind: step.kind, name: step.name },
    ),
    sealed,
    undoable: state === 'applied' && kept,
  };
}
