import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { askCommand } from './ask-command.ts';
import { judgeWorld } from './judge-world.ts';
import { layWorld, type LaidWorld } from './lay-world.ts';
import { findWithManaged, machineHasManaged, NO_WAY, type WithManaged } from './managed-folder.ts';
import type { Line } from './read-worlds.ts';
import type { RecordedWorld } from '../../shared/testing/recorded-world.ts';

export interface RunOptions {
  /** The built command, absolute. */
  readonly command: string;
  /** Becomes the home of all worlds: absolute, no link on the way. */
  readonly base: string;
  /** How many worlds are asked at once. */
  readonly jobs: number;
  readonly keep: boolean;
}

/** What came of one line of a file. */
export interface Outcome {
  readonly id: string;
  /** None: it agrees. */
  readonly problems: readonly string[];
  /** Where the world lies, if it was laid. */
  readonly place: string | null;
}

/** Asks the command in every world. The outcomes come in the order of the lines. */
export async function runWorlds(lines: readonly Line[], options: RunOptions): Promise<readonly Outcome[]> {
  const { base, jobs } = options;
  mkdirSync(base, { recursive: true });
  const always = machineHasManaged();
  const needed = always || lines.some(({ world }) => world?.managed !== undefined);
  const mounts: Mounts = { always, withManaged: needed ? rehearse(base) : null };
  const outcomes: Outcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < lines.length; index = next++) {
      const line = lines[index];
      if (line !== undefined) outcomes[index] = await judgeLine(line, index, options, mounts);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return outcomes;
}

interface Mounts {
  /** Also for a world that has no managed settings. */
  readonly always: boolean;
  /** `null`: not possible here. */
  readonly withManaged: WithManaged | null;
}

function rehearse(base: string): WithManaged | null {
  const place = path.join(base, 'rehearsal');
  mkdirSync(place);
  return findWithManaged(place);
}

async function judgeLine(
  { id, world, problem }: Line,
  index: number,
  options: RunOptions,
  mounts: Mounts,
): Promise<Outcome> {
  if (world === null) return { id, problems: [problem ?? 'not a world'], place: null };
  const place = path.join(options.base, `world-${index + 1}`);
  mkdirSync(place);
  try {
    return { id, place, problems: await judgeIn(place, world, options.command, mounts) };
  } catch (error) {
    return {
      id,
      place,
      problems: [`could not be laid: ${error instanceof Error ? error.message : String(error)}`],
    };
  } finally {
    if (!options.keep) rmSync(place, { recursive: true, force: true });
  }
}

async function judgeIn(
  place: string,
  world: RecordedWorld,
  command: string,
  { always, withManaged }: Mounts,
): Promise<readonly string[]> {
  const laid = layWorld(world, place, Date.now());
  const asked = question(world, laid, command);
  const managed = laid.hasManaged || always;
  if (managed && withManaged === null) throw new Error(NO_WAY);
  const full = managed && withManaged !== null ? withManaged(asked, laid.managed, place) : asked;
  const variables = { PATH: pathOfUser(process.env['PATH'] ?? ''), ...laid.variables };
  return judgeWorld(world, await askCommand(full, laid.folder, variables));
}

function question({ mode, version }: RecordedWorld, { args }: LaidWorld, command: string): readonly string[] {
  return [
    'node',
    command,
    'status',
    '--json',
    '--run-helper',
    '--mode',
    mode,
    '--claude-version',
    version,
    ...args,
  ];
}

/** `npm run` puts the programs of packages first, a Node of ours among them: users have only their own. */
function pathOfUser(searched: string): string {
  return searched
    .split(path.delimiter)
    .filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .join(path.delimiter);
}
