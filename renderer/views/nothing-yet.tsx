import type { ReactNode } from 'react';
import { useConnection, useWindowState } from '../stores/use-connection.tsx';

/** The first snapshot comes at once, so nothing is drawn while it is waited for; but it may not come. */
export function NothingYet(): ReactNode {
  const { fetch, closeTrouble } = useConnection();
  const hasTrouble = useWindowState(({ trouble }) => trouble !== null);
  if (!hasTrouble) return null;
  return (
    <main className="answer">
      <h1 className="answer-sentence">Credence has nothing to show.</h1>
      <p className="lead">The part of it that reads did not tell this window anything.</p>
      <div className="buttons">
        <button
          type="button"
          className="button button-main"
          onClick={() => {
            closeTrouble();
            fetch();
          }}
        >
          Ask again
        </button>
      </div>
    </main>
  );
}
