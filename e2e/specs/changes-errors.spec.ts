import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandAnswer } from '../conformance/ask-command.ts';
import { APPLY, canTrace, changeLab, settle, undisturbed, undoing } from '../changes/change-lab.ts';
import type { ChangeLab, Laid } from '../changes/change-lab.ts';
import { MARK } from '../changes/change-scene.ts';
import { judge, type Judgement } from '../changes/home-oracle.ts';
import { isNightly } from '../changes/is-nightly.ts';
import { tallied } from '../changes/tallied.ts';
import { runIn, struckAt, type ChangingCall, type CommandIn } from '../changes/traced-command.ts';
import { onLinux } from '../support/on-system.ts';
import { OWN_MOUNTS } from '../writer/mount-namespace.ts';
import { forEachAtOnce } from '../writer/writer-program.ts';

/** Milliseconds, for hundreds of small programs one after the other on a machine that has other work too. */
const PATIENCE = 1_200_000;
const ERRORS = ['ENOSPC', 'EIO', 'EXDEV', 'EDQUOT', 'EROFS'] as const;
const isRoot = process.geteuid?.() === 0;

let lab: ChangeLab;
beforeAll(async () => {
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
});

const WAYS = {
  apply: { lay: (): Laid => lab.layOld(), args: (): readonly string[] => APPLY, done: 'new', else: 'old' },
  undo: {
    lay: (): Laid => lab.layNew(),
    args: (): readonly string[] => undoing(lab.id),
    done: 'old',
    else: 'new',
  },
} as const;
type Way = keyof typeof WAYS;

/** Why nothing was changed, as a script reads it; `done` when it was. */
function wordOf({ stdout, exitCode }: CommandAnswer): string {
  if (exitCode === 0) return 'done';
  const { error } = JSON.parse(stdout) as {
    readonly error: { readonly why: string; readonly stuck: readonly unknown[] };
  };
  return error.stuck.length > 0 ? `${error.why}, unfinished` : error.why;
}

const NAMED = /^(?:no-space|failed|read-only-file-system|not-kept|unavailable|changed|store-failed|denied)$/;

/** What is wrong with what was said, given what is so. */
function untruths(way: Way, answer: CommandAnswer, then: Judgement): readonly string[] {
  const word = wordOf(answer);
  const faults = [...then.faults];
  const [why = '', more] = word.split(', ');
  if (answer.exitCode !== 0 && answer.exitCode !== 4) faults.push(`it ends with ${String(answer.exitCode)}`);
  if (why !== 'done' && !NAMED.test(why)) faults.push(`it is said to be ${word}`);
  if (why === 'done' && then.side !== WAYS[way].done) faults.push(`done, and the files are ${then.side}`);
  if (why !== 'done' && more === undefined && then.side !== WAYS[way].else)
    faults.push(`${word}, and the files are ${then.side}`);
  if (answer.stdout.includes(MARK) || answer.stderr.includes(MARK)) faults.push('it shows the key');
  return faults;
}

describe.runIf(canTrace)('An error of the system,', () => {
  test.each(['apply', 'undo'] as const)(
    'at any call of %s that changes a file, is named, and everything is as before or as after.',
    async (way) => {
      const calls = await callsOf(way);
      const points = calls.flatMap((call, at) =>
        ERRORS.filter((_, turn) => isNightly || turn === at % ERRORS.length).map((error) => ({
          call,
          at,
          error,
        })),
      );
      const { faults, outcomes } = await strikeAll(way, calls, points);
      const counts = tallied(outcomes);
      console.log(`${way}, ${String(points.length)} errors: ${JSON.stringify(counts)}`);
      expect(faults).toEqual([]);
      expect(points.length).toBeGreaterThan(80);
      for (const error of ERRORS) {
        const seen = Object.keys(counts).filter((outcome) => outcome.startsWith(`${error}: `));
        expect(seen, error).not.toEqual([]);
        expect(seen, error).not.toEqual([`${error}: done`]);
      }
      expect(Object.keys(counts).filter((outcome) => outcome.endsWith('unfinished'))).toEqual([]);
    },
    PATIENCE,
  );

  test.each(['apply', 'undo'] as const)(
    'which stays from any write of %s on, as on a full disk, leaves nothing that room does not mend.',
    async (way) => {
      const calls = await callsOf(way);
      const points = calls.flatMap((call, at) =>
        call.name === 'pwrite64' ? [{ call, at, error: 'ENOSPC', times: '+' as const }] : [],
      );
      const { faults, outcomes } = await strikeAll(way, calls, points);
      const counts = tallied(outcomes);
      console.log(`${way}, ${String(points.length)} full disks: ${JSON.stringify(counts)}`);
      expect(faults).toEqual([]);
      expect(points.length).toBeGreaterThan(12);
      expect(counts['ENOSPC: no-space, unfinished']).toBeGreaterThan(2);
    },
    PATIENCE,
  );
});

async function callsOf(way: Way): Promise<readonly ChangingCall[]> {
  const { lay, args } = WAYS[way];
  return (await undisturbed({ credence: lab.credence, home: lay().home, args: args() })).calls;
}

interface Point {
  readonly call: ChangingCall;
  readonly at: number;
  readonly error: string;
  readonly times?: '+';
}

async function strikeAll(
  way: Way,
  calls: readonly ChangingCall[],
  points: readonly Point[],
): Promise<{ readonly faults: readonly string[]; readonly outcomes: readonly string[] }> {
  const { lay, args } = WAYS[way];
  const outcomes: string[] = [];
  const faults: string[] = [];
  await forEachAtOnce(points, async ({ call, at, error, times }) => {
    const layWith = (): { readonly run: CommandIn; readonly log: string } => {
      const laid = lay();
      const run = { credence: lab.credence, home: laid.home, args: args() };
      return { run, log: path.join(laid.root, 'log') };
    };
    const { home, answer } = await struckAt(calls, at, `error=${error}`, layWith, times);
    const then = judge(home, lab.sides, false);
    // What cannot be removed stays: an empty folder that the next change takes away, or Claude Code.
    if (call.name === 'rmdir') rmSync(path.join(home, '.claude.json.lock'), { recursive: true, force: true });
    const after = await settle(lab, home);
    const wrong = [...untruths(way, answer, then), ...after.faults];
    // What was said stays true: no later run goes on with it, or back.
    if (!wordOf(answer).endsWith('unfinished') && after.side !== then.side)
      wrong.push(`${wordOf(answer)}, and the next run makes ${after.side} of it`);
    faults.push(...wrong.map((fault) => `${error} at ${String(at)}, ${call.text}: ${fault}`));
    outcomes.push(`${error}: ${wordOf(answer)}`);
    rmSync(path.dirname(home), { recursive: true });
  });
  return { faults, outcomes };
}

describe.runIf(onLinux)('What is too large for a limit', () => {
  test.each([
    ['apply', 1, 'not-kept'],
    ['undo', 1, 'no-space'],
  ] as const)('ends %s at %s KiB by its name (%s), and nothing has changed.', async (way, limit, word) => {
    const { home } = WAYS[way].lay();
    const answer = await runIn({
      credence: lab.credence,
      home,
      args: WAYS[way].args(),
      before: ['bash', '-c', `ulimit -f ${String(limit)}; exec "$@"`, 'bash'],
    });
    expect([answer.exitCode, wordOf(answer)]).toEqual([4, word]);
    expect(untruths(way, answer, judge(home, lab.sides, true))).toEqual([]);
  });
});

/** Needs a mount of its own, which only the administrator may make. */
const canMount =
  isRoot &&
  onLinux &&
  spawnSync(OWN_MOUNTS[0] ?? '', [...OWN_MOUNTS.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status ===
    0;

/** Pages of 4 KiB, of which each small file takes one. */
function pagesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => lstatSync(path.join(folder, name)))
    .filter((stats) => stats.isFile() && stats.size > 0).length;
}

describe.runIf(canMount)('On a disk that is full', () => {
  test.each([
    ['apply', '', 14],
    ['apply', '.config/credence/changes', 14],
    ['undo', '', 4],
    ['undo', '.config/credence/changes', 3],
  ] as const)(
    '%s changes everything or nothing, wherever it ends (~/%s).',
    async (way, mounted, most) => {
      const outcomes: string[] = [];
      const faults: string[] = [];
      // Each of these is full at another moment.
      await forEachAtOnce(
        Array.from({ length: most }, (_, at) => at),
        async (free) => {
          const { home, root } = WAYS[way].lay();
          const small = path.join(home, mounted);
          mkdirSync(small, { recursive: true, mode: 0o700 });
          // None at all would be as many as there are.
          const pages = Math.max(pagesIn(small) + free, 1);
          const script = `
          cp -a '${small}' '${root}/copy'; mount -t tmpfs -o size=${String(pages * 4)}k,mode=755 none '${small}'
          cp -a '${root}/copy/.' '${small}/'
          code=0; "$@" > '${root}/answer' || code=$?; echo $code > '${root}/code'; cp -a '${home}' '${root}/then'
          mount -o remount,size=8m '${small}'; node '${lab.credence.file}' changes > /dev/null
          cp -a '${home}' '${root}/after'`;
          const before = [...OWN_MOUNTS, 'sh', '-ec', script, 'sh'];
          const run = await runIn({ credence: lab.credence, home, args: WAYS[way].args(), before });
          const told = (name: string): string => readFileSync(path.join(root, name), 'utf8');
          const answer = { ...run, stdout: told('answer'), exitCode: Number(told('code')) };
          const then = judge(path.join(root, 'then'), lab.sides, false);
          const after = judge(path.join(root, 'after'), lab.sides, true);
          const wrong = [...untruths(way, answer, then), ...after.faults];
          if (after.side === 'mixed') wrong.push('half of it is left');
          faults.push(...wrong.map((fault) => `${String(free)} pages: ${fault}`));
          outcomes.push(wordOf(answer));
          rmSync(root, { recursive: true });
        },
      );
      const counts = tallied(outcomes);
      console.log(`${way} with a small ~/${mounted}: ${JSON.stringify(counts)}`);
      expect(faults).toEqual([]);
      expect(counts['no-space, unfinished']).toBe(undefined);
      expect(counts['done']).toBeGreaterThan(0);
      expect(outcomes.length - (counts['done'] ?? 0)).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
