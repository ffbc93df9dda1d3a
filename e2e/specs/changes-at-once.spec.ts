import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WATCHED } from '../../shared/core/sources/index.ts';
import { changeStore } from '../../electron/adapters/changes/change-store.ts';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { APPLY, changeLab, undoing, type ChangeLab, type Laid } from '../changes/change-lab.ts';
import { KEY, NAME, OWN } from '../changes/change-scene.ts';
import { judge } from '../changes/home-oracle.ts';
import { tallied } from '../changes/tallied.ts';
import { runIn } from '../changes/traced-command.ts';
import { onLinux } from '../support/on-system.ts';

const PROCESSES = 20;
/** Milliseconds. */
const PATIENCE = 300_000;

let lab: ChangeLab;
beforeAll(async () => {
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
});

/** What a script reads: `done`, or why not. */
function wordOf({ stdout, stderr, exitCode }: CommandAnswer): string {
  if (stdout === '') return `nothing on standard output, ${String(exitCode)}: ${stderr}`;
  const answer = JSON.parse(stdout) as {
    readonly applied?: boolean;
    readonly undone?: boolean;
    readonly error?: { readonly why: string };
  };
  if (answer.error !== undefined) return `${answer.error.why} (${String(exitCode)})`;
  return answer.applied === true || answer.undone === true ? 'done' : 'nothing to do';
}

/**
 * Starts all of them while this process has the lock that changes are made under, and lets go when each has made its plan and
 * waits: that is the barrier.
 */
async function atOnce(
  { home }: Laid,
  commands: readonly (readonly string[])[],
): Promise<readonly CommandAnswer[]> {
  const store = changeStore(path.join(home, OWN), process.geteuid?.() ?? null);
  let runs: readonly Promise<CommandAnswer>[] = [];
  await store.alone(1_000, async () => {
    runs = commands.map((args) => runIn({ credence: lab.credence, home, args }));
    await waiting(home, commands.length);
  });
  return Promise.all(runs);
}

/** Who waits for the lock looks at it again and again, and does hardly anything else: then all are there. */
async function waiting(home: string, count: number): Promise<void> {
  let before = '';
  for (let left = 60; left > 0; left--) {
    await pause(200);
    const used = processesIn(home);
    const now = JSON.stringify(used);
    if (used.length >= count && now === before) return;
    before = now;
  }
}

/** Each process of ours that works there, and how much it has done: hundredths of a second, in tens. */
function processesIn(home: string): readonly string[] {
  return readdirSync('/proc').flatMap((id) => {
    try {
      const environment = readFileSync(`/proc/${id}/environ`, 'latin1');
      if (!environment.includes(`HOME=${home}\0`)) return [];
      const [, , , , , , , , , , , user = '0', system = '0'] = (
        readFileSync(`/proc/${id}/stat`, 'latin1').split(') ')[1] ?? ''
      ).split(' ');
      return [`${id} ${String(Math.round((Number(user) + Number(system)) / 10))}`];
    } catch {
      return [];
    }
  });
}

describe.runIf(onLinux)('Twenty at once', () => {
  test(
    'that apply the same plan: one does, and each of the others says why not.',
    async () => {
      const laid = lab.layOld();
      const answers = await atOnce(
        laid,
        Array.from({ length: PROCESSES }, () => APPLY),
      );
      const counts = tallied(answers.map(wordOf));
      console.log(`apply: ${JSON.stringify(counts)}`);
      expect(counts['done']).toBe(1);
      expect((counts['changed (4)'] ?? 0) + (counts['nothing to do'] ?? 0)).toBe(PROCESSES - 1);
      // The barrier was one.
      expect(counts['changed (4)']).toBeGreaterThan(PROCESSES / 2);
      expect(judge(laid.home, lab.sides, true)).toMatchObject({ faults: [], side: 'new' });
    },
    PATIENCE,
  );

  test(
    'that undo the same change: one does, and the others say that it is undone already.',
    async () => {
      const laid = lab.layNew();
      const answers = await atOnce(
        laid,
        Array.from({ length: PROCESSES }, () => undoing(lab.id)),
      );
      expect(tallied(answers.map(wordOf))).toEqual({ done: 1, 'undone-already (4)': PROCESSES - 1 });
      expect(judge(laid.home, lab.sides, true)).toMatchObject({ faults: [], side: 'old' });
    },
    PATIENCE,
  );

  test(
    'with different names in one file: what is said to be done is done, and nothing else.',
    async () => {
      const names = [...WATCHED.keys()].filter((name) => /^[A-Z_]+$/.test(name)).slice(0, PROCESSES);
      expect(names).toHaveLength(PROCESSES);
      const clearing = (name: string): readonly string[] => ['clear', name, '--apply', '--json'];
      const line = (name: string): string => `export ${name}=${KEY}-${name}`;
      const laid = lab.layOld();
      const file = path.join(laid.home, '.bashrc');
      writeFileSync(file, `${names.map(line).join('\n')}\n`);
      const isCleared = (name: string): boolean => {
        const found = readFileSync(file, 'utf8')
          .split('\n')
          .filter((one) => one.endsWith(line(name)));
        expect(found).toHaveLength(1);
        return found[0]?.startsWith('# credence ') === true;
      };
      const first = (await atOnce(laid, names.map(clearing))).map(wordOf);
      expect(names.filter(isCleared)).toEqual(names.filter((_, at) => first[at] === 'done'));
      expect(tallied(first)).toEqual({ done: 1, 'changed (4)': PROCESSES - 1 });
      // Again without a barrier: some come in time and some do not.
      const left = names.filter((name) => !isCleared(name));
      const runs = left.map((name) =>
        runIn({ credence: lab.credence, home: laid.home, args: clearing(name) }),
      );
      const second = (await Promise.all(runs)).map(wordOf);
      console.log(
        `different names: ${JSON.stringify(tallied(first))}, then ${JSON.stringify(tallied(second))}`,
      );
      expect(left.filter(isCleared)).toEqual(left.filter((_, at) => second[at] === 'done'));
      expect(left.filter(isCleared)).not.toEqual([]);
      expect([...new Set(second)].filter((word) => word !== 'done' && word !== 'changed (4)')).toEqual([]);
      expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(names.length + 1);
    },
    PATIENCE,
  );
});

describe.runIf(onLinux)('Beside another', () => {
  test.concurrent(
    'Whoever waits too long for another is told that it is busy, and nothing has changed.',
    async () => {
      const laid = lab.layOld();
      const store = changeStore(path.join(laid.home, OWN), process.geteuid?.() ?? null);
      const answer = await store.alone(1_000, () =>
        runIn({ credence: lab.credence, home: laid.home, args: APPLY }),
      );
      expect(typeof answer === 'string' ? answer : wordOf(answer)).toBe('busy (4)');
      expect(judge(laid.home, lab.sides, true)).toMatchObject({ faults: [], side: 'old' });
    },
    PATIENCE,
  );

  test.concurrent(
    'that saves .claude.json as Claude Code does, keys are cleared from it, and neither loses anything.',
    async () => {
      const { home } = lab.layOld();
      const file = path.join(home, '.claude.json');
      const other = spawn(process.execPath, ['--eval', OTHER, file, NAME, KEY], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let told = '';
      other.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
      const words: string[] = [];
      const until = performance.now() + 9_000;
      while (performance.now() < until)
        words.push(wordOf(await runIn({ credence: lab.credence, home, args: APPLY })));
      other.stdin.end();
      await once(other, 'close');
      const { saved, lost, waited, cleared } = JSON.parse(told) as Readonly<Record<string, number>>;
      const counts = tallied(words);
      console.log(
        `Claude Code saved ${String(saved)} times, ${String(waited)} of them after waiting, and found the key cleared ${String(cleared)} times; Credence: ${JSON.stringify(counts)}`,
      );
      expect(lost).toBe(0);
      expect(saved).toBeGreaterThan(5);
      expect(counts['done']).toBeGreaterThan(0);
      expect(cleared).toBeGreaterThan(0);
      expect(cleared).toBeLessThanOrEqual(counts['done'] ?? 0);
      for (const word of Object.keys(counts))
        expect(word).toMatch(/^(?:done|nothing to do|(?:changed|claude-code-writes) \(4\))$/);
      expect((JSON.parse(readFileSync(file, 'utf8')) as { numStartups: number }).numStartups).toBe(saved);
      expect(readdirSync(home).filter((name) => /\.credence-|\.lock$/.test(name))).toEqual([]);
    },
    PATIENCE,
  );
});

/**
 * Takes the lock, reads, counts up, puts the key back where it is gone, writes beside, renames, lets go; again and again. The
 * count that it wrote last must be there.
 */
const OTHER = `
const fs = require('node:fs');
const [, file, name, key] = process.argv;
const counts = { saved: 0, lost: 0, waited: 0, cleared: 0 };
let stop = false;
process.stdin.on('end', () => { stop = true; }).resume();
const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
(async () => {
  let last = null;
  while (!stop) {
    for (let tries = 0; ; tries++) {
      try { fs.mkdirSync(file + '.lock'); if (tries > 0) counts.waited += 1; break; } catch { await wait(5); }
    }
    const content = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (last !== null && content.numStartups !== last) counts.lost += 1;
    if (content.env[name] === undefined) { counts.cleared += 1; content.env[name] = key; }
    last = content.numStartups = counts.saved += 1;
    fs.writeFileSync(file + '.tmp', JSON.stringify(content), { mode: 0o600 });
    await wait(30);
    fs.renameSync(file + '.tmp', file);
    fs.rmdirSync(file + '.lock');
    await wait(80 + Math.random() * 700);
  }
  process.stdout.write(JSON.stringify(counts));
})();`;
