import type { OwnNoteName, OwnNotes } from '../ports/own-notes.ts';

/** @param canKeep `false`: nothing can be written */
export function memoryNotes(
  texts: Partial<Record<OwnNoteName, string>> = {},
  canKeep = true,
): OwnNotes & { readonly texts: Partial<Record<OwnNoteName, string>> } {
  const kept = { ...texts };
  return {
    texts: kept,
    read: (name) => kept[name] ?? null,
    write: (name, text) => {
      if (canKeep) kept[name] = text;
      return canKeep;
    },
  };
}
