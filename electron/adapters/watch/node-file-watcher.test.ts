import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import type { FileWatcher } from '../../../shared/ports/file-watcher.ts';
import { fileWatcherContract, type WatchedDisk } from '../../../shared/testing/file-watcher-contract.ts';
import type { ChangingDisk } from '../../../shared/testing/memory-disk.ts';
import { nodeFileWatcher } from './node-file-watcher.ts';

const roots: string[] = [];
const watchers: FileWatcher[] = [];

afterEach(() => {
  for (const watcher of watchers.splice(0)) watcher.close();
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** On a busy machine an event may take its time; one that never comes fails the test. */
const until = async (what: string, isSo: () => boolean): Promise<void> => {
  await vi.waitFor(
    () => {
      expect(isSo(), what).toBe(true);
    },
    { timeout: 30_000, interval: 2 },
  );
};

const disk: ChangingDisk = {
  write: (file, text) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  },
  replace: (file, text) => {
    writeFileSync(`${file}.beside`, text);
    renameSync(`${file}.beside`, file);
  },
  link: (at, to) => {
    mkdirSync(path.dirname(at), { recursive: true });
    symlinkSync(to, `${at}.beside`);
    renameSync(`${at}.beside`, at);
  },
  makeFolder: (folder) => {
    mkdirSync(folder, { recursive: true });
  },
  remove: (at) => {
    rmSync(at, { recursive: true });
  },
  move: renameSync,
};

function put(anchorOf: (root: string) => string | null): () => WatchedDisk {
  return () => {
    const root = layTree({});
    roots.push(root);
    return { root, disk, until, watcher: watcherAt(anchorOf(root)) };
  };
}

function watcherAt(anchor: string | null): FileWatcher {
  const watcher = nodeFileWatcher(anchor);
  watchers.push(watcher);
  return watcher;
}

describe.runIf(onPosix)('as every file watcher, in a home', () => {
  test.each(fileWatcherContract(put((root) => root)))('$title', ({ run }) => run());
});

describe.runIf(onPosix)('as every file watcher, without a home', () => {
  test.each(fileWatcherContract(put(() => null)))('$title', ({ run }) => run());
});

describe.runIf(onPosix)('as every file watcher, outside of the home', () => {
  test.each(fileWatcherContract(put((root) => `${root}/home-of-another`)))('$title', ({ run }) => run());
});

test.runIf(onLinux)('A home that is touched from above is still watched.', async () => {
  const root = layTree({ 'home/f': 'a', g: 'a' });
  roots.push(root);
  const home = path.join(root, 'home');
  const watcher = watcherAt(home);
  const heard: (string | null)[] = [];
  const watch = (): void => {
    watcher.watch(new Set([`${home}/f`, `${root}/g`]), new Set());
  };
  watcher.onChange((changed) => {
    heard.push(changed);
    if (changed !== `${root}/g`) watch();
  });
  watch();
  chmodSync(home, 0o700);
  utimesSync(home, 1, 1);
  writeFileSync(`${root}/g`, 'b');
  await until('the file beside the home is told', () => heard.includes(`${root}/g`));
  writeFileSync(`${home}/f`, 'b');
  await until('the file in the home is told', () => heard.includes(`${home}/f`));
});

test.runIf(onPosix)(
  'A path that cannot be watched leaves the others watched, and nothing is thrown.',
  async () => {
    const root = layTree({ f: 'a' });
    roots.push(root);
    const watcher = watcherAt(root);
    const heard: (string | null)[] = [];
    watcher.onChange((changed) => heard.push(changed));
    const odd = ['a\0b', 'x'.repeat(5000), 'f/below-a-file', '../..', ''].map((name) => `${root}/${name}`);
    watcher.watch(new Set([...odd, `${root}/f`]), new Set(odd));
    writeFileSync(`${root}/f`, 'b');
    await until('the file is told', () => heard.includes(`${root}/f`));
    expect(watcher.state).toBe('watching');
  },
);
