import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { onLinux } from '../support/on-system.ts';
import { digestOf } from '../writer/fault-scenes.ts';
import { writerProgram, type WriterProgram } from '../writer/writer-program.ts';

const isRoot = process.geteuid?.() === 0;
const PROCESSES = 20;
const TIMES = 5;
const NOBODY = 65_534;

let program: WriterProgram;
let home = '';

beforeAll(async () => {
  program = await writerProgram();
});
afterAll(() => {
  program.remove();
});
beforeEach(() => {
  home = path.join(program.folder, 'home');
  mkdirSync(home);
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

describe.runIf(onLinux)('Many at once', () => {
  test.each([true, false])(
    'Twenty processes count one number up: with the lock none is lost, without it the file is whole (alone: %s).',
    async (alone) => {
      const file = path.join(home, 'f');
      writeFileSync(file, '0\n', { mode: 0o640 });
      const barrier = path.join(home, 'go');
      const job = {
        home,
        ownFolder: path.join(home, 'own'),
        barrier,
        steps: [{ kind: 'increase', path: file, times: TIMES, alone } as const],
      };
      const runs = Array.from({ length: PROCESSES }, () => program.run(job));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      writeFileSync(barrier, '');
      const tries = (await Promise.all(runs)).map(({ answers }) => Number(answers?.[0]));
      const counted = Number(readFileSync(file, 'utf8'));
      // Whatever changes a file for Credence holds the lock. Without it one may count on from what another is just taking back.
      if (alone) expect(counted).toBe(PROCESSES * TIMES);
      else expect(counted).toSatisfy((count: number) => count > 0 && count <= PROCESSES * TIMES);
      expect(statSync(file).mode & 0o7777).toBe(0o640);
      expect(readdirSync(home).filter((name) => name.includes('.credence-'))).toEqual([]);
      const all = tries.reduce((sum, some) => sum + some, 0);
      console.log(`alone ${String(alone)}: ${String(PROCESSES * TIMES)} changes in ${String(all)} tries`);
      if (alone) expect(all).toBe(PROCESSES * TIMES);
      else expect(all).toBeGreaterThanOrEqual(PROCESSES * TIMES);
    },
  );

  test('Of twenty that expect the same, exactly one replaces the file.', async () => {
    const file = path.join(home, 'f');
    const counts: number[] = [];
    for (let round = 0; round < 3; round++) {
      writeFileSync(file, 'old');
      const barrier = path.join(home, `go-${String(round)}`);
      const runs = Array.from({ length: PROCESSES }, (_, at) =>
        program.run({
          home,
          barrier,
          steps: [{ kind: 'replace', path: file, expected: digestOf('old'), bytes: `by ${String(at)}` }],
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      writeFileSync(barrier, '');
      const answers = (await Promise.all(runs)).map(
        (run) => run.answers?.[0] as { ok: boolean; why?: string },
      );
      const winners = answers.flatMap(({ ok }, at) => (ok ? [at] : []));
      counts.push(winners.length);
      expect(readFileSync(file, 'utf8')).toBe(`by ${String(winners[0])}`);
      expect(new Set(answers.map(({ why }) => why))).toEqual(new Set([undefined, 'changed']));
    }
    expect(counts).toEqual([1, 1, 1]);
  });

  test('What another program puts there at the same moment is not lost.', async () => {
    for (const name of ['f', 'g']) writeFileSync(path.join(home, name), 'other 0 mine 0\n');
    symlinkSync('f', path.join(home, 'link'));
    const stranger = spawn(process.execPath, ['--eval', STRANGER, home], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    stranger.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const ended = once(stranger, 'close');
    const step = { kind: 'add', path: path.join(home, 'link'), milliseconds: 4000 } as const;
    // One, as the lock allows no more of ours at a time.
    const runs = await Promise.all([program.run({ home, steps: [step] })]);
    stranger.kill('SIGTERM');
    await ended;
    const mine = runs.map(({ answers }) => answers?.[0] as Readonly<Record<string, number>>);
    const { written, lost } = JSON.parse(told) as { readonly written: number; readonly lost: number };
    console.log(
      `a stranger wrote ${String(written)} times and lost ${String(lost)}; ours: ${JSON.stringify(mine)}`,
    );
    expect(lost).toBe(0);
    expect(written).toBeGreaterThan(100);
    const total = (how: string): number => mine.reduce((sum, some) => sum + (some[how] ?? 0), 0);
    expect(total('mixed')).toBe(0);
    expect(total('done')).toBeGreaterThan(20);
    expect(total('changed')).toBeGreaterThan(5);
    expect(readdirSync(home).filter((name) => name.includes('.credence-'))).toEqual([]);
  });
});

describe.runIf(isRoot && onLinux)('Another user', () => {
  test('can at no moment open a file that is replaced again and again, nor what is beside it.', async () => {
    const file = path.join(home, 'f');
    chmodSync(home, 0o755);
    writeFileSync(file, 'old', { mode: 0o600 });
    chownSync(file, 0, 0);
    const spy = spawn(
      'setpriv',
      [
        `--reuid=${String(NOBODY)}`,
        `--regid=${String(NOBODY)}`,
        '--clear-groups',
        '--',
        process.execPath,
        '--eval',
        SPY,
        home,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let told = '';
    spy.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await once(spy.stdout, 'data');
    const closed = once(spy, 'close');
    const steps = ['one', 'two'].map((bytes, at) => ({
      kind: 'replace' as const,
      path: file,
      expected: digestOf(['two', 'one'][at] ?? ''),
      bytes,
    }));
    writeFileSync(file, 'two');
    const { answers } = await program.run({ home, umask: 0, rounds: 250, steps });
    spy.kill('SIGTERM');
    await closed;
    expect(answers?.filter((answer) => (answer as { ok: boolean }).ok)).toHaveLength(500);
    const { refused, opened, beside } = JSON.parse(told.split('\n').at(-1) ?? '') as Record<string, number>;
    console.log(`500 replaces under umask 000: ${told.split('\n').at(-1) ?? ''}`);
    expect(opened).toBe(0);
    expect(refused).toBeGreaterThan(500);
    expect(beside).toBeGreaterThan(0);
  });
});

/** Opens what it finds, as fast as it can, until it is told to stop. */
const SPY = `
const fs = require('node:fs');
const home = process.argv[1];
const counts = { refused: 0, opened: 0, beside: 0 };
process.on('SIGTERM', () => { process.stdout.write(JSON.stringify(counts), () => process.exit()); });
const look = () => {
  for (const name of fs.readdirSync(home)) {
    if (name !== 'f') counts.beside += 1;
    try { fs.closeSync(fs.openSync(home + '/' + name, 'r')); counts.opened += 1; }
    catch (error) { if (error.code === 'EACCES') counts.refused += 1; }
  }
  setImmediate(look);
};
console.log('watching');
look();`;

/**
 * Replaces files by renaming, changes modes and leads links elsewhere, as editors and dotfile managers do; and looks whether
 * what it has written last is still there, whatever else was changed about it.
 */
const STRANGER = `
const fs = require('node:fs');
const home = process.argv[1];
const last = { f: 0, g: 0 };
const counts = { written: 0, lost: 0 };
let stop = false;
process.on('SIGTERM', () => { stop = true; });
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
const read = (name) => /^other (\\d+) mine (\\d+)\\n$/.exec(fs.readFileSync(home + '/' + name, 'utf8')) ?? [];
(async () => {
  while (!stop) {
    const name = Math.random() < 0.5 ? 'f' : 'g';
    let [, other, mine] = read(name);
    // What a writer is just taking back may stand there for a moment.
    if (Number(other) !== last[name]) { await wait(30); [, other, mine] = read(name); }
    if (Number(other) !== last[name]) { counts.lost += 1; last[name] = Number(other); }
    const kind = Math.random();
    if (kind < 0.6) {
      last[name] += 1;
      counts.written += 1;
      fs.writeFileSync(home + '/' + name + '.new', 'other ' + last[name] + ' mine ' + mine + '\\n');
      fs.renameSync(home + '/' + name + '.new', home + '/' + name);
    } else if (kind < 0.8) {
      fs.chmodSync(home + '/' + name, kind < 0.7 ? 0o600 : 0o644);
    } else {
      fs.symlinkSync(name, home + '/link.new');
      fs.renameSync(home + '/link.new', home + '/link');
    }
    if (Math.random() < 0.5) await wait(Math.random() * 3);
  }
  await wait(100);
  for (const name of ['f', 'g']) if (Number(read(name)[1]) !== last[name]) counts.lost += 1;
  process.stdout.write(JSON.stringify(counts));
})();`;
