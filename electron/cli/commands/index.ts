import type { Command } from '../command.ts';
import { SEEING } from './seeing.ts';

/** One entry per command; each is loaded only when it is called. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  status: SEEING.status,
  explain: SEEING.explain,
  matrix: SEEING.matrix,
  'what-if': async () => (await import('./what-if.ts')).whatIf,
  check: async () => (await import('./check.ts')).check,
  clear: async () => (await import('./clear.ts')).clear,
  changes: async () => (await import('./changes.ts')).changes,
  scan: SEEING.scan,
  doctor: async () => (await import('./doctor.ts')).doctor,
  login: async () => (await import('./login.ts')).login,
  logout: async () => (await import('./logout.ts')).logout,
  token: async () => (await import('./token.ts')).token,
  providers: async () => (await import('./providers.ts')).providers,
  secret: async () => (await import('./secret.ts')).secret,
  run: async () => (await import('./run.ts')).run,
  completion: async () => (await import('./completion.ts')).completionOf(loadCommands),
};

/** Those whose standard output is another program's, so that no error of ours belongs there, not even in JSON. */
export const RUNS_PROGRAM: ReadonlySet<string> = new Set(['run']);

export const commandNames: readonly string[] = Object.keys(LOADERS);

/** The command of that name, or `null`. */
export async function loadCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(LOADERS, name) ? ((await LOADERS[name]?.()) ?? null) : null;
}

/** All of them, in the order of their names above. */
export const loadCommands = (): Promise<readonly Command[]> =>
  Promise.all(Object.values(LOADERS).map((load) => load()));
