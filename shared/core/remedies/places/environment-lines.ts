import type { Assignment, WantedNames } from '../../startup/assignment.ts';
import type { Bytes, EditRequest, EditResult, LeftReason } from '../text-edit.ts';
import { leftForeign, viewFile, type FileView } from './file-view.ts';
import { editLines, LeftLines, type PlannedLine } from './line-edits.ts';
import { mentionsOf } from './name-mentions.ts';

/** A syntax of lines that each set one variable. */
export interface LineSyntax {
  /** What the text sets, in order. */
  readonly read: (text: string, wanted: WantedNames) => readonly Assignment[];
  /** A line that is a comment and nothing else. */
  readonly comment: RegExp;
  /** Whether a mention of a name may be one that reads it. */
  readonly isUse: (before: string, after: string) => boolean;
  /** What a line needs in front of it to be read as in its place. */
  readonly contextOf?: (line: string) => string;
  /** More that must hold before a line may go. */
  readonly refuse?: (name: string, line: string) => LeftReason | null;
}

/** Edits lines that set a name to a constant, and are read alone as they are among the others. */
export function editEnvironmentLines(
  bytes: Bytes,
  request: EditRequest,
  syntaxOf: (text: string) => LineSyntax,
): EditResult {
  const view = viewFile(bytes);
  if (view === null) return { spans: [], done: [], left: leftForeign(bytes, request.names) };
  const syntax = syntaxOf(view.text);
  const names = new Set(request.names);
  const left = new LeftLines();
  const planned = new Map<number, PlannedLine>();
  for (const assignment of syntax.read(view.text, (name) => names.has(name))) {
    if (assignment.kind !== 'set') continue;
    const { name, line, value } = assignment;
    const why = whyNot(view, assignment, syntax);
    if (why === null) planned.set(line, { line, sets: [{ name, value }], values: [], standIn: '' });
    else left.add(name, line, why);
  }
  const used = usedNames(view, names, planned, syntax);
  const kept = [...planned.values()].filter(({ line, sets }) => {
    let why: LeftReason | null = sets.some(({ name }) => used.has(name)) ? 'used-later' : null;
    if (request.how.kind === 'look-up') why = 'not-possible';
    if (why !== null) for (const { name } of sets) left.add(name, line, why);
    return why === null;
  });
  kept.sort((one, other) => one.line - other.line);
  return editLines(view, request, kept, left.sorted());
}

function whyNot(view: FileView, assignment: Assignment, syntax: LineSyntax): LeftReason | null {
  const { name, line, value, conditional } = assignment;
  if (conditional) return 'conditional';
  if (value === null) return 'computed';
  const text = view.textOfLine(line);
  // Whether a comment can be continued, readers disagree about, and have changed their mind.
  const above = line > 1 ? view.textOfLine(line - 1) : '';
  if (endsInBackslash(text) || endsInBackslash(above)) return 'several-lines';
  const alone = syntax.read((syntax.contextOf?.(text) ?? '') + text, () => true);
  const [only] = alone;
  if (alone.length > 1) return 'shared-line';
  if (only?.name !== name || only.value !== value) return 'several-lines';
  return syntax.refuse?.(name, text) ?? null;
}

function endsInBackslash(line: string): boolean {
  return line.trimEnd().endsWith('\\');
}

function usedNames(
  view: FileView,
  names: ReadonlySet<string>,
  planned: ReadonlyMap<number, PlannedLine>,
  syntax: LineSyntax,
): ReadonlySet<string> {
  const used = new Set<string>();
  for (const name of names) {
    const isUsed = mentionsOf(view.text, name, view.text.length, []).some((at) => {
      const line = view.lineAt(at);
      if (planned.has(line)) return false;
      const row = view.textOfLine(line);
      const from = at - view.startOfLine(line);
      return !syntax.comment.test(row) && syntax.isUse(row.slice(0, from), row.slice(from + name.length));
    });
    if (isUsed) used.add(name);
  }
  return used;
}

/** `$NAME`, `${NAME}` and PAM’s `@{NAME}`. */
export const isExpansion = (before: string): boolean => /[$@]\{?[!#^]?$/.test(before.slice(-3));
