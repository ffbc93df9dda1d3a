import { useEffect, useRef, type ReactNode } from 'react';
import { useConnection } from '../stores/use-connection.tsx';
import { Chevron } from './mark.tsx';

/** A task takes the whole window, with a way back at the top. */
export function Task(props: {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly foot: ReactNode;
}): ReactNode {
  const { show } = useConnection();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    back.current?.focus();
  }, []);
  return (
    <div className="task">
      <header className="task-head">
        <button
          ref={back}
          type="button"
          className="button button-plain"
          onClick={() => {
            show('answer');
          }}
        >
          <Chevron to="left" />
          Answer
        </button>
      </header>
      <main className="task-body">
        <h1 className="answer-sentence">{props.title}</h1>
        {props.children}
      </main>
      {props.foot !== null && <footer className="task-foot">{props.foot}</footer>}
    </div>
  );
}
