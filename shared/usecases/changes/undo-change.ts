import { changedSpan } from '../../core/remedies/changed-span.ts';
import { maskedDiff, type DiffHunk } from '../../core/remedies/masked-diff.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { readContent, readRecord, writeRecord } from './change-book.ts';
import type { ChangePorts } from './change-ports.ts';
import type { ChangeRecord } from './change-record.ts';
import type { PlaceEditors } from './place-editors.ts';
import { pruneChanges } from './prune-changes.ts';
import type { RecordedStep, StepContent } from './recorded-step.ts';
import { recoverChanges, takeBack, type StuckStep } from './recover-changes.ts';
import type { SealKey } from './seal-key.ts';
import { driverOf, type StepRefusal } from './step-driver.ts';

/** Another process may hold the lock for as long as its own change takes: milliseconds. */
const PATIENCE = 15_000;

export type Undone =
  | { readonly ok: true; readonly record: ChangeRecord }
  | {
      readonly ok: false;
      readonly why: UndoRefusal;
      /** For `changed-since`: each file that is not what Credence left. */
      readonly views: readonly ThreeWayView[];
      readonly stuck: readonly StuckStep[];
    };

export type UndoRefusal =
  | StepRefusal
  | 'busy'
  | 'unavailable'
  /** No change has that id. */
  | 'unknown'
  | 'undone-already'
  /** What it replaced is not kept any more. */
  | 'not-kept'
  /** It is kept, and the keychain that has the key for it does not answer. */
  | 'sealed'
  | 'damaged'
  | 'changed-since';

/** A file that was changed after Credence changed it; secrets masked. */
export interface ThreeWayView {
  readonly path: string;
  /** What Credence did. */
  readonly credence: readonly DiffHunk[];
  /** What was done since; empty: the file is gone or cannot be read. */
  readonly since: readonly DiffHunk[];
}

/** Puts every step of a change back, or none: what was changed since by somebody else is not undone over. */
export async function undoChange(
  ports: ChangePorts,
  editors: PlaceEditors,
  id: string,
  now: number,
): Promise<Undone> {
  const result = await ports.changes.alone(PATIENCE, async (): Promise<Undone> => {
    await recoverChanges(ports);
    const record = readRecord(ports, id);
    if (record === null) return refused('unknown');
    if (record.state === 'undone' || record.state === 'taken-back') return refused('undone-already');
    if (!record.kept) return refused('not-kept');
    const key = await ports.sealKeys.forOpening();
    const views: ThreeWayView[] = [];
    for (const [at, step] of record.steps.entries()) {
      const kept = readContent(ports, id, at, key);
      if (kept.state !== 'kept') return refused(kept.state);
      const standing = await driverOf(ports, step, kept.content).standing();
      if (typeof standing === 'object') return refused(standing.refused);
      if (standing !== 'after') views.push(...(await viewOf(ports, editors, id, step, kept.content)));
      if (standing !== 'after' && step.kind !== 'file') return refused('changed-since', views);
    }
    if (views.length > 0) return refused('changed-since', views);
    const undoing: ChangeRecord = { ...record, state: 'undoing' };
    if (!writeRecord(ports, undoing)) {
      // An error may have come after it was there; the next recovery would go on with what is refused here.
      const stays = readRecord(ports, id)?.state === record.state || writeRecord(ports, record);
      return { ...refused('no-space'), stuck: stays ? [] : [{ step: 0, why: 'no-space' }] };
    }
    const { record: settled, stuck } = await takeBack(ports, undoing, key);
    if (stuck.length > 0)
      return { ok: false, why: whyOf(stuck), views: [], stuck: await doAgain(ports, record, key) };
    pruneChanges(ports, now);
    return { ok: true, record: settled };
  });
  return typeof result === 'string' ? refused(result) : result;
}

type Refused = Extract<Undone, { readonly ok: false }>;

function refused(why: UndoRefusal, views: readonly ThreeWayView[] = []): Refused {
  return { ok: false, why, views, stuck: [] };
}

const whyOf = ([first]: readonly StuckStep[]): UndoRefusal => first?.why ?? 'failed';

/**
 * Does again what an undo had taken back before it failed, so that all is as it was before. What cannot be done is left to the
 * next recovery, which then goes on with the undo.
 *
 * @returns the steps that are not done
 */
async function doAgain(
  ports: ChangePorts,
  record: ChangeRecord,
  key: SealKey,
): Promise<readonly StuckStep[]> {
  const stuck: StuckStep[] = [];
  for (const [at, step] of record.steps.entries()) {
    const kept = readContent(ports, record.id, at, key);
    const driver = driverOf(ports, step, kept.state === 'kept' ? kept.content : NO_CONTENT);
    if (step.kind === 'file') await ports.writer.sweep(step.path);
    const standing = await driver.standing();
    if (typeof standing === 'object') stuck.push({ step: at, why: standing.refused });
    // What somebody changed meanwhile is theirs.
    if (standing !== 'before') continue;
    const result = kept.state === 'kept' ? await driver.forward() : { ok: false, why: kept.state };
    if (!result.ok) stuck.push({ step: at, why: result.why });
  }
  if (stuck.length > 0 || writeRecord(ports, record)) return stuck;
  return [{ step: 0, why: 'no-space' }];
}

const NO_CONTENT: StepContent = { before: null, after: null };

async function viewOf(
  { writer }: ChangePorts,
  editors: PlaceEditors,
  id: string,
  step: RecordedStep,
  { before, after }: StepContent,
): Promise<readonly ThreeWayView[]> {
  if (step.kind !== 'file') return [];
  const look = await writer.look(step.path);
  const now = look.state === 'file' ? look.bytes : null;
  const secrets = [before, now].flatMap((bytes) =>
    bytes === null ? [] : valuesIn(editors, step.place, bytes),
  );
  const diff = (from: Bytes, to: Bytes): readonly DiffHunk[] =>
    maskedDiff(from, to, [changedSpan(from, to)], secrets, [`credence ${id}: `]);
  return [
    {
      path: step.path,
      credence: diff(before ?? '', after ?? ''),
      since: now === null ? [] : diff(after ?? '', now),
    },
  ];
}

/** Everything that a file of that kind gives a credential’s name. */
function valuesIn(
  editors: PlaceEditors,
  place: Extract<RecordedStep, { kind: 'file' }>['place'],
  bytes: Bytes,
): readonly Bytes[] {
  const { done } = editors.edit[place](bytes, { names: editors.names, how: { kind: 'remove' }, marker: '' });
  return done.flatMap(({ value }) => (value === null ? [] : [value]));
}
