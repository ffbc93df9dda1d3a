import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createChangeAdaptersIn } from './adapters-in.ts';
import { builtCommand, type BuiltCommand } from '../support/built-command.ts';
import { recoverChanges } from '../../shared/usecases/changes/recover-changes.ts';
import { copyHome, layHome, NAME } from './change-scene.ts';
import { bothSides, judge, type BothSides, type Judgement } from './home-oracle.ts';
import { runIn, traced, type CommandIn, type Traced } from './traced-command.ts';

/** Needs strace, and a system that lets it trace. */
export const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** The built command, homes to try it in, and what its change looks like when nothing is in its way. */
export interface ChangeLab {
  readonly credence: BuiltCommand;
  readonly sides: BothSides;
  /** A home in which nothing was changed yet. */
  readonly layOld: () => Laid;
  /** A home in which the change was made. */
  readonly layNew: () => Laid;
  /** Room for a home. */
  readonly layNothing: () => Pick<Laid, 'root'>;
  /** The id of the change in homes of `layNew`. */
  readonly id: string;
  readonly remove: () => void;
}

export interface Laid {
  readonly home: string;
  /** Around the home, for logs. */
  readonly root: string;
}

export const APPLY = ['clear', NAME, '--apply', '--json'];
export const CHANGES = ['changes', '--json'];
export const undoing = (id: string): readonly string[] => ['clear', '--undo', id, '--json'];

/**
 * @param base where the homes are
 * @throws {Error} when the command has not been built, or does not make the change at all
 */
export async function changeLab(base = tmpdir()): Promise<ChangeLab> {
  const folder = realpathSync(mkdtempSync(path.join(base, 'credence-test-lab-')));
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'bin'));
  const credence = builtCommand(path.join(folder, 'bin'));
  let worlds = 0;
  const newRoot = (): string => {
    const root = path.join(folder, `world-${String(worlds++)}`);
    mkdirSync(root);
    return root;
  };
  const old = layHome(newRoot());
  const done = layHome(newRoot());
  const answer = await runIn({ credence, home: done, args: APPLY });
  const { changeId: id } = JSON.parse(answer.stdout) as { readonly changeId: string };
  return {
    credence,
    sides: bothSides(old, done, id),
    layOld: () => {
      const root = newRoot();
      return { root, home: layHome(root) };
    },
    layNew: () => {
      const root = newRoot();
      return { root, home: copyHome(done, root) };
    },
    layNothing: () => ({ root: newRoot() }),
    id,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command with all that it changes, under no disturbance; the log is beside the home. */
export function undisturbed(run: CommandIn): Promise<Traced> {
  return traced(run, path.join(run.home, '..', 'log'));
}

export interface Settled extends Judgement {
  readonly exitCode: number | null;
}

/** What the next `credence changes` makes of a home, and that doing it once more changes nothing. */
export async function settle(
  { credence, sides }: Pick<ChangeLab, 'credence' | 'sides'>,
  home: string,
): Promise<Settled> {
  const { exitCode } = await runIn({ credence, home, args: CHANGES });
  const afterCommand = judge(home, sides, false);
  await recoverHere(home);
  const judgement = judge(home, sides, true);
  const faults = [...afterCommand.faults, ...judgement.faults];
  if (afterCommand.side === 'mixed') faults.push('half of it is left after the recovery');
  if (afterCommand.side !== judgement.side) faults.push('another recovery changes more');
  await recoverHere(home);
  if (JSON.stringify(judge(home, sides, true)) !== JSON.stringify(judgement))
    faults.push('the third recovery changes something');
  return { ...judgement, faults, exitCode };
}

/** As the next run does that is alone; in this process, since that is where it is quick. */
export async function recoverHere(home: string): Promise<void> {
  const ports = await createChangeAdaptersIn(home);
  await ports.changes.alone(5_000, () => recoverChanges(ports));
}
