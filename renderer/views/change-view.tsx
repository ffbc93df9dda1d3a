import type { ReactNode } from 'react';
import type { ChangeTask } from '../../shared/ipc/change-snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';
import { DoneView } from './done-view.tsx';
import { PlanView } from './plan-view.tsx';
import { QuestionView } from './question-view.tsx';

/** A change on its way. Each step begins at the top, with the focus at its way back. */
export function ChangeView({ task }: { readonly task: ChangeTask }): ReactNode {
  const { run } = useConnection();
  const leave = (): void => void run((main) => main.leaveChange());
  switch (task.kind) {
    case 'question':
      return <QuestionView task={task} leave={leave} />;
    case 'plan':
      return <PlanView task={task} leave={leave} />;
    case 'done':
      return <DoneView key={task.undone ? 'undone' : 'done'} task={task} leave={leave} />;
  }
}

/** What is being written cannot be left: it is not known yet what will be true. */
export const canLeave = (task: ChangeTask): boolean => task.kind === 'question' || !task.working;
