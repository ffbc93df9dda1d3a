import type { ReactNode } from 'react';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { AnswerView } from './answer-view.tsx';
import { ClocksView } from './clocks-view.tsx';
import { ConflictsView } from './conflicts-view.tsx';
import { ContextBarView } from './context-bar.tsx';
import { LadderView } from './ladder-view.tsx';
import { NotesView } from './notes-view.tsx';
import { NoticesView } from './notices-view.tsx';

/** The answer and its proof. Helper and changes get their sections below the clocks once there is something to show in them. */
export function AnswerScreen({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { bar, menu, looking, answer, ladder, conflicts, clocks, notices, notes } = snapshot;
  return (
    <>
      <ContextBarView bar={bar} menu={menu} looking={looking} />
      <main aria-busy={looking}>
        <NoticesView notices={notices} />
        {answer !== null && <AnswerView answer={answer} />}
        <LadderView ladder={ladder} />
        {answer !== null && <ConflictsView conflicts={conflicts} isFine={answer.mark === 'fine'} />}
        <ClocksView clocks={clocks} />
        <NotesView notes={notes} />
      </main>
    </>
  );
}
