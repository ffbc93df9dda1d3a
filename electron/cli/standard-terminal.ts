import { writeSync } from 'node:fs';
import type { Terminal } from './command.ts';
import { EXIT } from './exit-code.ts';

export interface StandardTerminal extends Terminal {
  /** Whether a stream has been given text, which it may not have written yet. */
  readonly streams: boolean;
  /** Whether the terminal was closed meanwhile. */
  readonly hungUp: boolean;
}

/**
 * What this process prints to. Node's streams for it are slow to load, so an answer in JSON does without them.
 *
 * @param direct whether text can be written to the descriptors themselves
 */
export function standardTerminal(variables: NodeJS.ProcessEnv, direct: boolean): StandardTerminal {
  let streams = false;
  let hungUp = false;
  const watched = (
    stream: NodeJS.WriteStream,
    failed: (code: string | undefined) => void,
  ): NodeJS.WriteStream => {
    streams = true;
    return stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      // A terminal that was closed ends nothing here: what runs is to be cancelled first, as the hang-up asks.
      hungUp ||= code === 'EIO' && stream.isTTY;
      if (!hungUp) failed(code);
    });
  };
  return {
    out: printer(direct ? 1 : null, () =>
      watched(process.stdout, (code) => {
        // A reader that went away (`credence status | head -1`) is no failure: the exit code is that of the answer.
        if (code !== 'EPIPE') process.exit(EXIT.unknown);
      }),
    ),
    error: printer(direct ? 2 : null, () => watched(process.stderr, () => undefined)),
    ask: async (question) => {
      if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
      const { createInterface } = await import('node:readline/promises');
      streams = true;
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return await lines.question(question);
      } catch {
        // Ctrl-C or Ctrl-D: no answer is no yes. What comes next begins on a line of its own.
        process.stdout.write('\n');
        return '';
      } finally {
        lines.close();
      }
    },
    get streams() {
      return streams;
    },
    get hungUp() {
      return hungUp;
    },
    get colour() {
      return process.stdout.isTTY && (variables['NO_COLOR'] ?? '') === '' && variables['TERM'] !== 'dumb';
    },
    get columns() {
      return Math.max(40, Math.min(process.stdout.columns || 80, 100));
    },
  };
}

/** Writes to a descriptor, and leaves what it does not take at once to the stream: that waits, or tells what is wrong. */
export function printer(
  descriptor: number | null,
  open: () => Pick<NodeJS.WritableStream, 'write'>,
): (text: string) => void {
  let stream: ReturnType<typeof open> | null = null;
  return (text) => {
    const rest = descriptor === null || stream !== null ? text : unwritten(descriptor, text);
    if (rest.length > 0) (stream ??= open()).write(rest);
  };
}

function unwritten(descriptor: number, text: string): Uint8Array {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  } catch {
    // The stream meets the same trouble.
  }
  return bytes.subarray(written);
}
