import { useState, type ReactNode } from 'react';
import type { SignInQuestion } from '../../shared/ipc/sign-in-snapshot.ts';
import { LeaveButton } from '../components/leave-button.tsx';
import { Problem } from '../components/problem.tsx';
import { CodeWord } from '../components/segments.tsx';
import { SignInFacts } from '../components/sign-in-facts.tsx';
import { Task, type TaskBack } from '../components/task.tsx';
import { WholeWords } from '../components/whole-words.tsx';
import { WorkButton } from '../components/work-button.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { AfterRows } from './after-rows.tsx';

interface Props {
  readonly task: SignInQuestion;
  readonly back: TaskBack;
}

/** What would be so, before a person says yes. */
export function SignInQuestionView({ task, back }: Props): ReactNode {
  const { title, lead, facts, lists, after, command, notes } = task;
  return (
    <Task title={<bdi>{title}</bdi>} back={back} foot={<Foot task={task} back={back} />}>
      <p className="lead">
        <bdi>{lead}</bdi>
      </p>
      <SignInFacts facts={facts} />
      {lists.map((list) => (
        <List key={list.title} list={list} />
      ))}
      {after !== null && after.rows.length > 0 && (
        <>
          <h2>
            <bdi>{after.title}</bdi>
          </h2>
          <AfterRows rows={after.rows} />
        </>
      )}
      {command !== null && <Command {...command} />}
      {notes.map((note) => (
        <p key={note} className="change-note">
          <bdi>
            <WholeWords text={note} />
          </bdi>
        </p>
      ))}
    </Task>
  );
}

/** For a terminal of the person’s own. */
function Command({ label, text }: NonNullable<SignInQuestion['command']>): ReactNode {
  const { run } = useConnection();
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="own-command">
      <p className="second">
        <bdi>{label}</bdi>
      </p>
      <CodeWord text={text} />
      <button
        type="button"
        className="button"
        onClick={() => void run((main) => main.copyCommand()).then(setCopied)}
      >
        Copy the command
      </button>
      <span role="status" className="small quiet">
        {isCopied ? 'Copied' : ''}
      </span>
    </div>
  );
}

function List({ list: { title, items } }: { readonly list: SignInQuestion['lists'][number] }): ReactNode {
  return (
    <>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <ul className="goes">
        {items.map(({ key, text, place }) => (
          <li key={key}>
            <bdi>{text}</bdi>
            {place !== null && <bdi className={isPath(place) ? 'place quiet' : 'quiet'}>{place}</bdi>}
          </li>
        ))}
      </ul>
    </>
  );
}

const isPath = (place: string): boolean => /^(?:~?\/|[A-Za-z]:\\)/u.test(place);

function Foot({ task, back }: Props): ReactNode {
  const { questionId, remedy, action, working, isWorking, leave, problem } = task;
  const { run } = useConnection();
  return (
    <>
      <Problem text={problem} />
      {/* What would put it right comes first, and is the main thing. */}
      {remedy !== null && (
        <button
          type="button"
          className="button button-main"
          aria-disabled={isWorking}
          onClick={() => {
            if (!isWorking) void run((main) => main.startChange(remedy.id));
          }}
        >
          <bdi>{remedy.label}</bdi>
        </button>
      )}
      <WorkButton
        label={action}
        working={working}
        isWorking={isWorking}
        isMain={remedy === null}
        ask={(main) => main.confirmSignIn(questionId)}
        about={task}
      />
      <LeaveButton label={leave} isShut={isWorking} onLeave={back.onBack} />
    </>
  );
}
