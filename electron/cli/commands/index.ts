import type { Command } from '../command.ts';

/** One entry per command; each is loaded only when it is called. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  status: async () => (await import('./status.ts')).status,
};

export const commandNames: readonly string[] = Object.keys(LOADERS);

/** The command of that name, or `null`. */
export async function loadCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(LOADERS, name) ? ((await LOADERS[name]?.()) ?? null) : null;
}
