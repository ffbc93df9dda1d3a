import type { Facts, Layer } from '../../core/facts.ts';
import type { LeftPlace, Plan, Step } from '../../core/remedies/plan.ts';
import type { Fingerprint } from '../../core/secret.ts';
import type { Entry } from '../../core/settings/entry.ts';
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
 * be. Runs nothing. What a shell or a session said when it was asked is kept wherever the plan does not take it away.
 *
 * @param now what was gathered for the next terminal, with or without asking the shell
 */
export async function factsAfterPlan(
  ports: ChangePorts,
  request: GatherRequest,
  now: Facts,
  { plan, drafts, forgotten }: PreparedPlan,
): Promise<Facts> {
  const contents = new Map([...drafts.flatMap(contentOf), ...fishVariables(ports, plan.steps)]);
  const files = overlayFileStore(ports.files, contents, ports.environment.userId);
  const unasked: GatherRequest = {
    ...request,
    terminal: 'next',
    askShell: false,
    askSession: false,
    runHelper: false,
  };
  const then = await gatherFacts({ ...ports, files, session: sessionAfter(ports, plan.steps) }, unasked);
  // Where nobody was asked, the files are all that the base comes from.
  if (now.shell !== 'answered' && !request.askSession) return { ...then, shell: now.shell };
  const read = await gatherFacts(ports, unasked);
  const names = plan.goal.kind === 'narrow-mode' ? [] : plan.goal.names;
  const said = entriesOf(now);
  const kept = Object.entries(said).filter(([name]) => !names.includes(name));
  const renewed = names.flatMap((name): readonly (readonly [string, Entry])[] => {
    const found = { said: said[name], read: entriesOf(read)[name], then: entriesOf(then)[name] };
    const entry = entryAfter(found, plan, () => now.shellFiles.some((path) => asksFor(files, path, name)));
    return entry === undefined ? [] : [[name, { ...entry, approval: approvalIn(then, entry, forgotten) }]];
  });
  const base: Layer = { id: 'base', entries: Object.fromEntries([...kept, ...renewed]) };
  return {
    ...then,
    shell: now.shell,
    layers: then.layers.map((layer) => (layer.id === 'base' ? base : layer)),
  };
}

function contentOf({ step, content }: DraftStep<Step>): readonly (readonly [string, string])[] {
  return step.kind === 'file' && content.after !== null ? [[step.realPath, content.after]] : [];
}

/** What a session will go on keeping. */
function sessionAfter({ session }: ChangePorts, steps: readonly Step[]): ChangePorts['session'] {
  const isGone = (name: string, kind: string): boolean =>
    steps.some((step) => step.kind === 'variable' && step.name === name && step.store === kind);
  return {
    read: async (names, ask) =>
      (await session.read(names, ask)).filter(({ name, kind }) => !isGone(name, kind)),
  };
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

const entriesOf = ({ layers }: Facts): Layer['entries'] =>
  layers.find(({ id }) => id === 'base')?.entries ?? {};

/** One name of the plan in the base. */
interface Found {
  /** By the shell or the session, now. */
  readonly said: Entry | undefined;
  /** By the files alone, now. */
  readonly read: Entry | undefined;
  /** By the files alone, afterwards. */
  readonly then: Entry | undefined;
}

/** @param asks whether any file of the shell looks at the name, so that lines may begin to run when it is gone */
function entryAfter(
  { said, read, then }: Found,
  { steps, left }: Pick<Plan, 'steps' | 'left'>,
  asks: () => boolean,
): Entry | undefined {
  // No plan adds an export. What is not exported now stands in lines that the shell passes over.
  if (said === undefined) return undefined;
  const step = steps.find((one) => takes(one, said));
  if (step === undefined) return said;
  if (step.kind === 'file' && step.action === 'looked-up') {
    const key = steps.find((one) => one.kind === 'key' && one.name === said.name);
    return { ...said, fingerprint: key?.kind === 'key' ? key.fingerprint : null };
  }
  // A line that should win by the files and does not is passed over, and goes on to be.
  const isPassedOver = then !== undefined && isSame(then, read) && !isSame(then, said);
  if (!isPassedOver || asks()) return then;
  // Below it another line may be run, which the one that goes has hidden so far; nobody can tell before.
  return left.some((place) => place.name === said.name && !isAt(place, then)) ? then : undefined;
}

function isAt({ path, line }: LeftPlace, { origin }: Entry): boolean {
  return path === origin.path && line === (origin.line ?? null);
}

/** Whether a script reads a variable, as in `[ -z "$NAME" ]`. */
function asksFor(files: ChangePorts['files'], path: string, name: string): boolean {
  const reading = files.read(path, MOST_FILE_BYTES, 'latin1');
  return reading.state === 'read' && new RegExp(`(?:[$#!{(]|-[a-zA-Z]+ +)${name}\\b`).test(reading.text);
}

/** Whether a step takes a value away where it comes from. */
function takes(step: Step, { name, origin: { path, line } }: Entry): boolean {
  switch (step.kind) {
    case 'file':
      return step.path === path && step.lines.some((one) => one.name === name && one.line === line);
    case 'variable':
      return step.name === name;
    case 'mode':
    case 'key':
      return false;
  }
}

function isSame(one: Entry, other: Entry | undefined): boolean {
  const { state, fingerprint, text, on, origin } = one;
  return (
    other?.state === state &&
    other.fingerprint === fingerprint &&
    other.text === text &&
    other.on === on &&
    other.origin.path === origin.path
  );
}

/** What is remembered about a key stands in a file, which the plan may change. */
function approvalIn(
  { layers }: Facts,
  { fingerprint, approval }: Entry,
  forgotten: readonly Fingerprint[],
): Entry['approval'] {
  if (fingerprint === null) return approval;
  if (forgotten.includes(fingerprint)) return 'unanswered';
  const same = layers.flatMap(({ entries }) => Object.values(entries));
  return same.find((entry) => entry.fingerprint === fingerprint)?.approval ?? approval;
}
