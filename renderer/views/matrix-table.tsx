import type { KeyboardEvent, ReactNode } from 'react';
import type { Mode, Surface } from '../../shared/core/context.ts';
import type { Matrix, MatrixCell, MatrixRow } from '../../shared/ipc/snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';

export interface CellAt {
  readonly surface: Surface;
  readonly mode: Mode;
}

interface Props {
  readonly matrix: Matrix;
  readonly chosen: CellAt;
  readonly choose: (cell: CellAt) => void;
}

/** One tab stop; the arrow keys go from cell to cell and choose, as among radio buttons. */
export function MatrixTable({ matrix, chosen, choose }: Props): ReactNode {
  const cells = matrix.rows.flatMap((row) => cellsOf(row));
  const stop = cells.find((cell) => isSame(cell, chosen)) ?? cells[0];
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>): void => {
    const next = neighbour(matrix, chosen, event.key);
    if (next === null) return;
    event.preventDefault();
    choose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.surface} ${next.mode}"]`)?.focus();
  };
  return (
    <table className="matrix" onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <td />
          {matrix.modes.map(({ id, label }) => (
            <th key={id} scope="col">
              <bdi>{label}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.rows.map((row) => (
          <tr key={row.surface}>
            <th scope="row">
              <bdi>{row.label}</bdi>
            </th>
            {row.cells.map((cell, at) => (
              <td key={matrix.modes[at]?.id ?? at}>
                {cell === null ? (
                  <span className="no-cell">
                    <span aria-hidden="true">–</span>
                    <span className="visually-hidden">There is no such mode.</span>
                  </span>
                ) : (
                  <Cell
                    cell={cell}
                    at={{ surface: row.surface, mode: cell.mode }}
                    modeLabel={matrix.modes[at]?.label ?? ''}
                    isChosen={isSame(chosen, { surface: row.surface, mode: cell.mode })}
                    isStop={stop !== undefined && isSame(stop, { surface: row.surface, mode: cell.mode })}
                    choose={choose}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell(props: {
  readonly cell: MatrixCell;
  readonly at: CellAt;
  readonly modeLabel: string;
  readonly isChosen: boolean;
  readonly isStop: boolean;
  readonly choose: (cell: CellAt) => void;
}): ReactNode {
  const { cell, at } = props;
  return (
    <button
      type="button"
      className="cell"
      data-cell={`${at.surface} ${at.mode}`}
      data-mode={props.modeLabel}
      aria-pressed={props.isChosen}
      tabIndex={props.isStop ? 0 : -1}
      onClick={() => {
        props.choose(at);
      }}
    >
      <VerdictSign mark={cell.mark} />
      <bdi className="cell-label">{cell.label}</bdi>
      {cell.wordPair !== null && <bdi className="word-pair">{cell.wordPair}</bdi>}
    </button>
  );
}

const isSame = (one: CellAt, other: CellAt): boolean =>
  one.surface === other.surface && one.mode === other.mode;

const cellsOf = ({ surface, cells }: MatrixRow): readonly CellAt[] =>
  cells.flatMap((cell) => (cell === null ? [] : [{ surface, mode: cell.mode }]));

/** The next cell in that direction, past those that are not there. */
function neighbour({ rows, modes }: Matrix, from: CellAt, key: string): CellAt | null {
  const row = rows.find(({ surface }) => surface === from.surface);
  if (row === undefined) return null;
  const inRow = cellsOf(row);
  const inColumn = rows.flatMap((one) => cellsOf(one)).filter(({ mode }) => mode === from.mode);
  const step = (line: readonly CellAt[], by: number): CellAt | null =>
    line[line.findIndex((cell) => isSame(cell, from)) + by] ?? null;
  switch (key) {
    case 'ArrowRight':
      return step(inRow, 1);
    case 'ArrowLeft':
      return step(inRow, -1);
    case 'ArrowDown':
      return step(inColumn, 1);
    case 'ArrowUp':
      return step(inColumn, -1);
    case 'Home':
      return inRow.find(({ mode }) => mode === modes[0]?.id) ?? inRow[0] ?? null;
    case 'End':
      return inRow.at(-1) ?? null;
    default:
      return null;
  }
}
