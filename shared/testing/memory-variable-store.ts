import { isVariableName } from '../core/platform/is-variable-name.ts';
import type { VariableStoreId } from '../core/remedies/variable-store-id.ts';
import type { StoredVariable, VariableStore } from '../ports/variable-store.ts';

type Set = Extract<StoredVariable, { state: 'set' }>;

export interface MemoryVariableStore extends VariableStore {
  readonly kept: ReadonlyMap<string, Set>;
}

/** A store that keeps its variables in memory. `unreachable`: what it belongs to does not run. */
export function memoryVariableStore(
  variables: Readonly<Record<string, Set>> = {},
  { id = 'systemd', reachable = true }: { readonly id?: VariableStoreId; readonly reachable?: boolean } = {},
): MemoryVariableStore {
  const kept = new Map(Object.entries(variables));
  return {
    id,
    canRestore: id !== 'launchd',
    kept,
    read: (name) =>
      Promise.resolve(reachable ? (kept.get(name) ?? { state: 'absent' }) : { state: 'unreachable' }),
    unset: (name) => {
      if (!isVariableName(name)) return Promise.resolve('not-possible');
      if (!reachable) return Promise.resolve('unreachable');
      kept.delete(name);
      return Promise.resolve('done');
    },
    restore: (name, variable) => {
      if (!isVariableName(name) || id === 'launchd') return Promise.resolve('not-possible');
      if (!reachable) return Promise.resolve('unreachable');
      kept.set(name, variable);
      return Promise.resolve('done');
    },
    unsetCommand: (name) => `unset ${name} in ${id}`,
  };
}
