import type { Assignment, WantedNames } from './assignment.ts';
import { exportedAssignment } from './exported-assignment.ts';

const KEY = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t]))[ \t]*/y;

/**
 * A `.env` file. Its readers disagree about `$NAME`, about backslashes and about `#` inside of a bare value; where they
 * do, the value counts as computed.
 */
export function readDotenv(text: string, wanted: WantedNames): Assignment[] {
  const assignments: Assignment[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    KEY.lastIndex = at;
    const key = KEY.exec(text);
    let behind = end;
    if (key !== null && KEY.lastIndex <= end) {
      const name = key[1] ?? '';
      const read = readQuoted(text, KEY.lastIndex) ?? { value: bare(text.slice(KEY.lastIndex, end)), end };
      behind = read.end;
      if (wanted(name)) assignments.push(exportedAssignment(name, line, read.value));
    }
    for (let index = newline; index >= 0 && index < behind; index = text.indexOf('\n', index + 1)) line++;
    const next = text.indexOf('\n', behind);
    at = next < 0 ? text.length : next + 1;
    line++;
  }
  return assignments;
}

/** Null when the value has no quotes, or they are not closed. */
function readQuoted(
  text: string,
  start: number,
): { readonly value: string | null; readonly end: number } | null {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  let end = text.indexOf(quote, start + 1);
  while (end > 0 && text.charAt(end - 1) === '\\') end = text.indexOf(quote, end + 1);
  if (end < 0) return null;
  const value = text.slice(start + 1, end);
  if (quote !== '"') return { value: value.includes('\\') ? null : value, end: end + 1 };
  const computed = value.includes('$') || /\\(?!n)/.test(value);
  return { value: computed ? null : value.replaceAll('\\n', '\n'), end: end + 1 };
}

function bare(text: string): string | null {
  const value = text.replace(/(?:^|\s)#.*/s, '').trim();
  return /[$\\#]/.test(value) ? null : value;
}
