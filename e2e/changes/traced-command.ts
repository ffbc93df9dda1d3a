import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { askCommand, type CommandAnswer } from '../conformance/ask-command.ts';
import type { BuiltCommand } from '../support/built-command.ts';
import { variablesOf } from './change-scene.ts';

/** A call that changes something on the disk, or makes it durable. */
export interface ChangingCall {
  readonly name: string;
  /** How many calls of each name there were from the start of the program up to this one. */
  readonly counts: ReadonlyMap<string, number>;
  /** What it does to what, without what is random in it. */
  readonly text: string;
}

const CHANGING =
  /^(?:p?write(?:64|v|v2)?|f?truncate|fsync|fdatasync|fchmod(?:at)?|chmod|fchown(?:at)?|[fl]?chown|[fl]?setxattr|rename(?:at2?)?|link(?:at)?|unlink(?:at)?|mkdir(?:at)?|rmdir|symlink(?:at)?|utimensat)\(/;
const TRACED =
  'trace=openat,write,pwrite64,writev,ftruncate,truncate,fsync,fdatasync,fchmod,chmod,fchown,chown,fsetxattr,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,rmdir,symlink,utimensat';

/** Where the built command is run, and by what. */
export interface CommandIn {
  readonly credence: BuiltCommand;
  readonly home: string;
  readonly args: readonly string[];
  /** Words before it, such as a shell that sets a limit. */
  readonly before?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** The built command in a home of its own. */
export function runIn({ credence, home, args, before = [], variables }: CommandIn): Promise<CommandAnswer> {
  return askCommand([...before, 'node', credence.file, ...args], `${home}/project`, {
    PATH: credence.searchPath,
    ...variablesOf(home),
    ...variables,
  });
}

/**
 * Among few processes: Credence looks at each that runs, so what it opens would depend on what else goes on, and a fault would
 * hardly ever strike where it should. For the administrator only; others see little of other processes anyway.
 */
const OWN_PROCESSES = ['unshare', '--mount', '--pid', '--fork', '--mount-proc', '--'];
const ALONE = spawnSync('unshare', [...OWN_PROCESSES.slice(1), 'true']).status === 0 ? OWN_PROCESSES : [];

export interface Traced {
  readonly answer: CommandAnswer;
  readonly calls: readonly ChangingCall[];
  /** Which of `calls` was struck first; `null`: none, or something else was. */
  readonly struck: number | null;
}

/** Words before a program whose calls are to be written to a file. */
export function straceTo(log: string, more: readonly string[]): readonly string[] {
  return [...ALONE, 'strace', '-o', log, ...more, '-e', TRACED];
}

/** Under strace, which only follows the main thread: it is where all files are changed. */
export async function traced(run: CommandIn, log: string, inject?: string): Promise<Traced> {
  const strace = straceTo(log, ['-y', '-s', '0']);
  const more = inject === undefined ? [] : ['-e', `inject=${inject}`];
  const answer = await runIn({ ...run, before: [...(run.before ?? []), ...strace, ...more] });
  return { answer, ...readTrace(log, run.home) };
}

function readTrace(log: string, home: string): Omit<Traced, 'answer'> {
  const counts = new Map<string, number>();
  const calls: ChangingCall[] = [];
  let struck: number | null = null;
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const name = /^(\w+)\(/.exec(line)?.[1];
    if (name === undefined) continue;
    const isStruck = line.includes('(INJECTED)') || line.endsWith('= ?');
    // What is there already is not made.
    const isNothing = / = -1 E(?:EXIST|NOENT) /.test(line) && !isStruck;
    const changes =
      (CHANGING.test(line) || /^openat\(.*O_CREAT/.test(line)) &&
      (line.includes(`"${home}/`) || line.includes(`<${home}/`) || line.includes(`<${home}>`)) &&
      !isNothing;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!changes) continue;
    if (isStruck) struck ??= calls.length;
    calls.push({ name, counts: new Map(counts), text: withoutChance(line, home) });
  }
  return { calls, struck };
}

/** Numbers of descriptors, random names, ids, results. */
function withoutChance(line: string, home: string): string {
  return (
    line
      .replaceAll(home, '~')
      .replace(/\) += .*$/s, ')')
      .replace(/\(\d+</, '(<')
      // How much is written depends on the path of the home.
      .replace(/, ""\.\.\..*$/, ')')
      .replace(/\.credence-[0-9a-f]{16}/g, '.credence-*')
      .replace(/fingerprint\.[0-9a-f]{12}/g, 'fingerprint.*')
      .replace(/\b[0-9a-f]{8}\.(?=json|\d)/g, '*.')
  );
}

interface Aimed {
  readonly run: CommandIn;
  readonly log: string;
}

/** Node itself makes a call more or less before the first one that counts; then the next try aims anew. */
const TRIES = 20;

/**
 * Runs the command again and again, each time in a world as at first, until a fault strikes at exactly one of its calls.
 *
 * @param lay a new home, and a file for the log
 * @param times `+`: at all later calls of this name, too
 * @throws {Error} when it never strikes
 */
export async function struckAt(
  calls: readonly ChangingCall[],
  at: number,
  how: string,
  lay: () => Aimed | Promise<Aimed>,
  times: '' | '+' = '',
): Promise<Traced & { readonly home: string }> {
  const call = calls[at];
  if (call === undefined) throw new Error('no such call');
  let when = call.counts.get(call.name) ?? 0;
  for (let left = TRIES; left > 0; left--) {
    const { run, log } = await lay();
    const found = await traced(run, log, `${call.name}:${how}:when=${String(when)}${times}`);
    if (found.struck === at && found.calls[at]?.text === call.text) return { ...found, home: run.home };
    const better = aimedAnew(calls, at, found.calls);
    // Too early: never back to where it was.
    when = found.calls.length > at ? (better ?? when) : Math.max(when + 1, better ?? 0);
  }
  throw new Error(`${how} at ${call.text} does not strike`);
}

/** What to count up to, as far as the last run has shown it; `null`: it has not. */
function aimedAnew(
  calls: readonly ChangingCall[],
  at: number,
  found: readonly ChangingCall[],
): number | null {
  const reached = Math.min(found.length - 1, at);
  if (reached < 0) return null;
  const upTo = (list: readonly ChangingCall[], place: number): number =>
    list[place]?.counts.get(calls[at]?.name ?? '') ?? 0;
  return upTo(found, reached) + upTo(calls, at) - upTo(calls, reached);
}
