import type { StatementNotes } from '../../startup/statement-notes.ts';
import type { Bytes, EditRequest, EditResult, LeftReason } from '../text-edit.ts';
import { commandLine } from './command-words.ts';
import type { FileView } from './file-view.ts';
import { editLines, LeftLines, type PlannedLine } from './line-edits.ts';
import { mentionsOf } from './name-mentions.ts';
import { TopLevelLines } from './top-level-lines.ts';

/** What a line sets: `NAME=value`, or with a value of null the `NAME` of `export NAME`. */
export interface LineTarget {
  readonly name: string;
  readonly value: string | null;
  /** In the line: what a look-up replaces, */
  readonly start: number;
  readonly end: number;
  /** and what stands there before and behind its command. */
  readonly lookUp: readonly [Bytes, Bytes] | null;
  /** By a command of this name; empty for a plain assignment. */
  readonly command: string;
}

/** What the reader of the file has found about one of the names. */
export interface Found {
  readonly name: string;
  readonly line: number;
  /** null when computed, and for `export NAME` (`bare`). */
  readonly value: string | null;
  readonly bare: boolean;
  readonly conditional: boolean;
  readonly scoped: boolean;
}

/** One script, as the reader of its language understood it. */
export interface ReadScript {
  readonly found: readonly Found[];
  readonly notes: StatementNotes;
  readonly wellFormed: boolean;
  /** Nothing of a file that is not well-formed is run, not even what stands before the error. */
  readonly inOnePiece: boolean;
  /** The carriage return of a Windows line end may be an ordinary character. */
  readonly keepsCarriageReturns: boolean;
  /** What one line sets, when it does nothing else; otherwise why not. */
  readLine(line: string): readonly LineTarget[] | LeftReason;
  /** Why lines with these targets cannot be edited in this file, or null. */
  hazard(targets: readonly LineTarget[]): LeftReason | null;
  /** Where the name is mentioned in a way that may read it; lines that can be edited are none of its business. */
  isUse(at: number, name: string): boolean;
  /** The name cannot be taken away without changing whether something else runs. */
  isBound(name: string): boolean;
  /** Mentions count in any case. */
  readonly anyCase: boolean;
  readonly quote: (word: string) => string;
  /** A last word about the lines that are to go. */
  settle(planned: readonly PlannedLine[], topLevel: TopLevelLines, left: LeftLines): readonly PlannedLine[];
}

/** Edits the lines at top level that always run and do nothing but set the names to constants, or export them. */
export function editScript(view: FileView, request: EditRequest, script: ReadScript): EditResult {
  const names = new Set(request.names);
  const lookUp = request.how.kind === 'look-up';
  const left = new LeftLines();
  const topLevel = new TopLevelLines(view, script.notes);
  const candidates = findCandidates(names, script, topLevel, left);
  const blocked = blockedNames(view, script, candidates, lookUp);
  /** Names whose bare `export NAME` serves an assignment that stays. */
  const staying = left.names((why) => why !== 'one-command');

  const planned: PlannedLine[] = [];
  for (const { line, targets } of candidates) {
    const assigned = targets.filter(({ value }) => value !== null);
    if (targets.some(({ name }) => blocked.has(name))) {
      for (const { name } of targets) left.add(name, line, 'used-later');
    } else if (assigned.length === 0 && (lookUp || targets.some(({ name }) => staying.has(name)))) {
      continue;
    } else if (lookUp) {
      planLookUp(line, assigned, request, view, script, planned, left);
    } else {
      planned.push({ line, sets: setsOf(targets), values: [], standIn: '' });
    }
  }
  const kept = script.settle(planned, topLevel, left);
  return editLines(view, request, kept, left.sorted());
}

interface Candidate {
  readonly line: number;
  readonly targets: readonly LineTarget[];
}

function findCandidates(
  names: ReadonlySet<string>,
  script: ReadScript,
  topLevel: TopLevelLines,
  left: LeftLines,
): readonly Candidate[] {
  const lines = new Map<number, Found[]>();
  for (const found of script.found) {
    const there = lines.get(found.line);
    if (there === undefined) lines.set(found.line, [found]);
    else there.push(found);
  }
  const candidates: Candidate[] = [];
  for (const [line, there] of [...lines].sort(([one], [other]) => one - other)) {
    const targets = targetsOf(line, there, names, script, topLevel);
    const why = typeof targets === 'string' ? targets : script.hazard(targets);
    if (typeof targets === 'string' || why !== null) {
      for (const { name } of there) left.add(name, line, why ?? 'shared-line');
    } else {
      candidates.push({ line, targets });
    }
  }
  return candidates;
}

function targetsOf(
  line: number,
  there: readonly Found[],
  names: ReadonlySet<string>,
  script: ReadScript,
  topLevel: TopLevelLines,
): readonly LineTarget[] | LeftReason {
  if (there.some(({ conditional }) => conditional)) {
    const understood = script.wellFormed || (!script.inOnePiece && topLevel.isBeforeError(line));
    return understood ? 'conditional' : 'malformed';
  }
  if (there.some(({ scoped }) => scoped)) return 'one-command';
  if (there.some(({ bare, value }) => !bare && value === null)) return 'computed';
  const { text, whole, windows } = topLevel.lineText(line);
  if (!whole) return 'several-lines';
  const targets = script.readLine(text);
  if (typeof targets === 'string') return targets;
  if (targets.some(({ name }) => !names.has(name))) return 'shared-line';
  if (script.keepsCarriageReturns && windows && !endsSoftly(text, targets)) return 'shared-line';
  // The reader of the whole file must have seen the same.
  const agrees =
    there.length === targets.length &&
    targets.every(({ name, value }, index) => there[index]?.name === name && there[index].value === value);
  return agrees ? targets : 'shared-line';
}

/** Whether a carriage return behind the line would be a part of the value or of a comment, and no argument or command. */
function endsSoftly(line: string, targets: readonly LineTarget[]): boolean {
  const last = targets.at(-1);
  const rest = line.slice(last?.end);
  return rest.includes('#') || (rest === '' && last?.value !== null);
}

/** The names that something else in the file would miss. */
function blockedNames(
  view: FileView,
  script: ReadScript,
  candidates: readonly Candidate[],
  lookUp: boolean,
): ReadonlySet<string> {
  const lines = new Set(candidates.map(({ line }) => line));
  const values = new Map<string, Set<string>>();
  for (const { name, value } of candidates.flatMap(({ targets }) => targets)) {
    const known = values.get(name) ?? new Set();
    values.set(name, value === null ? known : known.add(value));
  }
  const text = script.anyCase ? view.text.toLowerCase() : view.text;
  const blocked = new Set<string>();
  for (const [name, known] of values) {
    // A look-up gives what was there, unless there were several values.
    if (lookUp && known.size < 2) continue;
    const written = script.anyCase ? name.toLowerCase() : name;
    const isRead = mentionsOf(text, written, script.notes.end, script.notes.comments).some(
      (at) => !lines.has(view.lineAt(at)) && script.isUse(at, name),
    );
    if (isRead || script.isBound(name)) blocked.add(name);
  }
  return blocked;
}

/** A bare `export NAME` beside an assignment of the same name goes without saying. */
function setsOf(targets: readonly LineTarget[]): PlannedLine['sets'] {
  const assigned = targets.filter(({ value }) => value !== null);
  const bare = targets.filter(
    ({ name, value }) => value === null && !assigned.some((other) => other.name === name),
  );
  return [...assigned, ...bare].map(({ name, value }) => ({ name, value }));
}

function planLookUp(
  line: number,
  targets: readonly LineTarget[],
  request: EditRequest,
  view: FileView,
  script: ReadScript,
  planned: PlannedLine[],
  left: LeftLines,
): void {
  const command = request.how.kind === 'look-up' ? commandLine(request.how.command, script.quote) : null;
  const offset = view.startOfLine(line);
  const sets: { name: string; value: string | null }[] = [];
  const values: { start: number; end: number; text: Bytes }[] = [];
  for (const { name, value, start, end, lookUp } of targets) {
    if (value === '') {
      // It holds no secret, and has a meaning of its own: it cancels what was set before.
      left.add(name, line, 'computed');
    } else if (command === null || lookUp === null) {
      left.add(name, line, 'not-possible');
    } else {
      sets.push({ name, value });
      values.push({ start: offset + start, end: offset + end, text: lookUp[0] + command + lookUp[1] });
    }
  }
  if (values.length > 0) planned.push({ line, sets, values, standIn: '' });
}
