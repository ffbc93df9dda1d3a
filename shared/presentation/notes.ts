import type { Inspection } from '../usecases/inspect.ts';
export interface Note {
  readonly code: string;
  readonly message: string;
}
export function notesOf(_inspection: Inspection): readonly Note[] {
  return [];
}
