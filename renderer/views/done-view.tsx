import type { ReactNode } from 'react';
import type { DoneTask } from '../../shared/ipc/change-snapshot.ts';
import { Problem } from '../components/problem.tsx';
import { Task } from '../components/task.tsx';
import { WorkButton } from '../components/work-button.tsx';
import { AfterRows } from './after-rows.tsx';
import { PlanNotes } from './plan-notes.tsx';

interface Props {
  readonly task: DoneTask;
  readonly leave: () => void;
}

/** It is done: what is true now, what still holds it, and the way to take it back. */
export function DoneView({ task, leave }: Props): ReactNode {
  const { title, lead, still, after, working } = task;
  return (
    <Task
      title={<bdi>{title}</bdi>}
      back={{ label: 'Answer', isShut: working, onBack: leave }}
      foot={<Foot task={task} leave={leave} />}
    >
      <p className="lead">
        <bdi>{lead}</bdi>
      </p>
      {after.length > 0 && (
        <>
          <h2>Now, in new terminals</h2>
          <AfterRows rows={after} />
        </>
      )}
      <PlanNotes title="What still holds it" notes={still} include={null} />
    </Task>
  );
}

function Foot({ task, leave }: Props): ReactNode {
  const { changeId, working, undone, problem } = task;
  return (
    <>
      <Problem text={problem} />
      <button
        type="button"
        className="button button-main"
        aria-disabled={working}
        onClick={() => {
          if (!working) leave();
        }}
      >
        Back to the answer
      </button>
      {undone ? (
        <span className="small quiet task-foot-end">This change is undone</span>
      ) : (
        <>
          <WorkButton
            label="Undo"
            working="Undoing…"
            isWorking={working}
            ask={(main) => main.undoChange(changeId)}
            about={task}
          />
          <span className="small quiet task-foot-end">You can undo it later in Changes</span>
        </>
      )}
    </>
  );
}
