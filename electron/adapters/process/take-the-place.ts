import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import path from 'node:path';
import { isatty } from 'node:tty';

export interface StandIn {
  /** As typed: a path, or a name that is looked up on the search path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Everything that it gets. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where it is started; left out: here. */
  readonly folder?: string;
  /** Whether programs are found as POSIX has it, and told to end by signals. */
  readonly posix: boolean;
}

export type StandInEnd =
  | { readonly state: 'ended'; readonly exitCode: number }
  /** `not-executable`: something of that name is there, and cannot be run. */
  | { readonly state: 'not-found' | 'not-executable' };

/**
 * Runs a program in the place of this process: on the same terminal, in the same folder and process group, with every signal
 * handed on.
 *
 * @returns how it ended. A program that a signal ended ends this process by the same signal; where that cannot be, the exit code is
 * 128 and the signal’s number, as shells have it
 */
export async function takeThePlace({
  program,
  args,
  variables,
  folder,
  posix,
}: StandIn): Promise<StandInEnd> {
  const found = posix ? findProgram(program, variables['PATH']) : { file: program };
  if ('state' in found) return found;
  const end = await runToItsEnd(found.file, {
    program,
    args,
    variables,
    ...(folder === undefined ? {} : { folder }),
  });
  return end.state === 'signalled' ? { state: 'ended', exitCode: await endBy(end.signal) } : end;
}

/** What exec(3) would start. An empty part of the path would mean the folder one happens to stand in, and is passed over. */
function findProgram(
  program: string,
  searchPath = '/bin:/usr/bin',
): { readonly file: string } | Extract<StandInEnd, { state: 'not-found' | 'not-executable' }> {
  if (program === '') return { state: 'not-found' };
  const candidates = program.includes('/')
    ? [program]
    : searchPath
        .split(':')
        .filter((folder) => folder !== '')
        .map((folder) => path.join(folder, program));
  const files = candidates.filter(isThere);
  const file = files.find(isExecutable);
  if (file === undefined) return { state: files.length > 0 ? 'not-executable' : 'not-found' };
  // Without a slash the system would look it up once more.
  return { file: file.includes('/') ? file : `./${file}` };
}

function isThere(file: string): boolean {
  try {
    statSync(file);
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

type End = StandInEnd | { readonly state: 'signalled'; readonly signal: NodeJS.Signals };

function runToItsEnd(
  file: string,
  { program, args, variables, folder }: Omit<StandIn, 'posix'>,
): Promise<End> {
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const end = (how: End): void => {
      stop();
      resolve(how);
    };
    try {
      const child = spawn(file, [...args], {
        argv0: program,
        env: { ...variables },
        stdio: 'inherit',
        ...(folder === undefined ? {} : { cwd: folder }),
      });
      stop = handOnSignals((signal) => child.kill(signal));
      child.on('error', (error: NodeJS.ErrnoException) => {
        // A script whose interpreter is missing is there.
        end({ state: error.code === 'ENOENT' && !isThere(file) ? 'not-found' : 'not-executable' });
      });
      child.on('exit', (exitCode, signal) => {
        end(signal === null ? { state: 'ended', exitCode: exitCode ?? 0 } : { state: 'signalled', signal });
      });
    } catch {
      // A NUL byte, or more words than the system takes.
      end({ state: 'not-executable' });
    }
  });
}

/** Those that a terminal sends to its whole foreground group, so that the program has got them already. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGWINCH'];
const HANDED_ON: readonly NodeJS.Signals[] = [
  ...FROM_TERMINAL,
  'SIGTERM',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGCONT',
];

/** Until then the signal to oneself has arrived: milliseconds, which do not pass while stopped. */
const STOPPED = 50;

/**
 * @returns what stops it
 *
 * Node does not tell who sent a signal. In the foreground of a terminal INT, QUIT and WINCH are taken for the terminal’s: handed on
 * once more, one Ctrl-C would be two, which ends programs that ask before they end.
 */
function handOnSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const listeners = HANDED_ON.map((signal) => {
    const listener = (): void => {
      if (signal === 'SIGCONT') listenForStop();
      if (!(FROM_TERMINAL.includes(signal) && isInForeground())) send(signal);
    };
    return { signal, listener };
  });
  let over = false;
  const stopped = (): void => {
    if (!isInForeground()) send('SIGTSTP');
    // With the program, so that the shell sees the job stopped, and in the way that has no effect where no shell could continue it.
    process.removeListener('SIGTSTP', stopped);
    process.kill(process.pid, 'SIGTSTP');
    setTimeout(listenForStop, STOPPED).unref();
  };
  const listenForStop = (): void => {
    if (!over && !process.listeners('SIGTSTP').includes(stopped)) listen('SIGTSTP', stopped);
  };
  const all = [...listeners, { signal: 'SIGTSTP' as const, listener: stopped }];
  for (const { signal, listener } of all) listen(signal, listener);
  return () => {
    over = true;
    for (const { signal, listener } of all) process.removeListener(signal, listener);
  };
}

function listen(signal: NodeJS.Signals, listener: () => void): void {
  try {
    process.on(signal, listener);
  } catch {
    // A system that does not have it.
  }
}

/** Whether this process’s group has its terminal’s keyboard. Elsewhere than on Linux a terminal alone has to do. */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const [, , , group, , terminal, foreground] = stat.slice(stat.lastIndexOf(')') + 1).split(' ');
    return terminal !== '0' && group === foreground;
  } catch {
    return isatty(0);
  }
}

/** These leave a picture of the memory behind, and this process’s holds what was taken out of the environment. */
const DUMPING: readonly NodeJS.Signals[] = [
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGSYS',
];
/** Milliseconds that a signal to oneself may take. */
const SOON = 1_000;

function endBy(signal: NodeJS.Signals): Promise<number> {
  const code = 128 + system.signals[signal];
  if (DUMPING.includes(signal)) return Promise.resolve(code);
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(code);
    }, SOON);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
