import { PLACE_EDITORS } from '../usecases/changes/all-editors.ts';
import { choices } from '../usecases/changes/choices.ts';
import { createChangeDesk, type ChangeDesk, type Task } from '../usecases/desk/change-desk.ts';
import { lookRequest, type Look } from '../usecases/desk/desk-look.ts';
import { gatherFacts } from '../usecases/gather/gather-facts.ts';
import { inspect, type Inspection } from '../usecases/inspect.ts';
import { SURFACE_MODES } from '../core/context.ts';
import { changeWorld, type ChangeWorld, type ChangeWorldOptions } from './change-world.ts';

const CLAUDE_CODE = { version: '2.1.328', from: 'installed' } as const;

export interface ChangeSeat {
  readonly desk: ChangeDesk;
  readonly world: ChangeWorld;
  /** How often the desk was told to look again. */
  readonly looks: () => number;
  /** How often it told of a change. */
  readonly told: () => number;
  /** What the desk goes by from now on; `null`: as before the first look. */
  readonly lookAt: (look: Look | null) => void;
  readonly lookAgain: () => Promise<void>;
  /** As they were found last. */
  readonly current: () => readonly Inspection[];
  readonly task: <Kind extends Task['kind']>(kind: Kind) => Extract<Task, { readonly kind: Kind }>;
}

/** A change desk over a home in memory that has been looked at. */
export async function madeUpChangeDesk(
  options: ChangeWorldOptions = {},
  ownCommand: readonly string[] | null = ['credence'],
): Promise<ChangeSeat> {
  const world = changeWorld(options);
  let look: Look | null = null;
  let looks = 0;
  let told = 0;
  const lookAgain = async (): Promise<void> => {
    looks += 1;
    const request = { ...lookRequest(world.request.folder, 'terminal', CLAUDE_CODE, false), askShell: false };
    const facts = await gatherFacts(world.ports, request);
    look = {
      inspections: SURFACE_MODES.terminal.map((mode) => inspect(facts, { mode, claudeCode: CLAUDE_CODE })),
      claudeCode: CLAUDE_CODE,
      matrix: null,
      fault: null,
      choices: choices(facts, CLAUDE_CODE),
      paths: { asked: new Set(), listed: new Set() },
      shellFiles: new Set(),
    };
  };
  await lookAgain();
  looks = 0;
  const desk = createChangeDesk({
    ports: world.ports,
    editors: PLACE_EDITORS,
    look: () => look,
    lookAgain,
    ownCommand,
  });
  desk.onChange(() => {
    told += 1;
  });
  return {
    desk,
    world,
    looks: () => looks,
    told: () => told,
    lookAt: (next) => {
      look = next;
    },
    lookAgain,
    current: () => look?.inspections ?? [],
    task: (kind) => {
      const { task } = desk.state();
      if (task?.kind !== kind) throw new Error(`the task is ${task?.kind ?? 'none'}, not ${kind}`);
      return task as never;
    },
  };
}
