/** What Electron's own default app takes from the command line. */
export interface StartOptions {
  /** Modules of `-r`, in their order. */
  readonly modules: readonly string[];
  /** The app's folder or entry file. */
  readonly app: string | undefined;
  /** The port of `--inspect`, 0 for any. */
  readonly inspect: number | undefined;
  /** Chromium's switches, by name without dashes. */
  readonly switches: ReadonlyMap<string, string>;
}

const DEFAULT_INSPECT_PORT = 9229;

/** @param args what follows the program's name; what follows the app is the app's own business */
export function readStartOptions(args: readonly string[]): StartOptions {
  const modules: string[] = [];
  const switches = new Map<string, string>();
  let inspect: number | undefined;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    const [, name, value = ''] = /^--([^=]+)=?(.*)$/.exec(arg) ?? [];
    if (arg === '-r' || arg === '--require') {
      const file = args[++index];
      if (file === undefined) throw new Error('Invalid Usage: --require [file]');
      modules.push(file);
    } else if (name === 'inspect') {
      inspect = value === '' ? DEFAULT_INSPECT_PORT : Number(value);
    } else if (name !== undefined) {
      switches.set(name, value);
    } else if (!arg.startsWith('-')) {
      return { modules, app: arg, inspect, switches };
    }
  }
  return { modules, app: undefined, inspect, switches };
}
