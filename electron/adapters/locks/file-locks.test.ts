import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { onPosix } from '../../../e2e/support/on-system.ts';
import { locksContract } from '../../../shared/testing/locks-contract.ts';
import { memoryLocks } from '../../../shared/testing/memory-locks.ts';
import { fileLocks } from './file-locks.ts';

const folders: string[] = [];
const holders: ChildProcess[] = [];

afterEach(() => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const userId = process.geteuid?.() ?? null;
const ran = (): Promise<string> => Promise.resolve('ran');
/** Milliseconds: none of what waits for a lock that comes free waits as long. */
const LONG = 30_000;

function newFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'credence-test-locks-')));
  folders.push(folder);
  return folder;
}

/** A file stands where the folder would be. */
function noFolder(): string {
  const file = path.join(newFolder(), 'file');
  writeFileSync(file, '');
  return file;
}

describe('as all locks', () => {
  test.each(locksContract((trouble) => fileLocks(trouble === undefined ? newFolder() : noFolder(), userId)))(
    '$title',
    ({ run }) => run(),
  );
});

describe('in memory, as all locks', () => {
  test.each(locksContract((trouble) => memoryLocks(trouble ?? 'free')))('$title', ({ run }) => run());
});

/** Another process that has the lock, and keeps it. */
async function holding(folder: string, name: string): Promise<ChildProcess> {
  const script = `
    import { fileLocks } from ${JSON.stringify(path.join(import.meta.dirname, 'file-locks.ts'))};
    await fileLocks(${JSON.stringify(folder)}, ${JSON.stringify(userId)}).alone(${JSON.stringify(name)}, ${String(LONG)}, () => {
      console.log('held');
      return new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.push(holder);
  await once(holder.stdout, 'data');
  return holder;
}

test('A lock is free as soon as the process that holds it is killed, and who waits for it gets it.', async () => {
  const folder = newFolder();
  const holder = await holding(folder, 'organisation-a');
  const locks = fileLocks(folder, userId);
  expect(await locks.alone('organisation-a', 0, ran)).toBe('busy');
  expect(await locks.alone('organisation-b', 0, ran)).toBe('ran');
  const waiting = locks.alone('organisation-a', LONG, ran);
  holder.kill('SIGKILL');
  expect(await waiting).toBe('ran');
});

test.runIf(onPosix)(
  'A holder that is stopped is waited for, and never robbed, however old its lock looks.',
  async () => {
    const folder = newFolder();
    const holder = await holding(folder, 'a');
    holder.kill('SIGSTOP');
    const locks = fileLocks(folder, userId);
    const started = performance.now();
    expect(await locks.alone('a', 300, ran)).toBe('busy');
    expect(performance.now() - started).toBeGreaterThanOrEqual(300);
    // Neither time nor what stands in the folder takes it away.
    const file = path.join(folder, 'locks/a');
    writeFileSync(file, 'stale');
    chmodSync(file, 0o600);
    expect(await locks.alone('a', 0, ran)).toBe('busy');
    holder.kill('SIGCONT');
    const waiting = locks.alone('a', LONG, ran);
    holder.kill('SIGKILL');
    expect(await waiting).toBe('ran');
  },
);

test('Of many processes that count in one file none loses a step.', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'count');
  writeFileSync(file, '0');
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { fileLocks } from ${JSON.stringify(path.join(import.meta.dirname, 'file-locks.ts'))};
    const locks = fileLocks(${JSON.stringify(folder)}, ${JSON.stringify(userId)});
    for (let left = 5; left > 0; left--) {
      const done = await locks.alone('count', ${String(LONG)}, async () => {
        const count = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
        await new Promise((resolve) => setTimeout(resolve, 1));
        writeFileSync(${JSON.stringify(file)}, String(count + 1));
        return 'done';
      });
      if (done !== 'done') process.exit(1);
    }`;
  const codes = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const counter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: 'inherit',
      });
      holders.push(counter);
      return once(counter, 'close');
    }),
  );
  expect(codes.map(([code]) => code as unknown)).toEqual([0, 0, 0, 0, 0, 0]);
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(file, 'utf8')).toBe('30');
});

test('A lock whose file was removed is taken anew, on the file that has its name.', async () => {
  const folder = newFolder();
  const locks = fileLocks(folder, userId);
  await locks.alone('a', 0, () => {
    rmSync(path.join(folder, 'locks/a'));
    return Promise.resolve();
  });
  expect(await locks.alone('a', 0, ran)).toBe('ran');
});

test.runIf(onPosix)(
  'Folder and files are for this user alone, whatever they were before, and empty.',
  async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'locks'));
    chmodSync(path.join(folder, 'locks'), 0o777);
    const before = process.umask(0);
    try {
      await fileLocks(folder, userId).alone('a', 0, ran);
    } finally {
      process.umask(before);
    }
    const [own, file] = [path.join(folder, 'locks'), path.join(folder, 'locks/a')];
    expect([statSync(own).mode & 0o777, statSync(file).mode & 0o777, statSync(file).size]).toEqual([
      0o700, 0o600, 0,
    ]);
    expect(readdirSync(own)).toEqual(['a']);
  },
);

describe.runIf(onPosix)('No lock is to be had, and nothing is run,', () => {
  const places: readonly (readonly [string, (folder: string) => number | null])[] = [
    [
      'where the folder is a link',
      (folder) => {
        symlinkSync(newFolder(), path.join(folder, 'locks'));
        return userId;
      },
    ],
    [
      'where the file is a link',
      (folder) => {
        mkdirSync(path.join(folder, 'locks'));
        symlinkSync(path.join(newFolder(), 'theirs'), path.join(folder, 'locks/a'));
        return userId;
      },
    ],
    [
      'where the folder is another user’s',
      (folder) => {
        mkdirSync(path.join(folder, 'locks'));
        return (userId ?? 0) + 1;
      },
    ],
    [
      'where a folder has the name of the file',
      (folder) => {
        mkdirSync(path.join(folder, 'locks/a'), { recursive: true });
        return userId;
      },
    ],
  ];
  test.each(places)('%s.', async (_, lay) => {
    const folder = newFolder();
    const user = lay(folder);
    expect(await fileLocks(folder, user).alone('a', 0, ran)).toBe('unavailable');
    expect(lstatSync(path.join(folder, 'locks')).isFile()).toBe(false);
  });

  test.each(['', '..', 'a/b', 'A', 'a_b', 'x'.repeat(81), 'a\0'])('under the name %j.', async (name) => {
    expect(await fileLocks(newFolder(), userId).alone(name, 0, ran)).toBe('unavailable');
  });

  test('without a folder of its own.', async () => {
    expect(await fileLocks(null, userId).alone('a', 0, ran)).toBe('unavailable');
  });
});
