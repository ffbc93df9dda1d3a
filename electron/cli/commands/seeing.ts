import type { SeeingCommand } from '../command.ts';

/** Those that look at one machine and need no more for it; they are bundled by themselves. Each is loaded when it is called. */
export const SEEING: Readonly<
  Record<'status' | 'explain' | 'matrix' | 'scan', () => Promise<SeeingCommand>>
> = {
  status: async () => (await import('./status.ts')).status,
  explain: async () => (await import('./explain.ts')).explain,
  matrix: async () => (await import('./matrix.ts')).matrix,
  scan: async () => (await import('./scan.ts')).scan,
};

/** @throws {RangeError} for any other command */
export async function loadSeeing(name: string): Promise<SeeingCommand> {
  if (!isSeeing(name)) throw new RangeError('This command is not among those that only look.');
  return SEEING[name]();
}

function isSeeing(name: string): name is keyof typeof SEEING {
  return Object.hasOwn(SEEING, name);
}
