import type { ReactNode } from 'react';
import type { SignInDone } from '../../shared/ipc/sign-in-snapshot.ts';
import { SignInFacts } from '../components/sign-in-facts.tsx';
import { Task, type TaskBack } from '../components/task.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { AfterRows } from './after-rows.tsx';

/** What is true now, and what may still be in the way of it. */
export function SignInDoneView({
  task,
  back,
}: {
  readonly task: SignInDone;
  readonly back: TaskBack;
}): ReactNode {
  const { title, lead, facts, after, notes, remedy } = task;
  const { run } = useConnection();
  return (
    <Task
      title={<bdi>{title}</bdi>}
      back={back}
      foot={
        <>
          {/* Where something is left to do, that is the main thing. */}
          {remedy !== null && (
            <button
              type="button"
              className="button button-main"
              onClick={() => void run((main) => main.startChange(remedy.id))}
            >
              <bdi>{remedy.label}</bdi>
            </button>
          )}
          <button
            type="button"
            className={remedy === null ? 'button button-main' : 'button button-plain'}
            onClick={back.onBack}
          >
            Back to the answer
          </button>
        </>
      }
    >
      {lead !== '' && (
        <p className="lead">
          <bdi>{lead}</bdi>
        </p>
      )}
      {notes.map((note) => (
        <p key={note} className="lead">
          <bdi>{note}</bdi>
        </p>
      ))}
      <SignInFacts facts={facts} />
      {after.length > 0 && (
        <>
          <h2>Now, in new terminals</h2>
          <AfterRows rows={after} />
        </>
      )}
    </Task>
  );
}
