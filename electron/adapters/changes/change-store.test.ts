import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { changeStoreContract } from '../../../shared/testing/change-store-contract.ts';
import { changeStore } from './change-store.ts';
import { wipe } from './wipe.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const userId = process.geteuid?.() ?? null;

function newFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-changes-')));
  folders.push(folder);
  return folder;
}

/** A file stands where the folder would be. */
function noFolder(): string {
  const file = path.join(newFolder(), 'file');
  writeFileSync(file, '');
  return file;
}

describe('as every change store', () => {
  test.each(
    changeStoreContract((trouble) => changeStore(trouble === undefined ? newFolder() : noFolder(), userId)),
  )('$title', ({ run }) => run());
});

test('Without a folder of its own nothing is kept.', async () => {
  const store = changeStore(null, userId);
  expect([store.write('a', 'x'), store.names(), store.read('a'), store.remove('a')]).toEqual([
    false,
    [],
    null,
    false,
  ]);
  expect(await store.alone(0, () => Promise.resolve(1))).toBe('unavailable');
});

test.runIf(onPosix)(
  'The folder and its files are for this user alone, whatever they were before.',
  async () => {
    const folder = path.join(newFolder(), 'own');
    mkdirSync(path.join(folder, 'changes'), { recursive: true });
    chmodSync(path.join(folder, 'changes'), 0o777);
    const store = changeStore(folder, userId);
    const before = process.umask(0);
    try {
      expect(store.write('a', 'x')).toBe(true);
      await store.alone(0, () => Promise.resolve());
    } finally {
      process.umask(before);
    }
    const modes = ['', 'a', '_lock'].map((name) => statSync(path.join(folder, 'changes', name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  },
);

test.runIf(onPosix)('A folder that is a link, or another user’s, is none.', async () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'elsewhere'));
  symlinkSync('elsewhere', path.join(folder, 'changes'));
  const store = changeStore(folder, userId);
  expect(store.write('a', 'x')).toBe(false);
  expect(await store.alone(0, () => Promise.resolve(1))).toBe('unavailable');
  expect(readdirSync(path.join(folder, 'elsewhere'))).toEqual([]);
  expect(changeStore(newFolder(), 12_345_678).write('a', 'x')).toBe(false);
});

test.runIf(onPosix)('What is no file of this user is not read.', () => {
  const folder = newFolder();
  const store = changeStore(folder, userId);
  store.write('a', 'x');
  const inFolder = (name: string): string => path.join(folder, 'changes', name);
  symlinkSync('a', inFolder('link'));
  mkdirSync(inFolder('folder'));
  spawnSync('mkfifo', [inFolder('fifo')]);
  expect(['link', 'folder', 'fifo'].map((name) => store.read(name))).toEqual([null, null, null]);
  expect(changeStore(folder, 12_345_678).read('a')).toBe(null);
});

test('What a killed run has left is wiped by the next that is alone, and is no blob.', async () => {
  const folder = newFolder();
  const store = changeStore(folder, userId);
  store.write('a', 'x');
  const left = path.join(folder, 'changes/.a.credence-0123456789abcdef');
  writeFileSync(left, 'left');
  expect(store.names()).toEqual(['a']);
  await store.alone(0, () => Promise.resolve());
  expect([existsSync(left), store.names()]).toEqual([false, ['a']]);
});

test('What is wiped is overwritten before it goes.', () => {
  const folder = newFolder();
  const file = path.join(folder, 'f');
  const twin = path.join(folder, 'twin');
  writeFileSync(file, 'x'.repeat(100_001));
  // Holds on to the bytes when the name is gone.
  spawnSync('ln', [file, twin]);
  wipe(file);
  expect(existsSync(file)).toBe(false);
  expect(readFileSync(twin).equals(Buffer.alloc(100_001))).toBe(true);
});

test('At the deadline it is busy, and not long after.', async () => {
  const folder = newFolder();
  const [one, other] = [changeStore(folder, userId), changeStore(folder, userId)];
  let free = (): void => undefined;
  const held = one.alone(0, () => new Promise<void>((resolve) => (free = resolve)));
  const start = performance.now();
  expect(await other.alone(120, () => Promise.resolve('ran'))).toBe('busy');
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(119);
  expect(took).toBeLessThan(2000);
  free();
  await held;
  expect(await other.alone(0, () => Promise.resolve('ran'))).toBe('ran');
});

test('What another process holds is free as soon as that is killed.', async () => {
  const folder = newFolder();
  const module = path.join(import.meta.dirname, 'change-store.ts');
  const script = `import { changeStore } from ${JSON.stringify(module)};
    await changeStore(${JSON.stringify(folder)}, ${String(userId)}).alone(0, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const store = changeStore(folder, userId);
  expect(await store.alone(0, () => Promise.resolve('ran'))).toBe('busy');
  const ended = once(holder, 'close');
  holder.kill('SIGKILL');
  await ended;
  expect(await store.alone(0, () => Promise.resolve('ran'))).toBe('ran');
});

test('A lock whose file was removed by somebody is taken anew, on the file that has its name.', async () => {
  const folder = newFolder();
  const store = changeStore(folder, userId);
  await store.alone(0, async () => {
    rmSync(path.join(folder, 'changes/_lock'));
    await store.alone(0, () => Promise.resolve());
  });
  expect(await store.alone(0, () => Promise.resolve('ran'))).toBe('ran');
});
