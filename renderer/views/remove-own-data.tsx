import { useRef, useState, type ReactNode } from 'react';
import type { Settings } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

type Props = Pick<Settings, 'dataFolder' | 'removed'>;

/** Two steps: the second says what goes before anything does. */
export function RemoveOwnData({ dataFolder, removed }: Props): ReactNode {
  const { run } = useConnection();
  const [isAsking, ask] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const folder = <bdi className="place">{dataFolder}</bdi>;

  const leave = (): void => {
    ask(false);
    // Once the button is drawn again.
    requestAnimationFrame(() => opener.current?.focus());
  };

  if (removed)
    return (
      <p className="second" role="status">
        Removed. What the window’s engine keeps in {folder} goes when Credence quits. Nothing is kept again
        until you let it look.
      </p>
    );
  if (!isAsking)
    return (
      <>
        <p className="second">It is kept in {folder}.</p>
        <div className="buttons">
          <button
            ref={opener}
            type="button"
            className="button"
            onClick={() => {
              ask(true);
            }}
          >
            Remove all of Credence’s own data…
          </button>
        </div>
      </>
    );
  return (
    <div
      className="confirm"
      role="group"
      aria-labelledby="confirm-title"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Leaves this question, not the settings. Their listener is on the window and looks at this.
        event.preventDefault();
        leave();
      }}
    >
      <h3 id="confirm-title">This removes the folder {folder}, and with it:</h3>
      <ul>
        <li>the choices on this page, and the recent folders</li>
        <li>the key that word pairs are made with: every credential gets a new one</li>
        <li>what your changes replaced: they can no longer be undone</li>
        <li>what the window’s engine keeps</li>
      </ul>
      <p className="second">
        Files of Claude Code and of your shell stay as they are, and so do keys that Credence keeps for you.
      </p>
      <div className="buttons">
        <button
          type="button"
          className="button button-main"
          onClick={() => {
            void run((main) => main.removeOwnData());
            leave();
          }}
        >
          Remove this data
        </button>
        <button
          type="button"
          className="button"
          // The safe choice has the focus.
          ref={(button) => button?.focus()}
          onClick={leave}
        >
          Leave it as it is
        </button>
      </div>
    </div>
  );
}
