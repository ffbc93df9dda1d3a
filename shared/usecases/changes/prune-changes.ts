import { forgetContent, forgetRecord, readRecords, writeRecord } from './change-book.ts';
import type { ChangePorts } from './change-ports.ts';

/** What a change replaced holds old keys, so it is not kept for ever: milliseconds, and a number. */
export const KEPT_FOR = 90 * 24 * 60 * 60_000;
export const MOST_KEPT = 50;

/** How many changes cannot be undone any more. */
export interface Pruned {
  readonly forgotten: number;
}

/** Removes what old changes replaced; that they were made stays to be read for as long again. */
export function pruneChanges(ports: Pick<ChangePorts, 'changes'>, now: number): Pruned {
  let forgotten = 0;
  const settled = readRecords(ports).filter(({ state }) => state !== 'intended' && state !== 'undoing');
  settled.forEach((record, place) => {
    const age = now - record.at;
    if (age > 2 * KEPT_FOR || place >= 2 * MOST_KEPT) {
      forgetRecord(ports, record);
      return;
    }
    const isNeeded = record.state === 'applied' && age <= KEPT_FOR && place < MOST_KEPT;
    if (isNeeded || !record.kept) return;
    // Only then is it told as gone.
    if (!forgetContent(ports, record) || !writeRecord(ports, { ...record, kept: false })) return;
    if (record.state === 'applied') forgotten += 1;
  });
  return { forgotten };
}
