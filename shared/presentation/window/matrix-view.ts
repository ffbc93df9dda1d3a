import { MODES, SURFACES, SURFACE_MODES, type ClaudeCodeVersion, type Surface } from '../../core/context.ts';
import type { Matrix as MatrixView, MatrixCell as CellView, VerdictMark } from '../../ipc/snapshot.ts';
import { inspect } from '../../usecases/inspect.ts';
import type { Matrix } from '../../usecases/matrix.ts';
import { answerLabel } from '../answer-label.ts';
import { answerSentence } from '../answer-sentence.ts';
import { formatTime, type Calendar } from '../days.ts';
import { matrixText } from '../matrix-text.ts';
import { MODE_LABELS } from '../mode-words.ts';
import { shortPath } from '../short-path.ts';
import { winnerOf } from '../../core/settle-ladder.ts';
import { wordPair } from '../word-pair.ts';
import { namedPlace, type PlaceBook } from './place-book.ts';
import { textSegment, withPlaces } from './segments.ts';
import { SURFACE_LABELS } from './surface-labels.ts';
import { atHome, MARK_WORDS, verdictMark } from './verdict-mark.ts';

/** Modes × surfaces for one folder. */
export function matrixView(
  matrix: Matrix,
  claudeCode: ClaudeCodeVersion,
  book: PlaceBook,
  calendar: Calendar,
): MatrixView {
  const { place, takenAt } = matrix.facts.terminal;
  const marks = new Set<VerdictMark>();
  const cell = (surface: Surface, mode: (typeof MODES)[number]): CellView | null => {
    if (!SURFACE_MODES[surface].includes(mode)) return null;
    const facts = matrix.facts[surface];
    const inspection = atHome(inspect(facts, { mode, claudeCode }));
    const mark = verdictMark(inspection);
    marks.add(mark);
    const { verdict } = inspection;
    const winner = winnerOf(verdict);
    const places = [verdict.authorization, verdict.xApiKey].flatMap((slot) =>
      slot === null ? [] : [namedPlace(slot.reading, facts, book)],
    );
    return {
      mode,
      mark,
      label: answerLabel(verdict, facts),
      wordPair: winner?.reading.fingerprint == null ? null : wordPair(winner.reading.fingerprint),
      sentence: withPlaces(answerSentence(inspection), places),
    };
  };
  const rows = SURFACES.map((surface) => ({
    surface,
    label: SURFACE_LABELS[surface],
    cells: MODES.map((mode) => cell(surface, mode)),
  }));
  return {
    title: [textSegment('What is sent in '), { kind: 'code', text: shortPath(place.folder, place, 44) }],
    modes: MODES.map((id) => ({ id, label: MODE_LABELS[id] })),
    rows,
    legend: [...marks].map((mark) => ({ mark, says: MARK_WORDS[mark] })),
    footer: `Claude Code ${claudeCode.version}, looked at ${formatTime(takenAt, calendar)}`,
    text: matrixText(matrix, claudeCode, { columns: 80, colour: false }),
  };
}
