import { MODES, SURFACES, type ClaudeCodeVersion, type Mode, type Surface } from '../core/context.ts';
import type { Facts } from '../core/facts.ts';
import { answeredVerdict } from '../core/settle-ladder.ts';
import type { Payer } from '../core/sources/source-definition.ts';
import type { Matrix, MatrixCell } from '../usecases/matrix.ts';
import { answerLabel } from './answer-label.ts';
import { branchSentence } from './answer-sentence.ts';
import { MODE_LABELS } from './mode-words.ts';
import { PAYER_PHRASES } from './payer-sentences.ts';
import { lengthOf } from './printable.ts';
import { sentence } from './sentence-case.ts';
import { shortPath } from './short-path.ts';
import { pad, tint, wrap, type TextStyle } from './text-layout.ts';

const SURFACE_LABELS: Readonly<Record<Surface, string>> = {
  terminal: 'Terminal',
  desktop: 'Desktop launcher',
  vscode: 'VS Code',
  scheduled: 'Scheduled job',
  container: 'Container',
};

/** `credence matrix` for a person: one table with a letter for each different answer, then the answers in full. */
export function matrixText(
  { cells, facts }: Matrix,
  claudeCode: ClaudeCodeVersion,
  style: TextStyle,
): string {
  const { place } = facts.terminal;
  const answers = new Map<string, Answer>();
  for (const cell of cells) collect(answers, cell, facts[cell.surface], claudeCode);
  const known = [...answers.values()];
  const row = (surface: Surface): readonly string[] => [
    SURFACE_LABELS[surface],
    ...MODES.map((mode) => cellText(known, surface, mode)),
  ];
  const rows = [['', ...MODES.map((mode) => MODE_LABELS[mode].toLowerCase())], ...SURFACES.map(row)];
  const desktopApp =
    'The Claude Desktop app reads none of these variables, nor the helper: it has a login of its own.';
  return [
    ...wrap(
      `What is sent in ${shortPath(place.folder, place, 44)}, Claude Code ${claudeCode.version}`,
      style.columns,
    ).map((line) => tint(line, 'strong', style)),
    '',
    ...grid(rows),
    '',
    ...known.flatMap(({ letter, text, pays }) =>
      wrap(
        `${text}${pays === null ? '' : ` ${sentence(PAYER_PHRASES[pays])}`}`,
        style.columns,
        `  ${letter}  `,
      ),
    ),
    '',
    ...wrap(desktopApp, style.columns),
    '',
  ].join('\n');
}

interface Answer {
  readonly letter: string;
  readonly label: string;
  readonly text: string;
  readonly pays: Payer | null;
  readonly cells: MatrixCell[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Cells that say the same share a letter. */
function collect(
  answers: Map<string, Answer>,
  cell: MatrixCell,
  facts: Facts,
  claudeCode: ClaudeCodeVersion,
): void {
  const { verdict, pays, mode } = cell;
  const answered = answeredVerdict(verdict);
  const first = branchSentence(verdict, facts, { mode, claudeCode });
  const then =
    answered === verdict ? '' : ` After a yes: ${branchSentence(answered, facts, { mode, claudeCode })}`;
  const text = `${first}${then}`;
  const known = answers.get(text);
  if (known !== undefined) {
    known.cells.push(cell);
    return;
  }
  const letter = LETTERS.charAt(answers.size);
  const label = `${verdict.outcome === 'asks' ? 'asks, ' : ''}${answerLabel(answered, facts)}`;
  answers.set(text, { letter, label, text, pays, cells: [cell] });
}

/** What fits into a column; the letter leads to the whole. */
const WIDEST = 16;

function cellText(answers: readonly Answer[], surface: Surface, mode: Mode): string {
  const answer = answers.find(({ cells }) =>
    cells.some((cell) => cell.surface === surface && cell.mode === mode),
  );
  if (answer === undefined) return '–';
  const { letter, label } = answer;
  return `${letter} ${lengthOf(label) > WIDEST ? `${label.slice(0, WIDEST - 1).trimEnd()}…` : label}`;
}

function grid(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))));
  return rows.map((row) => `  ${row.map((cell, at) => pad(cell, widths[at] ?? 0)).join('  ')}`.trimEnd());
}
