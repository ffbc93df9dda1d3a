import type { DiffHunk } from '../core/remedies/masked-diff.ts';
import type { FileStep, Step } from '../core/remedies/plan.ts';
import type { VariableStoreId } from '../core/remedies/variable-store-id.ts';
import { printable } from './printable.ts';

export interface StepWords {
  readonly place: string;
  /** “comments out line 42” */
  readonly what: string;
  readonly hunks: readonly DiffHunk[];
}

/** How a path is shown. */
export type PathText = (path: string) => string;

const STORE_NAMES: Readonly<Record<VariableStoreId, string>> = {
  systemd: 'your systemd session',
  launchd: 'your launchd session',
  registry: 'your user variables in the registry',
  'fish-universal': 'fish’s universal variables',
};

/** Whether a key moves into a file that is not encrypted. */
export const isInClear = (steps: readonly Step[]): boolean =>
  steps.some((step) => step.kind === 'key' && step.inClear);

/** Where a step changes something. */
export function placeOf(step: Step, path: PathText): string {
  switch (step.kind) {
    case 'file':
    case 'mode':
      return path(step.path);
    case 'variable':
      return STORE_NAMES[step.store];
    case 'key':
      return step.inClear ? 'a file that is not encrypted' : 'the system’s keychain';
  }
}

/** What becomes of some lines; `null`: where it is added nobody has seen a line yet. */
const ACTIONS: Readonly<Record<FileStep['action'], (lines: string | null) => string>> = {
  'commented-out': (lines) => `comments out ${lines ?? 'a line'}`,
  removed: (lines) => `removes ${lines ?? 'a line'}`,
  'looked-up': (lines) => `looks it up in the keychain instead, in ${lines ?? 'a line'}`,
  'set-empty': () => 'sets an empty value',
  'helper-set': () => 'sets the API key helper',
  'answer-forgotten': (lines) => `removes the remembered answer${lines === null ? '' : ` in ${lines}`}`,
  made: () => 'is made',
};

/** More line numbers than this are not read. */
const MOST_LINES = 5;

function linesText(lines: readonly number[]): string | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.length > MOST_LINES) return `${String(lines.length)} lines from line ${String(first)} on`;
  return `line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`;
}

export function stepWords(step: Step, path: PathText): StepWords {
  const place = placeOf(step, path);
  switch (step.kind) {
    case 'file': {
      const lines = [...new Set(step.lines.map(({ line }) => line))].sort((one, other) => one - other);
      return { place, what: ACTIONS[step.action](linesText(lines)), hunks: step.diff };
    }
    case 'mode':
      return { place, what: `access ${octal(step.from)} becomes ${octal(step.to)}`, hunks: [] };
    case 'variable':
      return { place, what: `runs “${printable(step.command, 120)}”`, hunks: [] };
    case 'key':
      return { place, what: `keeps ${step.name}`, hunks: [] };
  }
}

const octal = (mode: number): string => mode.toString(8).padStart(3, '0');
