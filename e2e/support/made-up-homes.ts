import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import { builtCommand, type BuiltCommand } from './built-command.ts';
import { runningCommand, type RunningCommand } from './running-command.ts';

type Variables = Readonly<Record<string, string>>;

/** A home with nothing of this machine in it, and the built command to be run there. */
export interface MadeUpHome {
  readonly path: string;
  /** Where commands are run: a folder in it. */
  readonly folder: string;
  readonly variables: Variables;
  /** What a file holds, by its path in the home; `null`: it is not there. */
  readonly text: (name: string) => string | null;
  readonly write: (name: string, text: string) => void;
  /** One run, from its start to its end, without a terminal and with nothing to read. */
  readonly ask: (words: readonly string[], variables?: Variables) => Promise<CommandAnswer>;
  /** One that goes on while a test plays the person. */
  readonly start: (
    words: readonly string[],
    options?: { readonly variables?: Variables; readonly terminal?: boolean },
  ) => RunningCommand;
}

export interface MadeUpHomes {
  readonly credence: () => BuiltCommand;
  /** A folder for more than homes; a short path, since sockets have a limit of 108 bytes. */
  readonly base: () => string;
  /** Another home, with these files in it. */
  readonly lay: (files?: Readonly<Record<string, string>>, variables?: Variables) => MadeUpHome;
}

/** Homes for the tests of one file, which are removed after the last of them. */
export function madeUpHomes(): MadeUpHomes {
  let base = '';
  let credence: BuiltCommand | null = null;
  let count = 0;
  beforeAll(() => {
    base = realpathSync(mkdtempSync('/tmp/credence-t-'));
    chmodSync(base, 0o755);
    mkdirSync(path.join(base, 'bin'));
    credence = builtCommand(path.join(base, 'bin'));
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  const command = (): BuiltCommand => {
    if (credence === null) throw new Error('There is no command before the tests begin.');
    return credence;
  };
  return {
    credence: command,
    base: () => base,
    lay: (files = {}, variables = {}) => {
      const home = homeAt(path.join(base, `home-${String(++count)}`), command(), variables);
      for (const [name, text] of Object.entries(files)) home.write(name, text);
      return home;
    },
  };
}

/** @param variables beside `HOME` and the search path, which they may replace */
export function homeAt(home: string, credence: BuiltCommand, variables: Variables = {}): MadeUpHome {
  const folder = path.join(home, 'project');
  mkdirSync(folder, { recursive: true });
  const own: Variables & { readonly PATH: string } = {
    SHELL: '/bin/sh',
    PATH: credence.searchPath,
    ...variables,
    HOME: home,
  };
  return {
    path: home,
    folder,
    variables: own,
    text: (name) => {
      const file = path.join(home, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    write: (name, text) => {
      const file = path.join(home, name);
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, text, { mode: 0o600 });
    },
    ask: (words, more = {}) => askCommand(['node', credence.file, ...words], folder, { ...own, ...more }),
    start: (words, { variables: more = {}, terminal = false } = {}) =>
      runningCommand({ ...credence, searchPath: own.PATH }, words, {
        folder,
        variables: { ...own, ...more },
        terminal,
      }),
  };
}

/** Every file below a folder, by its whole path; what goes away meanwhile is none. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** Without the line ends of wrapping, so that sentences can be looked for. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ');
