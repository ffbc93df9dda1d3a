import { spawn } from 'node:child_process';
import type { BuiltCommand } from './built-command.ts';

/** A command that goes on while a test plays the person and the browser. */
export interface RunningCommand {
  readonly processId: number;
  /** All that it has printed, on both outputs. */
  readonly said: () => string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until something stands there; fails after a time that only a hang takes. */
  readonly says: (what: RegExp) => Promise<RegExpExecArray>;
  readonly write: (text: string) => void;
  /** Types something as soon as that stands there. */
  readonly answers: (what: RegExp, text: string) => Promise<void>;
  readonly closeInput: () => void;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Milliseconds: less than a test has, so that it can still tell what was said. */
const DEADLINE = 50_000;
/** Milliseconds: a terminal is listened to a moment after it was written to. */
const MOMENT = 300;

export function runningCommand(
  { file, searchPath }: BuiltCommand,
  args: readonly string[],
  {
    folder,
    variables,
    terminal = false,
  }: {
    readonly folder: string;
    readonly variables: Readonly<Record<string, string>>;
    /** In a terminal of its own. */
    readonly terminal?: boolean;
  },
): RunningCommand {
  const words = ['node', file, ...args];
  const [program = '', ...rest] = terminal
    ? ['script', '--quiet', '--return', '--command', words.join(' '), '/dev/null']
    : words;
  const child = spawn(program, rest, {
    cwd: folder,
    env: { TERM: 'xterm', ...variables, PATH: searchPath },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let [stdout, stderr, said] = ['', '', ''];
  const waiting = new Set<() => void>();
  const hear = (text: string): void => {
    said += text;
    for (const look of [...waiting]) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    hear(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    hear(text);
  });
  child.stdin.on('error', () => undefined);
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(kill, DEADLINE);
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal });
    });
  });
  const says = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = what.exec(said);
        if (found === null) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => {
        reject(new Error(`it ended without saying ${String(what)}:\n${said}`));
      });
    });
  return {
    processId: child.pid ?? 0,
    said: () => said,
    stdout: () => stdout,
    stderr: () => stderr,
    says,
    answers: async (what, text) => {
      await says(what);
      if (terminal) await new Promise((resolve) => setTimeout(resolve, MOMENT));
      child.stdin.write(text);
    },
    write: (text) => {
      child.stdin.write(text);
    },
    closeInput: () => {
      child.stdin.end();
    },
    signal: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}
