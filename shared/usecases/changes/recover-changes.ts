import { forgetContent, readContent, readRecords, unneededContents, writeRecord } from './change-book.ts';
import type { ChangePorts } from './change-ports.ts';
import type { ChangeRecord } from './change-record.ts';
import type { SealKey } from './seal-key.ts';
import { driverOf, type StepRefusal } from './step-driver.ts';

/** What became of a change that was interrupted. */
export interface Recovered {
  readonly record: ChangeRecord;
  /** Steps that could not be taken back: another program changed them since, or they cannot be reached now. */
  readonly stuck: readonly StuckStep[];
}

export interface StuckStep {
  /** Which step of the record, from 0. */
  readonly step: number;
  readonly why: StepRefusal | 'changed-since' | 'sealed' | 'damaged';
}

/**
 * Takes back what a crash interrupted, on either way: the record says what was intended before the first file was touched, so
 * each step is as before or as after, and goes back to what it was before. What is as before stays. Doing it twice, or being
 * killed while doing it, changes nothing. Runs only while no other process changes anything.
 */
export async function recoverChanges(ports: ChangePorts): Promise<readonly Recovered[]> {
  for (const name of unneededContents(ports)) ports.changes.remove(name);
  const open = readRecords(ports).filter(isOpen);
  if (open.length === 0) return [];
  const key = await ports.sealKeys.forOpening();
  const recovered: Recovered[] = [];
  for (const record of open) {
    const one = await takeBack(ports, record, key);
    recovered.push(one);
    // It holds old keys, and nothing can be undone any more.
    if (one.stuck.length === 0) forgetContent(ports, record);
  }
  return recovered;
}

/** Whether a run was killed that left something to do. Anybody may ask, also while another process changes something. */
export function isInterrupted(ports: Pick<ChangePorts, 'changes'>): boolean {
  return readRecords(ports).some(isOpen) || unneededContents(ports).length > 0;
}

const isOpen = ({ state }: ChangeRecord): boolean => state === 'intended' || state === 'undoing';

const FOR_GOOD: ReadonlySet<StuckStep['why']> = new Set(['changed-since', 'damaged']);

/** Brings every step of a change back to what was before it, last step first. */
export async function takeBack(ports: ChangePorts, record: ChangeRecord, key: SealKey): Promise<Recovered> {
  const stuck: StuckStep[] = [];
  for (let step = record.steps.length - 1; step >= 0; step--) {
    const why = await stepBack(ports, record, step, key);
    if (why !== null) stuck.push({ step, why });
  }
  // What somebody changed since is theirs: it is told once, and left. What cannot be reached now is tried again.
  if (stuck.some(({ why }) => !FOR_GOOD.has(why))) return { record, stuck };
  const settled: ChangeRecord = { ...record, state: record.state === 'undoing' ? 'undone' : 'taken-back' };
  return writeRecord(ports, settled)
    ? { record: settled, stuck }
    : { record, stuck: [{ step: 0, why: 'no-space' }] };
}

async function stepBack(
  ports: ChangePorts,
  record: ChangeRecord,
  at: number,
  key: SealKey,
): Promise<StuckStep['why'] | null> {
  const step = record.steps[at];
  if (step === undefined) return null;
  const kept = readContent(ports, record.id, at, key);
  const content = kept.state === 'kept' ? kept.content : { before: null, after: null };
  if (step.kind === 'file') await ports.writer.sweep(step.path);
  if (step.kind === 'file' && step.locked) await ports.claudeJsonLock.sweep(step.path);
  const driver = driverOf(ports, step, content);
  const standing = await driver.standing();
  if (typeof standing === 'object') return standing.refused;
  if (standing === 'before') return null;
  if (standing === 'other') return 'changed-since';
  if (kept.state !== 'kept') return kept.state;
  const result = await driver.back();
  return result.ok ? null : result.why;
}
