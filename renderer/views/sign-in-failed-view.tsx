import type { ReactNode } from 'react';
import type { SignInFailed } from '../../shared/ipc/sign-in-snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';
import { Task, type TaskBack } from '../components/task.tsx';
import type { Ask } from '../stores/connection.ts';
import { useConnection } from '../stores/use-connection.tsx';

/** What happened, what it means, what to do. */
export function SignInFailedView(props: { readonly task: SignInFailed; readonly back: TaskBack }): ReactNode {
  const { task, back } = props;
  const { title, lead, advice, isQuiet } = task;
  return (
    <Task title={<bdi>{title}</bdi>} back={back} foot={<Foot {...props} />}>
      <p className="consequence">
        <span className="mark-slot">
          <VerdictSign mark={isQuiet ? 'nothing' : 'broken'} />
        </span>
        <bdi>{lead}</bdi>
      </p>
      {advice !== null && (
        <dl className="facts">
          <dt>What to do</dt>
          <dd>
            <bdi>{advice}</bdi>
          </dd>
        </dl>
      )}
    </Task>
  );
}

function Foot({ task, back }: { readonly task: SignInFailed; readonly back: TaskBack }): ReactNode {
  const { again, choose, toDevice } = task;
  const offers = [
    ...(choose === null ? [] : [{ label: choose, ask: (main) => main.chooseClaude() } satisfies Offer]),
    ...(again === null ? [] : [{ label: again, ask: (main) => main.retrySignIn() } satisfies Offer]),
    ...(toDevice === null
      ? []
      : [{ label: toDevice, ask: (main) => main.signInWithDevice() } satisfies Offer]),
  ];
  const { run } = useConnection();
  return (
    <>
      {offers.map(({ label, ask }, at) => (
        <button
          key={label}
          type="button"
          className={at === 0 ? 'button button-main' : 'button'}
          onClick={() => void run(ask)}
        >
          <bdi>{label}</bdi>
        </button>
      ))}
      <button
        type="button"
        className={offers.length === 0 ? 'button button-main' : 'button button-plain'}
        onClick={back.onBack}
      >
        Back to the answer
      </button>
    </>
  );
}

interface Offer {
  readonly label: string;
  readonly ask: Ask;
}
