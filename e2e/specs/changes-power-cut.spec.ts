import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPLY, canTrace, changeLab, recoverHere, undoing, type ChangeLab } from '../changes/change-lab.ts';
import { judge } from '../changes/home-oracle.ts';
import { tallied } from '../changes/tallied.ts';
import { runIn, straceTo } from '../changes/traced-command.ts';
import {
  operationsIn,
  POWER_CUT_TRACE,
  statesAfterPowerCut,
  type DiskState,
  type Inode,
} from '../writer/power-cut.ts';

/** Milliseconds, for thousands of small recoveries on a machine that has other work too. */
const PATIENCE = 600_000;

let lab: ChangeLab;
beforeAll(async () => {
  // In memory where there is such a place: what is synced is read from the log, and waiting for a disk shows nothing.
  lab = await changeLab(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
});
afterAll(() => {
  lab.remove();
});

/** Everything in a home, as it is when all of it is safely on the disk. */
function diskStateOf(home: string): DiskState {
  const names = new Map<string, string>();
  const inodes = new Map<string, Inode>();
  for (const name of readdirSync(home, { recursive: true, encoding: 'latin1' })) {
    names.set(name, `old ${name}`);
    inodes.set(`old ${name}`, inodeAt(path.join(home, name)));
  }
  return { names, inodes };
}

function inodeAt(file: string): Inode {
  const stats = lstatSync(file);
  const mode = stats.mode & 0o7777;
  if (stats.isDirectory()) return { kind: 'folder', bytes: '', mode };
  if (stats.isSymbolicLink()) return { kind: 'link', bytes: readlinkSync(file), mode };
  return { kind: 'file', bytes: readFileSync(file, 'latin1'), mode };
}

/** What is in a folder that is not there is not there either. */
function layState(home: string, { names, inodes }: DiskState): void {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  const lost: string[] = [];
  const folders: (readonly [string, number])[] = [];
  for (const name of [...names.keys()].sort()) {
    const file = path.join(home, name);
    const { kind, bytes, mode } = inodes.get(names.get(name) ?? '') ?? { bytes: '', mode: 0o600 };
    const folder = path.dirname(name);
    if (folder !== '.' && (!names.has(folder) || lost.includes(folder))) {
      lost.push(name);
      continue;
    }
    if (kind === 'folder') {
      mkdirSync(file);
      folders.push([file, mode]);
    } else if (kind === 'link') symlinkSync(bytes, file);
    else {
      writeFileSync(file, bytes, 'latin1');
      chmodSync(file, mode);
    }
  }
  for (const [file, mode] of folders) chmodSync(file, mode);
}

describe.runIf(canTrace)('After a power cut at any moment', () => {
  test.each(['apply', 'undo'] as const)(
    'of %s, with all that was not synced lost or half there, the next start brings everything to one side.',
    async (way) => {
      const { home, root } = way === 'apply' ? lab.layOld() : lab.layNew();
      const before = diskStateOf(home);
      const log = path.join(root, 'log');
      const args = way === 'apply' ? APPLY : undoing(lab.id);
      const { exitCode } = await runIn({
        credence: lab.credence,
        home,
        args,
        before: straceTo(log, POWER_CUT_TRACE),
      });
      expect(exitCode).toBe(0);
      const operations = operationsIn(readFileSync(log, 'latin1').split('\n'), home);
      const now = diskStateOf(home);
      const states = statesAfterPowerCut(operations, before);
      // That everything was understood: without a power cut it comes out as it did.
      expect(states.some((state) => inWords(state) === inWords(now))).toBe(true);
      const outcomes: string[] = [];
      const faults: string[] = [];
      for (const state of states) {
        layState(home, state);
        const then = judge(home, lab.sides, false);
        await recoverHere(home);
        // An empty folder, which the next change takes away, or Claude Code.
        rmSync(path.join(home, '.claude.json.lock'), { recursive: true, force: true });
        const after = judge(home, lab.sides, true);
        faults.push(...then.faults, ...after.faults);
        if (after.side === 'mixed') faults.push('half of it is left');
        outcomes.push(`${then.side} → ${after.side}`);
      }
      const counts = tallied(outcomes);
      console.log(
        `${way}: ${String(operations.length)} operations, ${String(states.length)} states after a power cut: ${JSON.stringify(counts)}`,
      );
      expect([...new Set(faults)]).toEqual([]);
      expect(operations.length).toBeGreaterThan(80);
      expect(states.length).toBeGreaterThan(90);
      for (const outcome of ['old → old', 'mixed → old', 'new → old', 'new → new'])
        expect(counts[outcome], outcome).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});

/** Apart from times, and from what is random in the order of names. */
function inWords({ names, inodes }: DiskState): string {
  return JSON.stringify(
    [...names].map(([name, inode]) => [name, inodes.get(inode)?.bytes, inodes.get(inode)?.mode]).sort(),
  );
}
