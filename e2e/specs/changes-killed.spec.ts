import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPLY, canTrace, changeLab, CHANGES, settle, undisturbed, undoing } from '../changes/change-lab.ts';
import type { ChangeLab, Laid } from '../changes/change-lab.ts';
import { copyHome } from '../changes/change-scene.ts';
import { judge } from '../changes/home-oracle.ts';
import { isNightly } from '../changes/is-nightly.ts';
import { tallied } from '../changes/tallied.ts';
import { struckAt, type ChangingCall } from '../changes/traced-command.ts';
import { forEachAtOnce } from '../writer/writer-program.ts';

/** Milliseconds, for hundreds of small programs one after the other on a machine that has other work too. */
const PATIENCE = 600_000;
const KILLED = 'signal=SIGKILL';

let lab: ChangeLab;
beforeAll(async () => {
  lab = await changeLab();
});
afterAll(() => {
  lab.remove();
});

interface Way {
  readonly title: string;
  readonly lay: () => Laid;
  readonly args: () => readonly string[];
  /** What the files were and became; each must be seen. */
  readonly outcomes: readonly string[];
  readonly atLeast: number;
}

const APPLYING: Way = {
  title: 'apply',
  lay: () => lab.layOld(),
  args: () => APPLY,
  outcomes: ['old → old', 'mixed → old', 'new → old', 'new → new'],
  atLeast: 80,
};
const UNDOING: Way = {
  title: 'undo',
  lay: () => lab.layNew(),
  args: () => undoing(lab.id),
  outcomes: ['new → new', 'new → old', 'mixed → old', 'old → old'],
  atLeast: 80,
};

/** Killed at one call; the home as it is then. */
async function killedAt(
  calls: readonly ChangingCall[],
  at: number,
  lay: () => Laid,
  args: readonly string[],
): Promise<string> {
  const { home } = await struckAt(calls, at, KILLED, () => {
    const laid = lay();
    const run = { credence: lab.credence, home: laid.home, args };
    return { run, log: path.join(laid.root, 'log') };
  });
  return home;
}

/** Every call of a way, or every second, is the last one of a run, once. */
async function killEverywhere(
  { lay, args }: Pick<Way, 'lay' | 'args'>,
  every = 1,
): Promise<readonly string[]> {
  const { answer, calls } = await undisturbed({ credence: lab.credence, home: lay().home, args: args() });
  expect(answer.exitCode).toBe(0);
  const outcomes: string[] = [];
  const faults: string[] = [];
  const points = [...calls.entries()].filter(([at]) => at % every === 0);
  await forEachAtOnce(points, async ([at, call]) => {
    const home = await killedAt(calls, at, lay, args());
    const then = judge(home, lab.sides, false);
    const after = await settle(lab, home);
    const wrong = [...then.faults, ...after.faults];
    if (after.exitCode !== 0) wrong.push(`credence changes ends with ${String(after.exitCode)}`);
    faults.push(...wrong.map((fault) => `killed at ${String(at)}, ${call.text}: ${fault}`));
    outcomes.push(`${then.side} → ${after.side}`, ...(then.left > 0 ? ['something swept'] : []));
    rmSync(path.dirname(home), { recursive: true });
  });
  expect(faults).toEqual([]);
  return outcomes;
}

describe.runIf(canTrace)('Killed at every call that changes a file,', () => {
  test.each([APPLYING, UNDOING])(
    '$title leaves each file old or new, and the next command brings all of them to one side.',
    async (way) => {
      const counts = tallied(await killEverywhere(way));
      console.log(`${way.title}, killed: ${JSON.stringify(counts)}`);
      for (const outcome of [...way.outcomes, 'something swept'])
        expect(counts[outcome], outcome).toBeGreaterThan(0);
      const points = way.outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
      expect(points).toBeGreaterThan(way.atLeast);
    },
    PATIENCE,
  );

  test.each([APPLYING, UNDOING])(
    'the recovery of an interrupted $title goes on where it was, by the next one.',
    async ({ title, lay, args }) => {
      const { calls } = await undisturbed({ credence: lab.credence, home: lay().home, args: args() });
      // Under the lock of Claude Code’s file, with some files done and some not, so that there is most to be done.
      const at = calls.findLastIndex(({ text }) => text.startsWith('rmdir("~/.claude.json.lock"'));
      const interrupted = await killedAt(calls, at, lay, args());
      const { side, left } = judge(interrupted, lab.sides, false);
      expect([side, left]).toEqual(['mixed', 1]);
      const again = {
        lay: (): Laid => {
          const { root } = lab.layNothing();
          return { root, home: copyHome(interrupted, root) };
        },
        args: () => CHANGES,
      };
      const counts = tallied(await killEverywhere(again, isNightly ? 1 : 2));
      console.log(`recovery of ${title}, killed: ${JSON.stringify(counts)}`);
      expect((counts['mixed → old'] ?? 0) + (counts['old → old'] ?? 0)).toBeGreaterThan(30);
      expect(counts['mixed → old']).toBeGreaterThan(5);
    },
    PATIENCE,
  );
});
