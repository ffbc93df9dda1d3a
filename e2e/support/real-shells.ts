import { spawnSync } from 'node:child_process';

export const REAL_SHELLS = ['bash', 'zsh', 'fish'] as const;
export type RealShell = (typeof REAL_SHELLS)[number];

/** As terminals start them: login shells, and bash without being one, as it then reads another file. */
const STARTS: readonly { readonly shell: RealShell; readonly flags: string }[] = [
  { shell: 'bash', flags: '-lic' },
  { shell: 'bash', flags: '-ic' },
  { shell: 'zsh', flags: '-lic' },
  { shell: 'fish', flags: '-lic' },
];

/** What programs get that are started in a new terminal: lines of `NAME=value` by how the shell was started. */
export type NewTerminals = Readonly<Record<string, readonly string[]>>;

/**
 * Starts every shell anew, with nothing but a home.
 *
 * @throws {Error} when one of them is not installed: a test without it has shown nothing
 */
export function newTerminals(home: string, searchPath = '/usr/bin:/bin'): NewTerminals {
  return Object.fromEntries(
    STARTS.map(({ shell, flags }) => {
      const { stdout, error } = spawnSync(shell, [flags, 'env -0'], {
        cwd: home,
        env: { HOME: home, SHELL: `/usr/bin/${shell}`, PATH: searchPath, TERM: 'dumb' },
        encoding: 'utf8',
        timeout: 30_000,
      });
      if (error !== undefined)
        throw new Error(`${shell} could not be started; “npm test” installs it, or says how`);
      const lines = stdout.split('\0').filter((line) => line !== '');
      if (!lines.includes(`HOME=${home}`)) throw new Error(`${shell} ${flags} told nothing`);
      return [`${shell} ${flags}`, lines.sort()] as const;
    }),
  );
}

/** The same without some names. */
export function without(terminals: NewTerminals, names: readonly string[]): NewTerminals {
  return Object.fromEntries(
    Object.entries(terminals).map(([start, lines]) => [
      start,
      lines.filter((line) => !names.includes(line.slice(0, line.indexOf('=')))),
    ]),
  );
}

/** The ways of starting a shell in which a name is exported. */
export function exporting(terminals: NewTerminals, name: string): readonly string[] {
  return Object.keys(terminals).filter((start) =>
    terminals[start]?.some((line) => line.startsWith(`${name}=`)),
  );
}
