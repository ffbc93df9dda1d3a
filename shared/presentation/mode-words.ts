import type { Mode } from '../core/context.ts';

/** Who does it, in one mode: begins a sentence. */
export const MODE_SUBJECTS: Readonly<Record<Mode, string>> = {
  interactive: 'Interactive sessions',
  print: 'Print runs',
  bare: 'Bare runs',
};

/** Labels for tabs and columns. */
export const MODE_LABELS: Readonly<Record<Mode, string>> = {
  interactive: 'Interactive',
  print: 'Print',
  bare: 'Bare',
};

/** Who does it, in several modes, as a plural: “Print and bare runs”. */
export function modesSubject(modes: readonly Mode[]): string {
  const bare = modes.includes('bare');
  const runs = modes.includes('print') ? (bare ? 'print and bare runs' : 'print runs') : 'bare runs';
  if (!modes.includes('interactive')) return runs.charAt(0).toUpperCase() + runs.slice(1);
  const and = bare && modes.includes('print') ? ', ' : ' and ';
  return bare || modes.includes('print') ? `Interactive sessions${and}${runs}` : 'Interactive sessions';
}
