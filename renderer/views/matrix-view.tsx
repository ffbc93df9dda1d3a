import { useState, type ReactNode } from 'react';
import type { Mode, Surface } from '../../shared/core/context.ts';
import type { ContextBar, Matrix, MatrixCell } from '../../shared/ipc/snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';
import { Segments } from '../components/segments.tsx';
import { Task } from '../components/task.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { MatrixTable, type CellAt } from './matrix-table.tsx';

interface Props {
  readonly bar: ContextBar;
  readonly matrix: Matrix | null;
}

/** Every mode on every surface, for one folder; the chosen cell is explained below. */
export function MatrixView({ bar, matrix }: Props): ReactNode {
  const [chosen, choose] = useState<CellAt>({ surface: bar.surface, mode: bar.mode });
  if (matrix === null)
    return (
      <Task title="What is sent here" foot={null}>
        <p className="lead">Looking…</p>
      </Task>
    );
  const cell = cellOf(matrix, chosen);
  return (
    <Task title={<Segments segments={matrix.title} />} foot={<Foot matrix={matrix} />}>
      <p className="lead">It depends on how Claude Code is started, and from where.</p>
      <MatrixTable matrix={matrix} chosen={chosen} choose={choose} />
      <div className="matrix-chosen" aria-live="polite">
        {cell !== null && <Chosen {...cell} surface={chosen.surface} />}
      </div>
      <h2>Marks</h2>
      <ul className="legend">
        {matrix.legend.map(({ mark, says }) => (
          <li key={`${mark} ${says}`}>
            <VerdictSign mark={mark} />
            <bdi>{says}</bdi>
          </li>
        ))}
      </ul>
    </Task>
  );
}

interface Found {
  readonly cell: MatrixCell;
  readonly place: string;
  readonly how: string;
}

function cellOf({ rows, modes }: Matrix, chosen: CellAt): Found | null {
  const row = rows.find(({ surface }) => surface === chosen.surface);
  const cell = row?.cells.find((one) => one?.mode === chosen.mode);
  const mode = modes.find(({ id }) => id === chosen.mode);
  return row === undefined || cell == null || mode === undefined
    ? null
    : { cell, place: row.label, how: mode.label };
}

function Chosen({ cell, place, how, surface }: Found & { readonly surface: Surface }): ReactNode {
  const showAnswer = useShowAnswer();
  return (
    <>
      <h2>
        <bdi>{how}</bdi>, <bdi>{place}</bdi>
      </h2>
      <p className="second">
        <Segments segments={cell.sentence} />
      </p>
      <div className="buttons">
        <button type="button" className="button" onClick={() => void showAnswer(surface, cell.mode)}>
          Show this answer
        </button>
      </div>
    </>
  );
}

/** The surface first: it decides which modes there are. */
function useShowAnswer(): (surface: Surface, mode: Mode) => Promise<void> {
  const { run, show } = useConnection();
  return async (surface, mode) => {
    const isDone =
      (await run((main) => main.setSurface(surface))) && (await run((main) => main.setMode(mode)));
    if (isDone) show('answer');
  };
}

function Foot({ matrix: { footer } }: { readonly matrix: Matrix }): ReactNode {
  const { run } = useConnection();
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <bdi className="small quiet task-foot-words">{footer}</bdi>
      <span className="small quiet" role="status">
        {isCopied ? 'Copied' : ''}
      </span>
      <button
        type="button"
        className="button"
        onClick={() => void run((main) => main.copyMatrix()).then(setCopied)}
      >
        Copy as text
      </button>
    </>
  );
}
