import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { ChangeTask } from '../shared/ipc/change-snapshot.ts';
import type { SignInTask } from '../shared/ipc/sign-in-snapshot.ts';
import type { Screen, Snapshot } from '../shared/ipc/snapshot.ts';
import { Announcer } from './components/announcer.tsx';
import { TroubleMessage } from './components/trouble-message.tsx';
import { useConnection, useWindowState } from './stores/use-connection.tsx';
import { AnswerScreen } from './views/answer-screen.tsx';
import { canLeave, ChangeView } from './views/change-view.tsx';
import { ChangesView } from './views/changes-view.tsx';
import { FailedView } from './views/failed-view.tsx';
import { FirstRunView } from './views/first-run-view.tsx';
import { MatrixView } from './views/matrix-view.tsx';
import { NothingYet } from './views/nothing-yet.tsx';
import { SettingsView } from './views/settings-view.tsx';
import { goesOn, SignInView } from './views/sign-in-view.tsx';

export function App(): ReactNode {
  const snapshot = useWindowState((state) => state.snapshot);
  const screen = useWindowState((state) => state.screen);
  useTitle(snapshot, screen);
  useEscape(screen, snapshot?.task ?? null, snapshot?.signIn ?? null);
  useFocusReturn(screen);
  return (
    <>
      <TroubleMessage />
      {snapshot === null ? (
        <NothingYet />
      ) : (
        <>
          <Announcer snapshot={snapshot} />
          <Screens snapshot={snapshot} screen={screen} />
        </>
      )}
    </>
  );
}

/** A task covers the answer, which stays as it was left: what is unfolded, and where the focus was. */
function Screens({ snapshot, screen }: { readonly snapshot: Snapshot; readonly screen: Screen }): ReactNode {
  return (
    <>
      <div hidden={screen !== 'answer'}>
        <Home snapshot={snapshot} />
      </div>
      {screen === 'matrix' && <MatrixView bar={snapshot.bar} matrix={snapshot.matrix} />}
      {screen === 'changes' && <ChangesView changes={snapshot.changes} />}
      {snapshot.task !== null && <ChangeView task={snapshot.task} />}
      {screen === 'sign-in' && snapshot.signIn !== null && <SignInView task={snapshot.signIn} />}
      {screen === 'settings' && <SettingsView bar={snapshot.bar} settings={snapshot.settings} />}
    </>
  );
}

function Home({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  switch (snapshot.phase) {
    case 'first-run':
      return <FirstRunView snapshot={snapshot} />;
    case 'failed':
      return <FailedView snapshot={snapshot} />;
    case 'ready':
      return <AnswerScreen snapshot={snapshot} />;
  }
}

const TITLES: Readonly<Record<Screen, string>> = {
  answer: 'Credence',
  matrix: 'Credence, all modes',
  settings: 'Credence, settings',
  change: 'Credence, a change',
  changes: 'Credence, changes',
  'sign-in': 'Credence, signing in',
};

function useTitle(snapshot: Snapshot | null, screen: Screen): void {
  const folder = snapshot?.bar.folder.label;
  useEffect(() => {
    document.title = folder === undefined ? TITLES[screen] : `${TITLES[screen]}: ${folder}`;
  }, [folder, screen]);
}

/** Escape leaves a task; a menu that is open takes it first. Of a change it goes back by one step. */
function useEscape(screen: Screen, task: ChangeTask | null, signIn: SignInTask | null): void {
  const { run, show } = useConnection();
  useEffect(() => {
    if (screen === 'answer') return;
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.repeat || event.defaultPrevented) return;
      if (document.querySelector(':popover-open, dialog[open]') !== null) return;
      if (screen === 'sign-in' && signIn !== null && !goesOn(signIn)) void run((main) => main.leaveSignIn());
      else if (task === null) show('answer');
      else if (canLeave(task)) void run((main) => main.leaveChange());
    };
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('keydown', leave);
    };
  }, [screen, task, signIn, run, show]);
}

/** Whoever comes back from a task is where they left; where that is gone, at the answer. */
function useFocusReturn(screen: Screen): void {
  const left = useRef<Element | null>(null);
  const before = useRef<Screen>('answer');
  // Before the answer is hidden, which would take the focus from it.
  if (before.current === 'answer' && screen !== 'answer') left.current = document.activeElement;
  useLayoutEffect(() => {
    const isLeaving = before.current !== 'answer' && screen === 'answer';
    before.current = screen;
    // A menu that was open when the task came would stay open unseen, and take the first Escape.
    if (screen !== 'answer')
      document.querySelectorAll<HTMLElement>(':popover-open').forEach((menu) => {
        menu.hidePopover();
      });
    if (!isLeaving) return;
    if (left.current instanceof HTMLElement) left.current.focus();
    if (document.activeElement !== left.current) document.querySelector<HTMLElement>('h1')?.focus();
  }, [screen]);
}
