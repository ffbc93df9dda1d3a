import { readPowerShell } from '../../startup/powershell.ts';
import { newStatementNotes } from '../../startup/statement-notes.ts';
import type { EditHow, EditText, LeftReason } from '../text-edit.ts';
import { leftForeign, viewFile } from './file-view.ts';
import type { LeftLines, PlannedLine } from './line-edits.ts';
import { readPowerShellLine } from './powershell-line.ts';
import { editScript, type LineTarget } from './shell-edit.ts';
import type { TopLevelLines } from './top-level-lines.ts';

/**
 * Profiles of PowerShell: lines of `$env:NAME = 'value'`, `Set-Item Env:NAME` and `SetEnvironmentVariable` for the process.
 * A name in another case is left: on Windows it is the same variable, elsewhere another one.
 */
export const editPowerShell: EditText = (bytes, request) => {
  const view = viewFile(bytes);
  if (view === null) return { spans: [], done: [], left: leftForeign(bytes, request.names) };
  const { text } = view;
  const names = new Set(request.names);
  const notes = newStatementNotes();
  const { assignments } = readPowerShell(text, (name) => names.has(name), notes);
  return editScript(view, request, {
    found: assignments.flatMap(({ name, line, value, conditional, kind }) =>
      kind === 'set' ? [{ name, line, value, bare: false, conditional, scoped: false }] : [],
    ),
    notes,
    wellFormed: true,
    inOnePiece: true,
    keepsCarriageReturns: false,
    readLine: (line) => withNamesAsAsked(readPowerShellLine(line), names),
    hazard: powerShellHazards(text, request.how),
    isUse: (at, name) => isPowerShellUse(text, at, name),
    isBound: () => false,
    anyCase: true,
    quote: (word) => `'${word.replaceAll("'", "''")}'`,
    settle: (planned, topLevel, left) => whatStandsAlone(planned, topLevel, left),
  });
};

function withNamesAsAsked(
  targets: readonly LineTarget[] | LeftReason,
  names: ReadonlySet<string>,
): readonly LineTarget[] | LeftReason {
  if (typeof targets === 'string') return targets;
  const another = targets.some(({ name }) => !names.has(name) && names.has(name.toUpperCase()));
  return another ? 'not-possible' : targets;
}

const REACH = 120;
const REMOVED = /(?:^|[\s;&|({])(?:remove-item|ri|rm|del|erase|clear-item)\b[^\n;|]*env:[\\/]?$/i;
const SET = /(?:\$\{?|[\s"'])env:[\\/]?$/i;

function isPowerShellUse(text: string, at: number, name: string): boolean {
  const before = text.slice(Math.max(0, at - REACH), at);
  if (REMOVED.test(before)) return false;
  return !(SET.test(before) && /^\}?[ \t]*=(?!=)/.test(text.slice(at + name.length, at + name.length + 20)));
}

/** An edit breaks the signature, and PowerShell may refuse the whole file then. */
const SIGNED = /^# SIG # Begin signature block/m;
const ASCII = /^[ -~]*$/;
const REDEFINED = /\b(?:function|alias)\b[^\n]{0,100}\b(?:set-item|set-content|si|sc)\b/i;

function powerShellHazards(
  text: string,
  how: EditHow,
): (targets: readonly LineTarget[]) => LeftReason | null {
  const signed = SIGNED.test(text);
  const redefined = REDEFINED.test(text);
  // Without a mark, Windows PowerShell takes the bytes for those of the system’s code page.
  const garbled = how.kind === 'look-up' && !text.startsWith('\uFEFF') && !ASCII.test(how.command.join(''));
  return (targets) => {
    if (signed || garbled) return 'not-possible';
    return redefined && targets.some(({ command }) => command !== '') ? 'shared-line' : null;
  };
}

/** Behind one of these, a line end does not end a statement. */
const GOES_ON =
  /[=+*/%,|&.([{!<>:-]$|-(?:not|b?(?:and|or|xor)|[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|replace|split)|is|isnot|as|f|join|shl|shr)$/i;
const CONTINUES = /^\s*(?:\||&&|\|\||\.[A-Za-z]|-[a-z]+\b)/i;

function whatStandsAlone(
  planned: readonly PlannedLine[],
  topLevel: TopLevelLines,
  left: LeftLines,
): readonly PlannedLine[] {
  const { before, after } = topLevel.neighbours(new Set(planned.map(({ line }) => line)));
  return planned.filter(({ line, sets }) => {
    const previous = (before.get(line) ?? '').replace(/(?:^|\s)#[^\n]*|<#[^]*?#>/g, '').trimEnd();
    const next = after.get(line) ?? '';
    const why = GOES_ON.test(previous) || CONTINUES.test(next) ? 'several-lines' : null;
    const reason = why ?? (/\$\?/.test(next) ? 'used-later' : null);
    if (reason !== null) for (const { name } of sets) left.add(name, line, reason);
    return reason === null;
  });
}
