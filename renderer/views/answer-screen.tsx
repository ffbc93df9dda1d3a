import type { ReactNode } from 'react';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';
import { AnswerView } from './answer-view.tsx';
import { ClocksView } from './clocks-view.tsx';
import { ConflictsView } from './conflicts-view.tsx';
import { ContextBarView } from './context-bar.tsx';
import { DoorsView } from './doors-view.tsx';
import { KeyCheckView } from './key-check-view.tsx';
import { LadderView } from './ladder-view.tsx';
import { NotesView } from './notes-view.tsx';
import { NoticesView } from './notices-view.tsx';
import { SignInBrief } from './sign-in-brief.tsx';

/** The answer and its proof, and the way to what was changed. */
export function AnswerScreen({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { bar, menu, looking, answer, ladder, conflicts, clocks, notices, notes } = snapshot;
  const { canChoose, keyCheck, canCheckKey } = snapshot;
  const { show } = useConnection();
  return (
    <>
      <ContextBarView bar={bar} menu={menu} looking={looking} />
      <main aria-busy={looking}>
        <SignInBrief signIn={snapshot.signIn} />
        <NoticesView notices={notices} />
        {answer !== null && (
          <AnswerView answer={answer}>
            <DoorsView doors={snapshot.doors} />
            <KeyCheckView check={keyCheck} canCheck={canCheckKey} />
          </AnswerView>
        )}
        <LadderView ladder={ladder} />
        {answer !== null && (
          <ConflictsView conflicts={conflicts} isFine={answer.mark === 'fine'} canChoose={canChoose} />
        )}
        <ClocksView clocks={clocks} />
        <NotesView notes={notes} />
        <p className="answer-end">
          <button
            type="button"
            className="link"
            onClick={() => {
              show('changes');
            }}
          >
            Changes
          </button>
        </p>
      </main>
    </>
  );
}
