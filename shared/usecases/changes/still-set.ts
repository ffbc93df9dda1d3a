import type { Facts } from '../../core/facts.ts';
import type { Origin } from '../../core/origin.ts';
import type { Goal, Remaining } from '../../core/remedies/plan.ts';
import { HELPER_SETTING } from '../../core/sources/api-key-helper.ts';

/** What still holds a name after a change, as it was found by looking again. */
export interface StillSet {
  readonly name: string;
  readonly where: 'new-terminals' | 'settings' | Remaining['kind'];
  /** `null`: what runs already, and keeps what it was started with. */
  readonly origin: Origin | null;
  readonly processes: Remaining['processes'];
}

/** What nothing is to set any more once a goal is reached. Who is asked about a key again goes on having it. */
export function namesToClear(goal: Goal): readonly string[] {
  switch (goal.kind) {
    case 'clear':
    case 'use':
    case 'cancel':
    case 'to-keychain':
      return goal.names;
    case 'forget-answer':
    case 'use-provider':
    case 'narrow-mode':
      return [];
  }
}

/**
 * Tells what still sets some names: files that count, the login shell when it is asked anew, and programs that run.
 *
 * @param facts gathered after the change for the next terminal
 */
export function stillSet(
  facts: Facts,
  names: readonly string[],
  remains: readonly Remaining[],
): readonly StillSet[] {
  const found: StillSet[] = [];
  for (const name of names) {
    for (const { id, entries } of facts.layers) {
      const entry = entries[name];
      if (entry === undefined || entry.state === 'empty') continue;
      const where = id === 'base' ? 'new-terminals' : 'settings';
      found.push({
        name,
        where,
        origin:
          entry.likelyFrom?.[0] === undefined ? entry.origin : likely(entry.origin, entry.likelyFrom[0]),
        processes: [],
      });
    }
    for (const helper of facts.helpers)
      if (name === HELPER_SETTING && !helper.blank)
        found.push({ name, where: 'settings', origin: helper.origin, processes: [] });
  }
  for (const { kind, name, processes } of remains) found.push({ name, where: kind, origin: null, processes });
  return found;
}

function likely(origin: Origin, { path, line }: { readonly path: string; readonly line: number }): Origin {
  return origin.path === undefined ? { ...origin, path, line } : origin;
}
