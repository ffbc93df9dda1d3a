import type { Facts, Layer } from '../../core/facts.ts';
import type { Step } from '../../core/remedies/plan.ts';
import { gatherFacts } from '../gather/gather-facts.ts';
import type { GatherRequest } from '../gather/gather-request.ts';
import type { Bytes } from '../../core/remedies/text-edit.ts';
import { MOST_FILE_BYTES } from '../../ports/file-writer.ts';
import { fishVariablesFiles } from './changeable-places.ts';
import type { ChangePorts } from './change-ports.ts';
import type { DraftStep } from './file-draft.ts';
import { overlayFileStore } from './overlay-file-store.ts';
import type { PreparedPlan } from './plan-change.ts';

/**
 * What there will be in the next terminal once a plan is done: everything is gathered once more over the files as they would
 * be. Runs nothing. What a shell said when it was asked is kept for every name that the plan does not speak of.
 *
 * @param now what was gathered for the next terminal, with or without asking the shell
 */
export async function factsAfterPlan(
  ports: ChangePorts,
  request: GatherRequest,
  now: Facts,
  { plan, drafts }: PreparedPlan,
): Promise<Facts> {
  const contents = new Map([...drafts.flatMap(contentOf), ...fishVariables(ports, plan.steps)]);
  const files = overlayFileStore(ports.files, contents, ports.environment.userId);
  const then = await gatherFacts(
    { ...ports, files },
    { ...request, terminal: 'next', askShell: false, askSession: false, runHelper: false },
  );
  const names = plan.goal.kind === 'narrow-mode' ? [] : plan.goal.names;
  return { ...then, shell: now.shell, layers: withBase(then.layers, now.layers, names) };
}

function contentOf({ step, content }: DraftStep<Step>): readonly (readonly [string, string])[] {
  return step.kind === 'file' && content.after !== null ? [[step.realPath, content.after]] : [];
}

/** fish keeps its universal variables in a file, which only fish itself may change: as it will have written it. */
function fishVariables(ports: ChangePorts, steps: readonly Step[]): readonly (readonly [string, Bytes])[] {
  const gone = steps.flatMap((step) =>
    step.kind === 'variable' && step.store === 'fish-universal' ? [step.name] : [],
  );
  if (gone.length === 0) return [];
  return fishVariablesFiles(ports).flatMap((path) => {
    const reading = ports.files.read(path, MOST_FILE_BYTES, 'latin1');
    if (reading.state !== 'read') return [];
    const names = new RegExp(`^SET\\S*(?: --\\S+)* (?:${gone.join('|')}):`);
    const kept = reading.text.split('\n').filter((line) => !names.test(line));
    return [[reading.realPath, kept.join('\n')] as const];
  });
}

/** The base of now, in which the names of the plan are those of then. */
function withBase(then: readonly Layer[], now: readonly Layer[], names: readonly string[]): readonly Layer[] {
  const base = now.find(({ id }) => id === 'base');
  return then.map((layer) => {
    if (layer.id !== 'base' || base === undefined) return layer;
    const kept = Object.entries(base.entries).filter(([name]) => !names.includes(name));
    const renewed = Object.entries(layer.entries).filter(([name]) => names.includes(name));
    return { id: layer.id, entries: Object.fromEntries([...kept, ...renewed]) };
  });
}
