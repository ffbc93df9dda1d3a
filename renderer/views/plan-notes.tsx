import type { ReactNode } from 'react';
import type { PlanNote } from '../../shared/ipc/change-snapshot.ts';
import { StateSign, VerdictSign } from '../components/mark.tsx';

interface Props {
  readonly title: string;
  readonly notes: readonly PlanNote[];
  /** `null` where nothing can be added any more. */
  readonly include: { readonly isShut: boolean; readonly onInclude: (id: string) => void } | null;
}

/** What a change does not reach, each with the reason; what it could reach has a button. */
export function PlanNotes({ title, notes, include }: Props): ReactNode {
  if (notes.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul className="plan-notes">
        {notes.map((note) => (
          <li key={note.key} className="plan-note">
            {note.mark === 'attention' ? (
              <VerdictSign mark="attention" />
            ) : (
              <StateSign mark={note.mark} tone="ink" />
            )}
            <bdi className={isPath(note.title) ? 'plan-note-title place' : 'plan-note-title'}>
              {note.title}
            </bdi>
            <div className="second-line">
              <bdi>{note.text}</bdi>
              {include !== null && note.include !== null && (
                <>
                  {' '}
                  <Include note={note.title} id={note.include} {...include} />
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Include(props: {
  readonly note: string;
  readonly id: string;
  readonly isShut: boolean;
  readonly onInclude: (id: string) => void;
}): ReactNode {
  const { note, id, isShut, onInclude } = props;
  return (
    <button
      type="button"
      className="link"
      aria-label={`Change this too: ${note}`}
      aria-disabled={isShut}
      onClick={() => {
        if (!isShut) onInclude(id);
      }}
    >
      Change this too
    </button>
  );
}

/** Paths stand in the letters of code. */
const isPath = (title: string): boolean => /^(?:~?\/|[A-Za-z]:\\)/u.test(title);
