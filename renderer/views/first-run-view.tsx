import { useEffect, useRef, type ReactNode } from 'react';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { OwnMark } from '../components/mark.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { AppMenu } from './context-bar.tsx';
import { NoticesView } from './notices-view.tsx';

const READS: readonly { readonly name: string; readonly how: ReactNode }[] = [
  { name: 'Claude Code’s settings', how: 'Managed, user, project and local files, and .claude.json' },
  {
    name: 'Your shell’s start-up files',
    how: (
      <>
        Names and line numbers. Values become word pairs like <span className="is-short">quiet-otter</span>.
      </>
    ),
  },
  {
    name: 'The environment',
    how: 'Of this session and of your login shell, which is started for that and runs its start-up files',
  },
  {
    name: 'Where logins are kept',
    how: 'Whether a login is there, and when it ends. On a Mac that is an entry in the Keychain.',
  },
];

/** Nothing has been looked at yet: it says what would be, and the button is the permission. */
export function FirstRunView({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { bar, menu, notices, looking } = snapshot;
  const { run } = useConnection();
  const look = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    look.current?.focus();
  }, []);
  return (
    <div className="task">
      <header className="task-head is-first">
        <OwnMark />
        <AppMenu menu={menu} />
      </header>
      <main className="task-body">
        <h1 className="answer-sentence">
          Which credential will Claude Code use here, and is it the one you meant?
        </h1>
        <p className="lead">
          Credence finds out by reading. It changes nothing, sends nothing and runs no helper until you ask.
        </p>
        <NoticesView notices={notices} />
        <h2>What it reads</h2>
        <ul className="reads">
          {READS.map(({ name, how }) => (
            <li key={name}>
              <span className="reads-name">{name}</span>
              <span className="second-line">{how}</span>
            </li>
          ))}
        </ul>
      </main>
      <footer className="task-foot">
        <button
          ref={look}
          type="button"
          className="button button-main"
          title={bar.folder.path}
          onClick={() => void run((main) => main.look())}
        >
          <span>
            Look in <bdi>{bar.folder.label}</bdi>
          </span>
        </button>
        <button type="button" className="button" onClick={() => void run((main) => main.chooseFolder())}>
          Choose another folder…
        </button>
        {looking && <span className="small quiet">Looking…</span>}
      </footer>
    </div>
  );
}
