import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { chmodSync, openSync, closeSync, constants, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asNobody } from '../../../e2e/support/as-nobody.ts';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import type { FileStore } from '../../../shared/ports/file-store.ts';
import { fileStoreContract } from '../../../shared/testing/file-store-contract.ts';
import type { FileTree, FileTreeEntry } from '../../../shared/testing/file-tree.ts';
import { nodeFileStore } from './node-file-store.ts';

const roots: string[] = [];

afterEach(() => {
  for (const root of roots.splice(0)) {
    rmSync(root, { recursive: true, force: true });
  }
});

function lay(tree: FileTree): { readonly files: FileStore; readonly root: string } {
  const root = layTree(tree);
  roots.push(root);
  return { root, files: Object.values(tree).some(isDenied) ? asAnother(nodeFileStore) : nodeFileStore };
}

function isDenied(entry: FileTreeEntry): boolean {
  return typeof entry !== 'string' && 'denied' in entry;
}

function asAnother(files: FileStore): FileStore {
  return {
    read: (file, maxBytes) => asNobody(() => files.read(file, maxBytes)),
    list: (folder) => asNobody(() => files.list(folder)),
    inspect: (file) => asNobody(() => files.inspect(file)),
    realPath: (file) => asNobody(() => files.realPath(file)),
    linkAt: (file) => asNobody(() => files.linkAt(file)),
  };
}

describe.runIf(onPosix)('as every file store', () => {
  test.each(fileStoreContract(lay))('$title', ({ run }) => run());
});

test.runIf(onPosix)('Who may read a file but not the folders above it is denied.', () => {
  const { root } = lay({ 'd/f': { kind: 'file', content: 'x', mode: 0o644 } });
  chmodSync(path.join(root, 'd'), 0o000);
  expect(asAnother(nodeFileStore).read(path.join(root, 'd/f'), 100)).toEqual({ state: 'denied' });
  chmodSync(path.join(root, 'd'), 0o700);
});

test.runIf(onPosix)('A FIFO is not even opened: who waits to write into it goes on waiting.', async () => {
  const { root } = lay({ f: { kind: 'fifo' } });
  const fifo = path.join(root, 'f');
  const writer = spawn('/bin/sh', ['-c', ': > "$0"', fifo], { stdio: 'ignore' });
  const ended = new Promise((resolve) => writer.on('close', resolve));
  await patience();
  expect(nodeFileStore.read(fifo, 100)).toEqual({ state: 'not-a-file' });
  await patience();
  expect(writer.exitCode).toBe(null);
  writer.kill('SIGKILL');
  await ended;
});

/** Long enough for a small program to start and come to rest. */
const patience = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 300));

test.runIf(onPosix)('A FIFO with a writer is told at once as well.', () => {
  const { root } = lay({ f: { kind: 'fifo' } });
  const both = openSync(path.join(root, 'f'), constants.O_RDWR | constants.O_NONBLOCK);
  writeFileSync(both, 'x');
  expect(nodeFileStore.read(path.join(root, 'f'), 100)).toEqual({ state: 'not-a-file' });
  closeSync(both);
});

test.runIf(onPosix)('A socket is not a file.', async () => {
  const { root } = lay({});
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path.join(root, 's'), resolve));
  expect(nodeFileStore.read(path.join(root, 's'), 100)).toEqual({ state: 'not-a-file' });
  expect(nodeFileStore.inspect(path.join(root, 's'))?.kind).toBe('other');
  await new Promise((resolve) => server.close(resolve));
});

test.runIf(onPosix)('A device that never ends is not a file.', () => {
  expect(nodeFileStore.read('/dev/zero', 100)).toEqual({ state: 'not-a-file' });
});

test.runIf(onLinux)('A file that cannot be read for a reason of its own has failed.', () => {
  // A process's memory is a regular file of no size, of which nothing lies at its beginning.
  expect(nodeFileStore.read('/proc/self/mem', 100)).toEqual({ state: 'failed' });
});

test.runIf(onLinux)('A file that says it has no size is read up to the most bytes.', () => {
  expect(nodeFileStore.read('/proc/self/status', 1_000_000)).toMatchObject({ state: 'read' });
  expect(nodeFileStore.read('/proc/self/status', 10)).toEqual({ state: 'too-large' });
});
