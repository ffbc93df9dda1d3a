import type { ShellWord } from '../startup/shell-word.ts';
import { ShellWords } from '../startup/shell-words.ts';
import { isPlistDictionary, type PlistValue } from './plist.ts';

export interface LaunchVariable {
  readonly name: string;
  readonly text: string;
}

/**
 * The variables that a job of launchd sets for every program started later: its `ProgramArguments` run
 * `launchctl setenv NAME VALUE`, themselves or in a shell script given with `-c`. The job's own `EnvironmentVariables` reach
 * that job alone and do not count. A value that the script computes cannot be known here and is left out.
 *
 * Source: launchd.plist(5), launchctl(1).
 */
export function launchAgentVariables(plist: PlistValue | null): readonly LaunchVariable[] {
  if (!isPlistDictionary(plist)) return [];
  if (plist.get('Disabled') === true || !startsByItself(plist)) return [];
  const listed = plist.get('ProgramArguments');
  const args = Array.isArray(listed)
    ? (listed as readonly PlistValue[]).filter((item) => typeof item === 'string')
    : [];
  const named = plist.get('Program');
  const program = baseName(typeof named === 'string' ? named : (args[0] ?? ''));
  if (program === 'launchctl') return variablesOf(args.slice(1));
  return SHELLS.has(program) ? variablesOfScript(args.slice(1)) : [];
}

/** Without one of these keys a loaded job waits until somebody starts it. */
const STARTERS = [
  'RunAtLoad',
  'KeepAlive',
  'OnDemand',
  'StartInterval',
  'StartCalendarInterval',
  'StartOnMount',
  'WatchPaths',
  'QueueDirectories',
  'LaunchEvents',
];

function startsByItself(job: ReadonlyMap<string, PlistValue>): boolean {
  return STARTERS.some((key) => {
    const value = job.get(key);
    // `OnDemand` is the old opposite of `KeepAlive`.
    return key === 'OnDemand' ? value === false : value !== undefined && value !== false;
  });
}

const SHELLS = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh']);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The arguments of `launchctl`; `null` stands for one that is not known. */
function variablesOf(args: readonly (string | null)[]): readonly LaunchVariable[] {
  if (args[0] !== 'setenv') return [];
  const variables: LaunchVariable[] = [];
  for (let index = 1; index + 1 < args.length; index += 2) {
    const name = args[index];
    const text = args[index + 1];
    if (typeof name === 'string' && name !== '' && typeof text === 'string') variables.push({ name, text });
  }
  return variables;
}

function variablesOfScript(args: readonly string[]): readonly LaunchVariable[] {
  const option = args.findIndex((arg) => /^-[a-z]*c[a-z]*$/.test(arg));
  if (option < 0 || args.slice(0, option).some((arg) => !arg.startsWith('-'))) return [];
  const script = args.slice(option + 1).find((arg) => !arg.startsWith('-'));
  return script === undefined ? [] : commandsOf(script).flatMap(variablesOfCommand);
}

/** Words that may stand before a command's name. */
const PREFIXES = new Set(['then', 'else', 'do', '{', '!', 'exec', 'command', 'sudo', 'time']);

function variablesOfCommand(words: readonly ShellWord[]): readonly LaunchVariable[] {
  const start = words.findIndex(({ text, quoted }) => quoted || !PREFIXES.has(text));
  const args = words
    .slice(start)
    .map((word) => (word.computed || word.tilde || word.braces ? null : word.text));
  return start >= 0 && baseName(args[0] ?? '') === 'launchctl' ? variablesOf(args.slice(1)) : [];
}

/** The simple commands of a script, those inside of command substitutions left out. */
function commandsOf(script: string): readonly (readonly ShellWord[])[] {
  const reader = new ShellWords(script, false);
  const commands: ShellWord[][] = [];
  const open: string[] = [];
  let substitutions = 0;
  let words: ShellWord[] = [];
  for (;;) {
    const token = reader.next(words.length > 0);
    if (typeof token !== 'string') {
      if (substitutions === 0 && token.redirect === '') words.push(token);
      continue;
    }
    if (token === ')' && open.pop() === '$(') {
      substitutions--;
      reader.resume();
      continue;
    }
    if (token === '') return [...commands, words];
    if (token === '$(' || token === '(') open.push(token);
    if (token === '$(') substitutions++;
    if (substitutions > 0) continue;
    commands.push(words);
    words = [];
  }
}
