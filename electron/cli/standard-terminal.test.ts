import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layTree } from '../../e2e/support/lay-tree.ts';
import { onPosix } from '../../e2e/support/on-system.ts';
import { printer } from './standard-terminal.ts';

/** More than a pipe holds. */
const LONG = 'ä longer text than that. '.repeat(100_000);

let root = '';
beforeEach(() => {
  root = layTree({});
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Printed {
  readonly whole: string;
  /** How many bytes of it the stream was given. */
  readonly streamed: number;
}

/** Prints to a pipe that does not wait for its reader. */
function printed(texts: readonly string[]): Printed {
  const pipe = path.join(root, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    const chunks: Buffer[] = [];
    const write = (chunk: Uint8Array | string): boolean => chunks.push(Buffer.from(chunk)) > 0;
    const print = printer(descriptor, () => ({ write }));
    for (const text of texts) print(text);
    const streamed = Buffer.concat(chunks);
    return {
      whole: Buffer.concat([drained(descriptor), streamed]).toString(),
      streamed: streamed.length,
    };
  } finally {
    closeSync(descriptor);
  }
}

/** What a pipe holds. */
function drained(descriptor: number): Buffer {
  const bytes = Buffer.alloc(1 << 20);
  let length = 0;
  try {
    for (;;) length += readSync(descriptor, bytes, length, bytes.length - length, null);
  } catch {
    return bytes.subarray(0, length);
  }
}

test.runIf(onPosix)('What the descriptor takes does not need the stream.', () => {
  expect(printed(['one, ', 'two'])).toEqual({ whole: 'one, two', streamed: 0 });
});

test.runIf(onPosix)(
  'What the descriptor does not take goes to the stream, and so does all that follows.',
  () => {
    const { whole, streamed } = printed(['first, ', LONG, ', last']);
    expect(whole).toBe(`first, ${LONG}, last`);
    expect(streamed).toBeGreaterThan(0);
    expect(streamed).toBeLessThan(Buffer.byteLength(LONG));
  },
);
