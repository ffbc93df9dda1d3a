import { execFile } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asNobody } from '../../../e2e/support/as-nobody.ts';
import { layTree } from '../../../e2e/support/lay-tree.ts';
import { onLinux, onPosix } from '../../../e2e/support/on-system.ts';
import { claudeJsonLockContract } from '../../../shared/testing/claude-json-lock-contract.ts';
import { claudeJsonLock } from './claude-json-lock.ts';

let root = '';
beforeEach(() => {
  root = layTree({});
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const lock = claudeJsonLock({ retry: 20, renew: 40 });
const file = (): string => path.join(root, '.claude.json');
const name = (): string => `${file()}.lock`;
const nothing = (): Promise<void> => Promise.resolve();

const cases = claudeJsonLockContract(() => ({
  lock,
  path: file(),
  lost: path.join(root, 'nowhere', '.claude.json'),
  takeOver: (age) => {
    mkdirSync(name());
    const then = new Date(Date.now() - age);
    utimesSync(name(), then, then);
  },
  // macOS drops the bit by which it is known.
  leave: !onLinux
    ? null
    : (age) => {
        mkdirSync(name(), { mode: 0o1700 });
        const then = new Date(Date.now() - age);
        utimesSync(name(), then, then);
      },
  takeAway: () => {
    rmdirSync(name());
  },
  age: () => {
    const stats = lstatSync(name(), { throwIfNoEntry: false });
    return stats === undefined ? null : Date.now() - stats.mtimeMs;
  },
  pass: async (milliseconds) => {
    await pause(milliseconds);
  },
}));
test.each(cases)('$title', ({ run }) => run());

test.runIf(onPosix)(
  'The lock of a file that is a link is beside the link, as Claude Code has it.',
  async () => {
    mkdirSync(path.join(root, 'dots'));
    writeFileSync(path.join(root, 'dots', 'real.json'), '{}');
    symlinkSync(path.join('dots', 'real.json'), file());
    const seen = await lock.hold(file(), 0, () => Promise.resolve(lstatSync(name()).isDirectory()));
    expect(seen).toEqual({ state: 'held', value: true, kept: true });
  },
);

test.runIf(onPosix).each([
  [
    'a file',
    () => {
      writeFileSync(name(), '');
    },
  ],
  [
    'a link',
    () => {
      mkdirSync(`${name()}-real`);
      symlinkSync(`${name()}-real`, name());
    },
  ],
  [
    'a link to nowhere',
    () => {
      symlinkSync('nowhere', name());
    },
  ],
])('Where %s goes by the name of the lock, nothing is locked at once, and it stays.', async (_, put) => {
  put();
  const before = lstatSync(name()).ino;
  expect(await lock.hold(file(), 60_000, nothing)).toEqual({ state: 'refused', why: 'not-a-lock' });
  expect(lstatSync(name()).ino).toBe(before);
});

test.runIf(onPosix)('In a folder that may not be written to nothing is locked.', async () => {
  chmodSync(root, 0o555);
  const holding = asNobody(() => lock.hold(file(), 60_000, nothing));
  expect(await holding).toEqual({ state: 'refused', why: 'denied' });
  chmodSync(root, 0o755);
});

test('A lock into which somebody put something is left.', async () => {
  const holding = await lock.hold(file(), 0, () => {
    writeFileSync(path.join(name(), 'note'), 'x');
    return nothing();
  });
  expect(holding.state).toBe('held');
  expect(lstatSync(name()).isDirectory()).toBe(true);
});

const ADAPTER = path.join(import.meta.dirname, 'claude-json-lock.ts');
const program = (body: string): readonly string[] => [
  '--input-type=module',
  '--eval',
  `import { readFileSync, writeFileSync } from 'node:fs';
   import { claudeJsonLock } from ${JSON.stringify(ADAPTER)};
   const lock = claudeJsonLock({ retry: 5, renew: 40 });
   const file = process.env.FILE;
   ${body}`,
];
const run = (body: string): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, program(body), { env: { FILE: file(), PATH: process.env['PATH'] } });

test('Eight programs that add to a file under its lock lose nothing.', async () => {
  writeFileSync(file(), '0');
  const adding = `for (let turn = 0; turn < 25; turn++) {
    const { state } = await lock.hold(file, 60_000, async () => {
      const count = Number(readFileSync(file, 'utf8'));
      await new Promise((resolve) => setTimeout(resolve, 1));
      writeFileSync(file, String(count + 1));
    });
    if (state !== 'held') process.exit(1);
  }`;
  await Promise.all(Array.from({ length: 8 }, () => run(adding)));
  expect(readFileSync(file(), 'utf8')).toBe('200');
});

test.runIf(onLinux)('What a program leaves that is killed while it holds the lock is swept.', async () => {
  await run(`await lock.hold(file, 0, () => process.kill(process.pid, 'SIGKILL'));`).catch(() => null);
  expect(lstatSync(name()).mode & 0o7777).toBe(0o1700);
  expect(await lock.sweep(file())).toBe(true);
  expect(lstatSync(name(), { throwIfNoEntry: false })).toBe(undefined);
});

test('A program that ends while it holds the lock leaves none.', async () => {
  await run(`await lock.hold(file, 0, () => process.exit(0));`);
  expect(lstatSync(name(), { throwIfNoEntry: false })).toBe(undefined);
});
