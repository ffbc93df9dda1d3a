import type { ChangePorts } from './change-ports.ts';
import { isInterrupted, recoverChanges, type Recovered } from './recover-changes.ts';

/** Another Credence may be changing something: milliseconds. */
const PATIENCE = 15_000;

export interface Tidied {
  /** Changes that a crash had interrupted. */
  readonly recovered: readonly Recovered[];
  /** Keys that moved into the keychain, because there is one by now. */
  readonly moved: readonly string[];
}

/** What the next run puts right before anything else. Mostly there is nothing, and nothing is locked or written then. */
export async function tidyChanges(ports: ChangePorts): Promise<Tidied | 'busy' | 'unavailable'> {
  if (!isInterrupted(ports) && ports.vault.inClear().length === 0) return { recovered: [], moved: [] };
  return ports.changes.alone(PATIENCE, async () => ({
    recovered: await recoverChanges(ports),
    moved: await ports.vault.settle(),
  }));
}
