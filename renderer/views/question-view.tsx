import type { ReactNode } from 'react';
import type { ChoiceOption, QuestionTask } from '../../shared/ipc/change-snapshot.ts';
import { Task } from '../components/task.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { AfterRows } from './after-rows.tsx';

interface Props {
  readonly task: QuestionTask;
  readonly leave: () => void;
}

/** “Which do you want to use?”: the options, and below them what the chosen one leads to. */
export function QuestionView({ task, leave }: Props): ReactNode {
  const { title, lead, options, chosen } = task;
  const option = options.find(({ id }) => id === chosen);
  return (
    <Task
      title={<bdi>{title}</bdi>}
      back={{ label: 'Answer', isShut: false, onBack: leave }}
      foot={<Foot option={option} leave={leave} />}
    >
      <p className="lead">
        <bdi>{lead}</bdi>
      </p>
      <Choices title={title} options={options} chosen={chosen} />
      <div aria-live="polite">{option !== undefined && <Consequence option={option} />}</div>
    </Task>
  );
}

/** Radio buttons of the system: one tab stop, and the arrow keys choose. */
function Choices({ title, options, chosen }: Omit<QuestionTask, 'kind' | 'lead'>): ReactNode {
  const { run } = useConnection();
  return (
    <div className="choices" role="radiogroup" aria-label={title}>
      {options.map(({ id, title: name, wordPair, text }) => (
        <label key={id} className="choice">
          <input
            type="radio"
            name="choice"
            value={id}
            checked={id === chosen}
            onChange={() => void run((main) => main.chooseOption(id))}
          />
          <bdi className="choice-title">{name}</bdi>
          {wordPair !== null && <bdi className="word-pair">{wordPair}</bdi>}
          <bdi className="choice-text">{text}</bdi>
        </label>
      ))}
    </div>
  );
}

function Consequence({ option: { afterTitle, after, note } }: { readonly option: ChoiceOption }): ReactNode {
  return (
    <>
      {after.length > 0 && (
        <>
          <h2>
            <bdi>{afterTitle}</bdi>
          </h2>
          <AfterRows rows={after} />
        </>
      )}
      {note !== null && (
        <p className="change-note">
          <bdi>{note}</bdi>
        </p>
      )}
    </>
  );
}

function Foot(props: { readonly option: ChoiceOption | undefined; readonly leave: () => void }): ReactNode {
  const { option, leave } = props;
  const { run } = useConnection();
  const hasPlan = option?.hasPlan === true;
  return (
    <>
      <button
        type="button"
        className="button button-main"
        onClick={hasPlan ? () => void run((main) => main.showPlan()) : leave}
      >
        {hasPlan ? 'Show the plan' : 'Done'}
      </button>
      <button type="button" className="button button-plain" onClick={leave}>
        Cancel
      </button>
      {option !== undefined && <bdi className="small quiet task-foot-end">{option.footer}</bdi>}
    </>
  );
}
