import type { OwnNotes } from '../../../shared/ports/own-notes.ts';

/**
 * Not made yet: keeps nothing.
 *
 * @param ownFolder Credence’s own; `null`: there is none
 */
export function ownNotesFolder(ownFolder: string | null): OwnNotes {
  return { read: () => null, write: () => ownFolder === '' };
}
