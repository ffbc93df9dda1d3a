import type { Bytes } from '../core/remedies/text-edit.ts';

/**
 * Where changes are remembered: named blobs in Credence’s own folder, readable by this user alone. A blob is there whole or
 * not at all, also after a power cut, and once `write` has said `true` it stays.
 */
export interface ChangeStore {
  /**
   * Runs alone among all processes of this user; the operating system frees it when a process dies. `busy` after the deadline;
   * `unavailable`, without a run, where there is no place or no lock to be had: then nothing could be remembered either. Not to
   * be nested: who holds it already waits for itself.
   */
  alone<T>(milliseconds: number, run: () => Promise<T>): Promise<T | 'busy' | 'unavailable'>;
  /** Sorted. Only names that `write` would take. */
  names(): readonly string[];
  /** `null`: it is not there or cannot be read. */
  read(name: string): Bytes | null;
  /** Names are `[a-z0-9.-]`, at most 200 of these, the first no dot; others are refused with `false`. */
  write(name: string, bytes: Bytes): boolean;
  /** Overwrites, then removes; `true` also when it was not there. */
  remove(name: string): boolean;
  /** Eight hexadecimal digits that no change has yet. */
  newId(): string;
}
