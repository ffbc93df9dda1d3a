import type { Assignment, WantedNames } from './assignment.ts';
import { exportedAssignment, removedAssignment } from './exported-assignment.ts';

/**
 * `/etc/environment` as pam_env reads it: `#` ends a line wherever it stands, also in quotes; quotes around the value
 * are dropped, others are kept; nothing is expanded; a name alone removes the variable.
 *
 * Source: `_parse_env_file` of Linux-PAM's pam_env.c.
 */
export function readPamEnvironment(text: string, wanted: WantedNames): Assignment[] {
  const assignments: Assignment[] = [];
  for (const { text: written, line } of logicalLines(text)) {
    const entry = written.startsWith('export ') ? written.slice('export '.length) : written;
    const equals = entry.indexOf('=');
    const name = equals < 0 ? entry.trimEnd() : entry.slice(0, equals);
    if (!/^[A-Za-z0-9_]+$/.test(name) || !wanted(name)) continue;
    assignments.push(
      equals < 0
        ? removedAssignment(name, line)
        : exportedAssignment(name, line, withoutQuotes(entry.slice(equals + 1))),
    );
  }
  return assignments;
}

/** A quote at the start goes, and one at the very end. */
function withoutQuotes(value: string): string {
  if (!/^["']/.test(value)) return value;
  return /["']$/.test(value.slice(1)) ? value.slice(1, -1) : value.slice(1);
}

/**
 * `pam_env.conf`: `NAME [DEFAULT=value] [OVERRIDE=value]`, values in double quotes or without blanks. `OVERRIDE` wins
 * unless it is empty; without either the variable is removed.
 *
 * Source: `_parse_line` and `_check_var` of Linux-PAM's pam_env.c.
 */
export function readPamEnvironmentConf(text: string, wanted: WantedNames): Assignment[] {
  const assignments: Assignment[] = [];
  for (const { text: entry, line } of logicalLines(text)) {
    const name = /^\S+/.exec(entry)?.[0] ?? '';
    if (!wanted(name)) continue;
    const options = readOptions(entry.slice(name.length));
    if (options === null) continue;
    const { DEFAULT: fallback, OVERRIDE: override } = options;
    if (override !== undefined && override !== '') {
      // An override made of variables alone may turn out empty, and then the default counts.
      assignments.push(exportedAssignment(name, line, expanded(override)));
    } else if (fallback !== undefined) {
      assignments.push(exportedAssignment(name, line, expanded(fallback)));
    } else {
      assignments.push(removedAssignment(name, line));
    }
  }
  return assignments;
}

interface Options {
  DEFAULT?: string;
  OVERRIDE?: string;
}

const OPTION = /[ \t]+(?:(DEFAULT|OVERRIDE)=(?:"([^"]*)"(?=[ \t]|$)|(?!")([^ \t]*))|$)/y;

/** Null for a line that pam_env ignores. */
function readOptions(text: string): Options | null {
  const options: Options = {};
  OPTION.lastIndex = 0;
  while (OPTION.lastIndex < text.length) {
    const match = OPTION.exec(text);
    if (match === null) return null;
    const key = match[1];
    const value = match[2] ?? match[3] ?? '';
    // `DEFAULT=` is as if it were not there, `DEFAULT=""` is an empty value.
    const given = value !== '' || match[2] !== undefined;
    if (given && (key === 'DEFAULT' || key === 'OVERRIDE')) options[key] = value;
  }
  return options;
}

function expanded(value: string): string | null {
  if (/(?:^|[^\\])[$@]\{/.test(value)) return null;
  if (/\\(?![$@])/.test(value)) return null;
  return value.replace(/\\([$@])/g, '$1');
}

interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

/** Lines without comments and leading blanks, those that end in a backslash joined with the next. */
function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let parts: string[] = [];
  let first = 0;
  let line = 0;
  for (const row of text.split('\n')) {
    line++;
    const comment = row.indexOf('#');
    const content = comment < 0 ? row : row.slice(0, comment);
    if (content.trim() === '') continue;
    if (parts.length === 0) first = line;
    const part = parts.length === 0 ? content.trimStart() : content;
    const trimmed = part.trimEnd();
    if (comment < 0 && trimmed.endsWith('\\')) {
      parts.push(trimmed.slice(0, -1));
    } else {
      lines.push({ text: parts.join('') + part, line: first });
      parts = [];
    }
  }
  return lines;
}
