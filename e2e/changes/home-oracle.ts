import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { MARK, OWN } from './change-scene.ts';

/** What stands in a home, by path: what it is, who may do what with it, and every byte of it. */
type Standing = ReadonlyMap<string, Entry>;

interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly mode: number;
  readonly owner: string;
  /** What a link leads to, or what is in a file. */
  readonly bytes: string;
}

/** How a home was before a change, and how it is after it. */
export interface BothSides {
  readonly old: Standing;
  /** With {@link ID_PLACE} where the id of the change stands. */
  readonly new: Standing;
  /** The files that the change changes. */
  readonly changed: readonly string[];
}

/** What was found, and everything wrong with it, in words; empty when all is well. */
export interface Judgement {
  readonly faults: readonly string[];
  /** On which side the files of the change are, in their order. */
  readonly sides: readonly ('old' | 'new')[];
  readonly side: 'old' | 'new' | 'mixed';
  /** State of each change that is remembered, by id. */
  readonly states: Readonly<Record<string, string>>;
  /** Whether a killed run has left something, which the next one takes away. */
  readonly left: number;
}

const ID_PLACE = '\0id\0';
const BESIDE = /^\.(.+)\.credence-[0-9a-f]{16}$/s;
const CONTENT = /^([0-9a-f]{8})\.\d+\.(?:before|after)$/;

/** @param afterwards a home in which the change was made without any trouble, and its id */
export function bothSides(before: string, afterwards: string, id: string): BothSides {
  const old = standingOf(before);
  const after = new Map(
    [...standingOf(afterwards)].map(([name, entry]) => [
      name,
      { ...entry, bytes: entry.bytes.replaceAll(id, ID_PLACE) },
    ]),
  );
  const changed = [...old.keys()].filter((name) => !isSame(old.get(name), after.get(name)));
  return { old, new: after, changed };
}

/**
 * The one judge of all that may happen to a change: whatever it was that happened, each file is as before or as after, those of
 * one change are on the same side once all is settled, nothing else has changed, nobody else can read more than before, and the
 * journal says what is so.
 *
 * @param settled whether what was interrupted has been recovered
 */
export function judge(home: string, { old, new: after, changed }: BothSides, settled: boolean): Judgement {
  const faults: string[] = [];
  const now = standingOf(home);
  const states = statesIn(home, faults);
  const ids = Object.keys(states);
  const sides = changed.map((name): 'old' | 'new' => {
    const entry = now.get(name);
    if (isSame(entry, old.get(name))) return 'old';
    const expected = after.get(name);
    const isNew = ids.some((id) =>
      isSame(entry, expected && { ...expected, bytes: expected.bytes.replaceAll(ID_PLACE, id) }),
    );
    if (!isNew) faults.push(`${name} is neither as before nor as after: ${inWords(entry)}`);
    return 'new';
  });
  for (const [name, entry] of now)
    if (!changed.includes(name) && !isSame(entry, old.get(name))) faults.push(`${name}: ${inWords(entry)}`);
  for (const name of old.keys()) if (!now.has(name)) faults.push(`${name} is gone`);
  const side = sides.every((one) => one === 'old') ? 'old' : sides.includes('old') ? 'mixed' : 'new';
  for (const [id, state] of Object.entries(states)) {
    const may = SIDES_OF[state];
    if (may === undefined || !may.includes(side)) faults.push(`${id} is ${state}, and the files are ${side}`);
    if (settled && !['applied', 'undone', 'taken-back'].includes(state)) faults.push(`${id} is ${state}`);
  }
  if (ids.length === 0 && side !== 'old') faults.push(`nothing is remembered, and the files are ${side}`);
  const left = leftovers(home, old, faults);
  if (settled && left > 0) faults.push(`${String(left)} left`);
  keptContents(home, states, settled, faults);
  return { faults, sides, side, states, left };
}

const SIDES_OF: Readonly<Record<string, readonly string[]>> = {
  intended: ['old', 'mixed', 'new'],
  applied: ['new'],
  undoing: ['old', 'mixed', 'new'],
  undone: ['old'],
  'taken-back': ['old'],
};

/** Everything of the user’s. Nothing of it changes without being seen; what Credence itself lays down is looked at elsewhere. */
function standingOf(home: string): Standing {
  const found = new Map<string, Entry>();
  for (const name of everythingIn(home)) {
    if (isOwn(name) || BESIDE.test(path.basename(name)) || name === '.claude.json.lock') continue;
    found.set(name, entryAt(path.join(home, name)));
  }
  return found;
}

const isOwn = (name: string): boolean =>
  name === '.config' || name === OWN || name.startsWith(`${OWN}/`) || name === '.local';

function everythingIn(home: string): readonly string[] {
  return readdirSync(home, { recursive: true, encoding: 'latin1' }).sort();
}

function entryAt(file: string): Entry {
  const stats = lstatSync(file);
  const owner = `${String(stats.uid)}:${String(stats.gid)} ×${stats.isFile() ? String(stats.nlink) : ''}`;
  const mode = stats.mode & 0o7777;
  if (stats.isSymbolicLink()) return { kind: 'link', mode, owner, bytes: readlinkSync(file) };
  if (stats.isDirectory()) return { kind: 'folder', mode, owner, bytes: '' };
  if (!stats.isFile()) return { kind: 'other', mode, owner, bytes: '' };
  return { kind: 'file', mode, owner, bytes: readFileSync(file, 'latin1') };
}

function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.kind === other.kind &&
    one.mode === other.mode &&
    one.owner === other.owner &&
    one.bytes === other.bytes
  );
}

/** No content: that may be secret. */
function inWords(entry: Entry | undefined): string {
  if (entry === undefined) return 'absent';
  const { kind, mode, owner, bytes } = entry;
  const digest = createHash('sha256').update(bytes, 'latin1').digest('hex').slice(0, 8);
  return `${kind} ${mode.toString(8)} ${owner} ${String(bytes.length)} bytes ${digest}`;
}

/** Read without any code of the product, which is what is being judged. */
function statesIn(home: string, faults: string[]): Readonly<Record<string, string>> {
  const states: Record<string, string> = {};
  for (const name of namesIn(path.join(home, OWN, 'changes'))) {
    if (!/^[0-9a-f]{8}\.json$/.test(name)) continue;
    try {
      const text = readFileSync(path.join(home, OWN, 'changes', name), 'utf8');
      const { id, state } = JSON.parse(text) as { readonly id: string; readonly state: string };
      if (`${id}.json` !== name) faults.push(`${name} is the record of ${id}`);
      states[id] = state;
    } catch {
      faults.push(`${name} is no record`);
    }
  }
  return states;
}

/** Counts what a killed run left, and looks who may read it and what is Credence’s own. */
function leftovers(home: string, old: Standing, faults: string[]): number {
  let left = 0;
  for (const name of everythingIn(home)) {
    const stats = lstatSync(path.join(home, name));
    const others = stats.mode & 0o077;
    const [, of] = BESIDE.exec(path.basename(name)) ?? [];
    if (of !== undefined || name === '.claude.json.lock') left += 1;
    if (name === OWN || name.startsWith(`${OWN}/`)) {
      if (others !== 0) faults.push(`${name} may be read by others: ${(stats.mode & 0o777).toString(8)}`);
      continue;
    }
    if (of === undefined || !stats.isFile()) continue;
    // Beside a file that others may read anyway there may be what they may read.
    const original = old.get(path.join(path.dirname(name), of))?.mode ?? 0;
    const holdsKey = readFileSync(path.join(home, name), 'latin1').includes(MARK);
    if ((others & ~original) !== 0 || (holdsKey && others !== 0 && (original & 0o077) === 0))
      faults.push(`${name} is open to others`);
  }
  return left;
}

/** What was replaced holds old keys: it is there as long as it can be undone, and no longer. */
function keptContents(
  home: string,
  states: Readonly<Record<string, string>>,
  settled: boolean,
  faults: string[],
): void {
  const names = namesIn(path.join(home, OWN, 'changes'));
  for (const name of names) {
    if (name === '_lock' || /^[0-9a-f]{8}\.json$/.test(name) || BESIDE.test(name)) continue;
    const [, id = ''] = CONTENT.exec(name) ?? [];
    if (id === '') faults.push(`${name} is nothing that belongs there`);
    else if (settled && states[id] !== 'applied') faults.push(`${name} is kept for nothing`);
  }
  for (const [id, state] of Object.entries(states))
    if (
      ['intended', 'applied', 'undoing'].includes(state) &&
      !names.some((name) => name.startsWith(`${id}.0.`))
    )
      faults.push(`${id} is ${state}, and what it replaced is gone`);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
