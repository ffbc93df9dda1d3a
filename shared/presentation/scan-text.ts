import type { ConflictCode, Severity } from '../core/conflict.ts';
import type { ClaudeCodeVersion, Mode } from '../core/context.ts';
import type { Place } from '../core/facts.ts';
import { pathStyle } from '../core/known-folders.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { FoundFile, FoundFolder, Skipped } from '../usecases/scan.ts';
import { answerLabel } from './answer-label.ts';
import { SEVERITY_MARKS } from './marks.ts';
import { MODE_SUBJECTS } from './mode-words.ts';
import { lengthOf, printable } from './printable.ts';
import { shortPath } from './short-path.ts';
import { pad, table, tint, wrap, type TextStyle } from './text-layout.ts';

/** One folder's line; of the facts only this is kept until all folders are seen. */
export interface ScanRow {
  readonly worst: Severity | null;
  /** Folder, answer, what the folder brings. */
  readonly cells: readonly [string, string, string];
  readonly codes: readonly ConflictCode[];
}

export interface ScanHeading {
  readonly roots: readonly string[];
  readonly mode: Mode;
  readonly claudeCode: ClaudeCodeVersion;
  readonly place: Pick<Place, 'home' | 'platform'>;
}

/** Longest cells: characters. With the mark and the gap they fit into 80 columns. */
const LONGEST_FOLDER = 26;
const LONGEST_ANSWER = 48;
/** More names are counted, more places that could not be read as well. */
const MOST_NAMES = 4;
const MOST_SKIPPED = 10;

const PAYERS: Readonly<Record<Payer, string>> = {
  subscription: 'subscription',
  metered: 'pay per use',
  organisation: 'organisation',
  unknown: 'payer not known',
};

export function scanRow(found: FoundFolder, { roots, mode, place }: ScanHeading): ScanRow {
  const { facts, verdict, pays, files } = found;
  const conflicts = found.conflicts.filter(({ modes }) => modes.includes(mode));
  const first = verdict.outcome === 'asks' ? 'asks, then ' : '';
  const payer = pays === null ? '' : `, ${PAYERS[pays]}`;
  return {
    worst: conflicts.find(({ severity }) => severity !== 'info')?.severity ?? null,
    cells: [
      folderLabel(facts.place.folder, roots, place),
      printable(`${first}${answerLabel(answeredVerdict(verdict), facts)}${payer}`, LONGEST_ANSWER),
      broughtBy(files),
    ],
    codes: [...new Set(conflicts.filter(({ severity }) => severity !== 'info').map(({ code }) => code))],
  };
}

/** Below one root, as seen from there. */
function folderLabel(folder: string, roots: readonly string[], place: ScanHeading['place']): string {
  const [root = ''] = roots;
  if (roots.length !== 1) return shortPath(folder, place, LONGEST_FOLDER);
  if (folder === root) return '.';
  const separator = pathStyle(place.platform) === 'posix' ? '/' : '\\';
  const start = root.endsWith(separator) ? root.length : root.length + 1;
  return shortPath(folder.slice(start), { ...place, home: null }, LONGEST_FOLDER);
}

/** “ANTHROPIC_API_KEY settings.local.json:3”; both files lie in `.claude`. */
function broughtBy(files: readonly FoundFile[]): string {
  const all = files.flatMap(({ path, state, names }) => {
    const file = path.split(/[\\/]/).at(-1) ?? '';
    const ignored = state === 'used' ? '' : state === 'dropped' ? ' (file ignored)' : ' (not read)';
    return names.map(({ name, line }) => `${name} ${file}:${line}${ignored}`);
  });
  const more = all.length - MOST_NAMES;
  return more > 0 ? `${all.slice(0, MOST_NAMES).join(', ')} and ${more} more` : all.join(', ');
}

/** `credence scan` for a person: how many, a line per folder, what to look at, what could not be read. */
export function scanText(
  rows: readonly ScanRow[],
  skipped: readonly Skipped[],
  heading: ScanHeading,
  style: TextStyle,
): string {
  const lines = [
    ...headingLines(rows, heading, style),
    ...folderLines(rows, style),
    ...conflictLines(rows, style),
    ...skippedLines(skipped, heading, style),
  ];
  return `${lines.join('\n')}\n`;
}

function headingLines(
  rows: readonly ScanRow[],
  { roots, mode, claudeCode, place }: ScanHeading,
  style: TextStyle,
): readonly string[] {
  const below =
    roots.length > 2
      ? `the ${roots.length} folders given`
      : roots.map((root) => shortPath(root, place)).join(' and ');
  const text =
    rows.length === 0
      ? `No folder below ${below} brings credential settings.`
      : `${counted(rows.length, 'folder')} below ${below} ${rows.length === 1 ? 'brings' : 'bring'} credential settings. ` +
        `${MODE_SUBJECTS[mode]} there send (Claude Code ${printable(claudeCode.version, 20)}):`;
  return wrap(text, style.columns).map((line) => tint(line, 'strong', style));
}

/** What a folder brings stands behind the answer where it fits, else below it. */
function folderLines(rows: readonly ScanRow[], style: TextStyle): readonly string[] {
  if (rows.length === 0) return [];
  const starts = table(
    rows.map(({ worst, cells: [folder, answer] }) => [
      `${worst === null ? ' ' : SEVERITY_MARKS[worst].mark} ${folder}`,
      answer,
    ]),
    style.columns,
    '',
  );
  const width = Math.max(...starts.map(lengthOf));
  const lines = rows.flatMap(({ cells: [, , brings] }, at): readonly string[] => {
    const start = starts[at] ?? '';
    const whole = `${pad(start, width)}  ${brings}`;
    return lengthOf(whole) <= style.columns ? [whole] : [start, ...wrap(brings, style.columns, '    ')];
  });
  return ['', ...lines.map((line) => tintMark(line, style))];
}

function tintMark(line: string, style: TextStyle): string {
  const severity = (['critical', 'warning'] as const).find((each) =>
    line.startsWith(SEVERITY_MARKS[each].mark),
  );
  if (severity === undefined) return line;
  const { mark, tone } = SEVERITY_MARKS[severity];
  return `${tint(mark, tone, style)}${line.slice(mark.length)}`;
}

/** Which conflicts, in how many folders; each folder’s own words are in `credence status`. */
function conflictLines(rows: readonly ScanRow[], style: TextStyle): readonly string[] {
  const counts = new Map<ConflictCode, number>();
  for (const { codes } of rows) for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return [
    '',
    tint('To look at', 'strong', style),
    ...table(
      sorted.map(([code, count]) => [code, counted(count, 'folder')]),
      style.columns,
    ),
    ...wrap('“credence status --folder DIR” says more about one folder.', style.columns, '  '),
  ];
}

function skippedLines(
  skipped: readonly Skipped[],
  { place }: ScanHeading,
  style: TextStyle,
): readonly string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, MOST_SKIPPED);
  const more = skipped.length - shown.length;
  return [
    '',
    tint(`${counted(skipped.length, 'place')} could not be read`, 'attention', style),
    ...shown.flatMap(({ folder, path, reason }) => {
      const label = shortPath(path ?? folder, place, style.columns - 3);
      const whole = `  ${label}: ${TROUBLES[reason]}`;
      return lengthOf(whole) <= style.columns
        ? [whole]
        : [`  ${label}:`, ...wrap(TROUBLES[reason], style.columns, '    ')];
    }),
    ...(more > 0 ? [`  and ${more} more; “--json” names them all`] : []),
  ];
}

/** Why a folder or a file could not be read, to stand behind a colon. */
export const TROUBLES: Readonly<Record<Skipped['reason'], string>> = {
  absent: 'it is not there',
  'not-a-folder': 'it is not a folder',
  'not-a-file': 'it is not a file',
  'link-loop': 'its links lead in a circle',
  denied: 'this user may not read it',
  'too-large': 'it is larger than 2 MiB, which Claude Code does not read either',
  'path-too-long': 'its path is longer than this system takes',
  'name-not-text': 'its name is not text',
  failed: 'reading it failed',
};

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
