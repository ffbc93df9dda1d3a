import type { ReactNode } from 'react';
import type { SignInTask } from '../../shared/ipc/sign-in-snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';
import { SignInDoneView } from './sign-in-done-view.tsx';
import { SignInFailedView } from './sign-in-failed-view.tsx';
import { SignInQuestionView } from './sign-in-question-view.tsx';
import { SignInUnderWayView } from './sign-in-under-way-view.tsx';

/** Signing in or out. Each kind of page begins at the top, with the focus at its way back; while it goes on, it is one page. */
export function SignInView({ task }: { readonly task: SignInTask }): ReactNode {
  const { run, show } = useConnection();
  const back = {
    label: 'Answer',
    isShut: false,
    onBack: () => {
      if (goesOn(task)) show('answer');
      else void run((main) => main.leaveSignIn());
    },
  };
  const key = `${task.id}-${task.kind}`;
  switch (task.kind) {
    case 'under-way':
      return <SignInUnderWayView key={key} task={task} back={back} />;
    case 'question':
      return <SignInQuestionView key={key} task={task} back={back} />;
    case 'done':
      return <SignInDoneView key={key} task={task} back={back} />;
    case 'failed':
      return <SignInFailedView key={key} task={task} back={back} />;
  }
}

/** It goes on when it is not shown; else leaving it is the end of it. */
export const goesOn = (task: SignInTask): boolean =>
  task.kind === 'under-way' || (task.kind === 'question' && task.isWorking);
