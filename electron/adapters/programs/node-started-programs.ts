import type { StartedPrograms } from '../../../shared/ports/started-programs.ts';

/** Not made yet: starts nothing. */
export const nodeStartedPrograms: StartedPrograms = { start: () => null };
