import type { PosixDialect } from '../../startup/posix-command-place.ts';
import { readPosixStatements } from '../../startup/posix-statements.ts';
import type { ShellEvent } from '../../startup/shell-events.ts';
import { newStatementNotes } from '../../startup/statement-notes.ts';
import type { EditText } from '../text-edit.ts';
import { leftForeign, viewFile } from './file-view.ts';
import { keepStatus } from './keep-status.ts';
import { readPosixLine } from './posix-line.ts';
import { isPosixUse, posixHazards } from './posix-uses.ts';
import { editScript, type Found } from './shell-edit.ts';

/**
 * Start-up files of bash, zsh and sh, and scripts like them. Edited are lines at top level that always run and do nothing
 * but set the names to constants, or export them.
 *
 * `look-up` puts the command between double quotes, so that its output is one word whatever is in it.
 *
 * @param dialect what the file is read by; files of sh and dash are read as those of bash
 */
export function editPosixShell(dialect: PosixDialect): EditText {
  return (bytes, request) => {
    const view = viewFile(bytes);
    if (view === null) return { spans: [], done: [], left: leftForeign(bytes, request.names) };
    const { text } = view;
    const names = new Set(request.names);
    const notes = newStatementNotes();
    const { events, wellFormed } = readPosixStatements(text, (name) => names.has(name), dialect, notes);
    return editScript(view, request, {
      found: events.filter(({ action }) => SETS.has(action)).map(foundBy),
      notes,
      wellFormed,
      inOnePiece: false,
      keepsCarriageReturns: true,
      readLine: (line) => readPosixLine(line, dialect === 'zsh'),
      hazard: posixHazards(text, view.mixedLineEnds, request.how.kind),
      isUse: (at, name) => isPosixUse(text, at, name),
      isBound: (name) => isReadonlyAmongOthers(name, events),
      anyCase: false,
      quote: (word) => `'${word.replaceAll("'", "'\\''")}'`,
      settle: (planned, topLevel, left) => keepStatus(planned, text, topLevel, dialect === 'direnv', left),
    });
  };
}

const SETS = new Set<ShellEvent['action']>(['set', 'array', 'export']);

function foundBy({ action, name, line, value, conditional, scoped }: ShellEvent): Found {
  return {
    name,
    line,
    value: action === 'set' ? value : null,
    bare: action === 'export',
    conditional,
    scoped,
  };
}

/**
 * What stands after an attempt to set a read-only variable is not run, in dash even if that was for one command; so nothing may be
 * taken from around it.
 */
function isReadonlyAmongOthers(name: string, events: readonly ShellEvent[]): boolean {
  const mine = events.filter((event) => event.name === name && event.action !== 'export');
  if (!mine.some(({ action }) => action === 'readonly')) return false;
  return new Set(mine.map(({ line }) => line)).size > 1;
}
