import type { Bytes } from '../core/remedies/text-edit.ts';
import type { ChangeStore } from '../ports/change-store.ts';
import { ProgramEnded } from './memory-file-writer.ts';

/** One thing that a store was asked to do, counted from 1. */
export interface StoreCall {
  readonly number: number;
  readonly kind: 'write' | 'remove';
  readonly name: string;
}

export interface MemoryChangeStoreOptions {
  /** Kept from outside, a test can open the same store anew, as a program does that starts again. */
  readonly blobs?: Map<string, Bytes>;
  /** `fails`: it says that it could not. Or the program ends here, with it not yet done, or done and not yet told. */
  readonly strike?: (call: StoreCall) => 'fails' | 'ends-before' | 'ends-after' | null;
  /** Nothing can be kept. */
  readonly unavailable?: boolean;
}

export interface MemoryChangeStore extends ChangeStore {
  readonly calls: readonly StoreCall[];
}

const NAME = /^[a-z0-9-][a-z0-9.-]{0,199}$/;

/** Ids are counted, so that a test can name them. Who finds it held waits without an end, or not at all when told 0. */
export function memoryChangeStore({
  blobs = new Map<string, Bytes>(),
  strike = () => null,
  unavailable = false,
}: MemoryChangeStoreOptions = {}): MemoryChangeStore {
  const calls: StoreCall[] = [];
  let ids = 0;
  let held: Promise<unknown> | null = null;
  const hold = (): (() => void) => {
    let free = (): void => undefined;
    held = new Promise<void>((resolve) => {
      free = () => {
        held = null;
        resolve();
      };
    });
    return free;
  };
  const names = (): readonly string[] => [...blobs.keys()].sort();
  const call = (kind: StoreCall['kind'], name: string, act: () => void): boolean => {
    if (!NAME.test(name)) return false;
    const one = { number: calls.length + 1, kind, name };
    calls.push(one);
    const struck = strike(one);
    if (struck === 'ends-before') throw new ProgramEnded();
    if (struck === 'fails' || (unavailable && kind === 'write')) return false;
    act();
    if (struck === 'ends-after') throw new ProgramEnded();
    return true;
  };
  return {
    calls,
    alone: async (milliseconds, run) => {
      if (unavailable) return 'unavailable';
      while (held !== null) {
        if (milliseconds <= 0) return 'busy';
        await held;
      }
      const free = hold();
      try {
        return await run();
      } finally {
        free();
      }
    },
    names,
    read: (name) => blobs.get(name) ?? null,
    write: (name, bytes) =>
      call('write', name, () => {
        blobs.set(name, bytes);
      }),
    remove: (name) =>
      call('remove', name, () => {
        blobs.delete(name);
      }),
    newId: () => {
      for (;;) {
        ids += 1;
        const id = ids.toString(16).padStart(8, '0');
        if (!names().some((name) => name.includes(id))) return id;
      }
    },
  };
}
