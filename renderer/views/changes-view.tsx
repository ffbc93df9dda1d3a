import type { ReactNode } from 'react';
import type { ChangeRow, ChangesPanel, UndoRefused } from '../../shared/ipc/change-snapshot.ts';
import { DiffBox } from '../components/diff-box.tsx';
import { Problem } from '../components/problem.tsx';
import { Task } from '../components/task.tsx';
import { WorkButton } from '../components/work-button.tsx';

/** What Credence changed, newest first, each with its way back. */
export function ChangesView({ changes }: { readonly changes: ChangesPanel | null }): ReactNode {
  if (changes === null)
    return (
      <Task title="Changes" foot={null}>
        <p className="lead">Looking…</p>
      </Task>
    );
  const { rows, refused, footer } = changes;
  const isAtRow = rows.some(({ id }) => id === refused?.id);
  return (
    <Task title="Changes" foot={null}>
      {rows.length === 0 ? (
        <p className="lead">Credence has changed nothing.</p>
      ) : (
        <p className="lead">What Credence changed, newest first.</p>
      )}
      {!isAtRow && <Refused refused={refused} />}
      <ul className="changes">
        {rows.map((row) => (
          // The button goes once it has undone the change; the row stays, and has the focus then.
          <li key={row.id} className="change" tabIndex={-1}>
            <Row row={row} changes={changes} />
            <Refused refused={row.id === refused?.id ? refused : null} />
          </li>
        ))}
      </ul>
      <p className="changes-end">
        <bdi>{footer}</bdi>
      </p>
    </Task>
  );
}

function Row(props: { readonly row: ChangeRow; readonly changes: ChangesPanel }): ReactNode {
  const { id, title, date, word, undoable, working } = props.row;
  return (
    <div className="change-row">
      <div className="change-words">
        <bdi className="change-title">{title}</bdi>
        <span className="second-line">
          <bdi>{date}</bdi>, <bdi>{word}</bdi>
        </span>
      </div>
      {(undoable || working) && (
        <WorkButton
          label="Undo"
          says={`Undo: ${title}, ${date}`}
          working="Undoing…"
          isWorking={working}
          ask={(main) => main.undoChange(id)}
          about={props.changes}
        />
      )}
    </div>
  );
}

/** Both sides of each file that somebody changed since; beside each other where there is room. */
function Refused({ refused }: { readonly refused: UndoRefused | null }): ReactNode {
  return (
    <div className="refused">
      <Problem text={refused?.text ?? null} />
      {refused?.views.map(({ path, credence, since }) => (
        <section key={path} className="refused-file">
          <h2>
            <bdi className="place">{path}</bdi>
          </h2>
          <div className="refused-sides">
            <DiffBox caption="Credence changed" hunks={credence} empty={NO_LINES} />
            <DiffBox caption="Since then" hunks={since} empty={NO_LINES} />
          </div>
        </section>
      ))}
    </div>
  );
}

/** As of a file that is gone. */
const NO_LINES = 'No lines to show';
