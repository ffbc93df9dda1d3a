/** What a program and all that it starts write, and with what it starts them: also what is gone a moment later. */
import { Buffer } from 'node:buffer';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export const TRACE = [
  '-f',
  '-v',
  '-yy',
  '-s',
  '1000000',
  '-e',
  'signal=none',
  '-e',
  'trace=execve,write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,rename,renameat,renameat2,symlink,symlinkat',
] as const;

export interface TracedCall {
  readonly call: string;
  /** The file that it goes to, `TCP` with the other end’s port, or another kind as `UNIX` and `pipe`; of `execve` the program. */
  readonly to: string;
  /** All that was given, as bytes. */
  readonly bytes: Buffer;
}

/** Follows a program that runs already, and what it starts from now on. */
export async function traceProcess(
  pid: number,
  file: string,
): Promise<{ readonly end: () => Promise<void> }> {
  const strace: ChildProcess = spawn('strace', [...TRACE, '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(strace, 'close');
  // Before it has attached, something could be started unseen.
  await once(strace.stderr ?? strace, 'data');
  return {
    end: async () => {
      if (strace.exitCode === null && strace.signalCode === null) strace.kill('SIGINT');
      await ended;
    },
  };
}

/** The calls in a trace, one after the other: they may be too large for all at once. */
export async function* tracedCalls(file: string): AsyncGenerator<TracedCall> {
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    const [, call, rest] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
    if (call === undefined || rest === undefined) continue;
    const bytes = unescaped(rest);
    if (call === 'execve') yield { call, to: /^"([^"]*)"/.exec(rest)?.[1] ?? '', bytes };
    else yield { call, to: targetOf(rest), bytes };
  }
}

/** `-yy` writes it behind the number. */
function targetOf(rest: string): string {
  const shown = /^\d+<((?:->|[^<>])*)/.exec(rest)?.[1] ?? '';
  const port = /^TCP.*->.*:(\d+)\]$/.exec(shown)?.[1];
  if (port !== undefined) return `TCP:${port}`;
  return /^(socket|pipe|anon_inode|TCP|UNIX|NETLINK)/.exec(shown)?.[1] ?? shown.replace(/ \(deleted\)$/, '');
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', a: '\u0007' };

/** As strace quotes bytes: like C. */
function unescaped(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/\\([0-7]{1,3}|x[0-9a-f]{2}|.)/g, (_, one: string) =>
      /^[0-7]/.test(one) ? String.fromCodePoint(Number.parseInt(one, 8) & 0xff) : (NAMED[one] ?? one),
    ),
    'latin1',
  );
}
