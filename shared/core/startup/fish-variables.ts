import type { Assignment, StartupText, WantedNames } from './assignment.ts';

/** `SETUVAR --export NAME:value`; before fish 3.0 `SET_EXPORT NAME:value`. */
const LINE = /^(?:SETUVAR((?: --[a-z]+)*)|(SET|SET_EXPORT)) ([^:\s]+):(.*)$/;

/** What fish writes between the items of a list, and for a list without any. */
const SEPARATOR = '\u001e';
const NO_ITEMS = '\u001d';

/** Reads `fish_variables`, where fish keeps its universal variables. Nothing else in fish is ranked lower. */
export function readFishUniversalVariables(text: string, wanted: WantedNames): StartupText {
  const assignments: Assignment[] = [];
  let line = 0;
  for (const row of text.split('\n')) {
    line++;
    const match = LINE.exec(row.endsWith('\r') ? row.slice(0, -1) : row);
    const name = match?.[3] ?? '';
    if (match === null || !wanted(name)) continue;
    const flags = match[1] ?? '';
    const isPath = flags.includes('--path') || name.endsWith('PATH');
    const value = decode(match[4] ?? '', isPath ? ':' : ' ');
    assignments.push({
      name,
      line,
      certainty: value === null ? 'computed' : 'literal',
      conditional: false,
      exported: flags.includes('--export') || match[2] === 'SET_EXPORT',
      value,
      pathAsWritten: null,
      kind: 'set',
    });
  }
  return { assignments, sources: [], exports: [] };
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|)/g;

/** Null for escapes that fish does not write, and for bytes beyond ASCII, whose encoding is not known here. */
function decode(written: string, separator: string): string | null {
  let list = '';
  let run = 0;
  for (const match of written.matchAll(ESCAPE)) {
    const [whole, byte, short, long] = match;
    const code = parseInt(byte ?? short ?? long ?? '', 16);
    if (!(code > 0 && code <= (byte === undefined ? 0x10ffff : 0x7f))) return null;
    list += written.slice(run, match.index) + String.fromCodePoint(code);
    run = match.index + whole.length;
  }
  list += written.slice(run);
  return list === NO_ITEMS ? '' : list.replaceAll(SEPARATOR, separator);
}
