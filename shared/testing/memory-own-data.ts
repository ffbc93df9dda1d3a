import type { OwnData } from '../ports/own-data.ts';

export interface MemoryOwnData extends OwnData {
  /** Every text that was written, in order. */
  readonly written: readonly string[];
}

/** @param trouble `unwritable`: nothing can be kept; `unremovable`: something is always left */
export function memoryOwnData(
  first: string | null = null,
  trouble: 'unwritable' | 'unremovable' | null = null,
): MemoryOwnData {
  const written: string[] = [];
  let text = first;
  return {
    folder: '/home/p/.config/credence',
    written,
    read: () => text,
    write: (next) => {
      if (trouble === 'unwritable') return false;
      written.push(next);
      text = next;
      return true;
    },
    removeRest: () => undefined,
    remove: () => {
      if (trouble === 'unremovable') return false;
      text = null;
      return true;
    },
  };
}
