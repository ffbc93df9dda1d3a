import type { ReactNode } from 'react';
import type { PlanStepView, PlanTask } from '../../shared/ipc/change-snapshot.ts';
import { DiffBox } from '../components/diff-box.tsx';
import { LeaveButton } from '../components/leave-button.tsx';
import { Problem } from '../components/problem.tsx';
import { Task } from '../components/task.tsx';
import { TitleWithPlace } from '../components/title-with-place.tsx';
import { WorkButton } from '../components/work-button.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { AfterRows } from './after-rows.tsx';
import { PlanNotes } from './plan-notes.tsx';

interface Props {
  readonly task: PlanTask;
  readonly leave: () => void;
}

/** Exactly what would be done, what it does not reach, and what is true afterwards. */
export function PlanView({ task, leave }: Props): ReactNode {
  const { title, lead, steps, remains, left, after, working, hasQuestion } = task;
  const { run } = useConnection();
  const include = {
    isShut: working,
    onInclude: (id: string) => void run((main) => main.includePlace(id)),
  };
  return (
    <Task
      title={<TitleWithPlace title={title} places={steps.map(({ place }) => place)} />}
      back={{ label: hasQuestion ? 'Question' : 'Answer', isShut: working, onBack: leave }}
      foot={<Foot task={task} leave={leave} />}
    >
      <p className="lead">
        <bdi>{lead}</bdi>
      </p>
      {steps.map((step) => (
        <Step key={step.key} step={step} />
      ))}
      <Notes task={task} />
      <PlanNotes title="What remains set" notes={remains} include={include} />
      <PlanNotes title="What is left as it is" notes={left} include={include} />
      {after.length > 0 && (
        <>
          <h2>After this, in new terminals</h2>
          <AfterRows rows={after} />
        </>
      )}
    </Task>
  );
}

function Step({ step: { place, what, hunks } }: { readonly step: PlanStepView }): ReactNode {
  return (
    <DiffBox
      caption={
        <>
          <bdi className="place">{place}</bdi>
          <bdi className="diff-what">{what}</bdi>
        </>
      }
      hunks={hunks}
    />
  );
}

/** The other way stands behind the last note, which says what this one leaves. */
function Notes({ task: { notes, otherWay, working } }: { readonly task: PlanTask }): ReactNode {
  const { run } = useConnection();
  if (notes.length === 0 && otherWay === null) return null;
  return (
    <div className="plan-says">
      {notes.slice(0, -1).map((note) => (
        <p key={note}>
          <bdi>{note}</bdi>
        </p>
      ))}
      <p>
        <bdi>{notes.at(-1)}</bdi>
        {otherWay !== null && (
          <>
            {' '}
            <button
              type="button"
              className="link"
              aria-disabled={working}
              onClick={() => {
                if (!working) void run((main) => main.setRemoval(otherWay.remove));
              }}
            >
              <bdi>{otherWay.label}</bdi>
            </button>
          </>
        )}
      </p>
    </div>
  );
}

function Foot({ task, leave }: Props): ReactNode {
  const { planId, action, working, problem, hasQuestion } = task;
  return (
    <>
      <Problem text={problem} />
      {action === null ? (
        <button type="button" className="button button-main" onClick={leave}>
          {hasQuestion ? 'Back to the question' : 'Back to the answer'}
        </button>
      ) : (
        <>
          <WorkButton
            label={action}
            working="Changing…"
            isWorking={working}
            isMain
            ask={(main) => main.applyPlan(planId)}
            about={task}
          />
          <LeaveButton label="Cancel" isShut={working} onLeave={leave} />
          <span className="small quiet task-foot-end">You can undo this in Changes</span>
        </>
      )}
    </>
  );
}
