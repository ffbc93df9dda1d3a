import { readFishStatements } from '../../startup/fish.ts';
import { newStatementNotes } from '../../startup/statement-notes.ts';
import type { EditHow, EditText, LeftReason } from '../text-edit.ts';
import { leftForeign, viewFile } from './file-view.ts';
import { readFishLine } from './fish-line.ts';
import { OF_THE_SHELL, REACH, WITHOUT } from './posix-uses.ts';
import { editScript, type LineTarget } from './shell-edit.ts';

/**
 * `config.fish` and the files of `conf.d`: lines of `set` (global, universal or where the variable is) and of `export`.
 * A universal variable outlives the line that sets it; it is fish that must forget it.
 */
export const editFish: EditText = (bytes, request) => {
  const view = viewFile(bytes);
  if (view === null) return { spans: [], done: [], left: leftForeign(bytes, request.names) };
  const { text } = view;
  const names = new Set(request.names);
  const asksStatus = STATUS.test(text);
  const notes = newStatementNotes();
  const { events, wellFormed } = readFishStatements(text, (name) => names.has(name), notes);
  return editScript(view, request, {
    found: events.flatMap(({ action, name, line, value, conditional, scoped }) =>
      action === 'set' || action === 'export'
        ? [{ name, line, value, bare: action === 'export', conditional, scoped }]
        : [],
    ),
    notes,
    wellFormed,
    inOnePiece: true,
    keepsCarriageReturns: false,
    readLine: readFishLine,
    hazard: fishHazards(text, request.how.kind, asksStatus),
    isUse: (at, name) => isFishUse(text, at, name, asksStatus),
    isBound: () => false,
    anyCase: false,
    quote: (word) => `'${word.replace(/[\\']/g, '\\$&')}'`,
    settle: (planned) => planned,
  });
};

const NAMED = /(?:^|[\s;&|("'])(?:(?:set)((?:[ \t]+-[-\w]+)*)|export)[ \t]+$/;
const ASKS = /-[a-zA-Z]*[qSnL]|--(?:query|show|names|long)/;
const ERASES = /-[a-zA-Z]*e|--erase/;
const ASSIGNED = /(?:^|[\s;&|("'])$/;

function isFishUse(text: string, at: number, name: string, asksStatus: boolean): boolean {
  const before = text.slice(Math.max(0, at - REACH), at);
  if (text.charAt(at + name.length) === '=' && ASSIGNED.test(before)) return false;
  const named = NAMED.exec(before);
  // Erasing what is not there fails.
  if (named !== null) return ASKS.test(named[1] ?? '') || (asksStatus && ERASES.test(named[1] ?? ''));
  return !WITHOUT.test(before);
}

const REDEFINED = /\b(?:function|alias)[ \t]+["']?(?:set|export)\b/;
const LINE_NUMBERS = /line-number|stack-trace|print-stack/;
/** `set` leaves alone how the last command ended; `export`, a function, does not. */
const STATUS = /\b(?:pipe)?status\b|^[ \t]*(?:and|or)\b/m;

function fishHazards(
  text: string,
  how: EditHow['kind'],
  asksStatus: boolean,
): (targets: readonly LineTarget[]) => LeftReason | null {
  const redefined = REDEFINED.test(text);
  const watched =
    /\bpipestatus\b/.test(text) ||
    (how === 'remove' && LINE_NUMBERS.test(text)) ||
    // A command substitution is what the next one finds in `$status`.
    (how === 'look-up' && asksStatus);
  return (targets) => {
    if (redefined) return 'shared-line';
    if (watched || (asksStatus && targets.some(({ command }) => command === 'export'))) return 'used-later';
    const special = targets.some(({ name }) => OF_THE_SHELL.test(name) || name.startsWith('fish_'));
    return special ? 'used-later' : null;
  };
}
