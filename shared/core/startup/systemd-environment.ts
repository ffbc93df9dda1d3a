import type { Assignment, WantedNames } from './assignment.ts';
import { exportedAssignment } from './exported-assignment.ts';
import { readHomePath } from './source-path.ts';

/**
 * `environment.d/*.conf`: `NAME=value` with single and double quotes, backslashes, comments that start with `#` or `;`,
 * and `$NAME`, `${NAME}`, `${NAME:-x}`, `${NAME:+x}`, which count inside of single quotes, too.
 *
 * Source: `parse_env_file_internal` and `merge_env_file_push` of systemd's env-file.c.
 */
export function readSystemdEnvironment(text: string, wanted: WantedNames): Assignment[] {
  const assignments: Assignment[] = [];
  let at = 0;
  let line = 1;
  let equals = text.indexOf('=');
  while (at < text.length && equals >= 0) {
    const start = line;
    if (equals < at) equals = text.indexOf('=', at);
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (/^\s*[#;]/.test(text.slice(at, end)) || equals < at || equals > end) {
      at = end + 1;
      line++;
      continue;
    }
    const name = text.slice(at, equals).trim();
    const read = readValue(text, equals + 1);
    for (
      let index = text.indexOf('\n', at);
      index >= 0 && index < read.end;
      index = text.indexOf('\n', index + 1)
    ) {
      line++;
    }
    at = read.end;
    if (/^[A-Za-z_]\w*$/.test(name) && wanted(name)) {
      const computed = read.value.includes('$');
      const path = computed ? readHomePath(read.value) : null;
      assignments.push(exportedAssignment(name, start, computed ? null : read.value, path));
    }
  }
  return assignments;
}

/** From behind the `=`; `end` is behind the newline. */
function readValue(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = '';
  /** Length of the value up to its last character that is no blank. */
  let kept = 0;
  let state: 'before' | 'bare' | 'single' | 'double' = 'before';
  let at = start;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (state === 'single' || state === 'double') {
      if (char === (state === 'single' ? "'" : '"')) {
        state = 'before';
      } else if (state === 'double' && char === '\\' && next !== '') {
        value += next === '\n' ? '' : '"\\`$'.includes(next) ? next : char + next;
        at++;
      } else {
        value += char;
      }
      kept = value.length;
    } else if (char === '\n') {
      return { value: value.slice(0, kept), end: at + 1 };
    } else if (state === 'before' && (char === "'" || char === '"')) {
      state = char === "'" ? 'single' : 'double';
    } else if (char === '\\') {
      if (next !== '\n') value += next;
      kept = value.length;
      state = 'bare';
      at++;
    } else if (state === 'bare' || !/\s/.test(char)) {
      state = 'bare';
      value += char;
      if (!/\s/.test(char)) kept = value.length;
    }
  }
  return { value: value.slice(0, kept), end: text.length };
}
