import type { ReactNode } from 'react';
import type { SignInStepRow, SignInUnderWay } from '../../shared/ipc/sign-in-snapshot.ts';
import { Elapsed } from '../components/counted.tsx';
import { StateSign } from '../components/mark.tsx';
import { PasteFieldView } from '../components/paste-field.tsx';
import { CodeWord } from '../components/segments.tsx';
import { SignInFacts } from '../components/sign-in-facts.tsx';
import { Task, type TaskBack } from '../components/task.tsx';
import { WorkButton } from '../components/work-button.tsx';
import type { Ask } from '../stores/connection.ts';
import { useConnection } from '../stores/use-connection.tsx';
import { AfterRows } from './after-rows.tsx';

interface Props {
  readonly task: SignInUnderWay;
  readonly back: TaskBack;
}

/** What was done, what is waited for, and what comes then. */
export function SignInUnderWayView({ task, back }: Props): ReactNode {
  const { title, lead, steps, device, facts, after } = task;
  return (
    <Task title={<bdi>{title}</bdi>} back={back} foot={<Foot task={task} />}>
      {lead !== '' && (
        <p className="lead">
          <bdi>{lead}</bdi>
        </p>
      )}
      {device !== null && <DeviceCodeView code={device.code} where={device.where} />}
      {steps.length > 0 && <Steps task={task} />}
      <Buttons task={task} />
      {facts.length > 0 && (
        <>
          <h2>How it comes back</h2>
          <SignInFacts facts={facts} />
        </>
      )}
      {after !== null && (
        <>
          <h2>
            <bdi>{after.title}</bdi>
          </h2>
          <AfterRows rows={after.rows} />
          {after.note !== null && (
            <p className="change-note">
              <bdi>{after.note}</bdi>
            </p>
          )}
        </>
      )}
    </Task>
  );
}

/** Large, since it is typed on another machine. */
function DeviceCodeView({ code, where }: NonNullable<SignInUnderWay['device']>): ReactNode {
  const { run } = useConnection();
  return (
    <div className="device-code">
      <bdi dir="ltr" className="device-letters">
        {code}
      </bdi>
      <button type="button" className="button" onClick={() => void run((main) => main.copyDeviceCode())}>
        Copy the code
      </button>
      <p className="second">
        Type it at <CodeWord text={where} />
      </p>
    </div>
  );
}

function Steps({ task: { steps, paste } }: { readonly task: SignInUnderWay }): ReactNode {
  const now = steps.findIndex(({ state }) => state === 'now');
  return (
    <ol className="steps">
      {steps.map((step, at) => (
        <Step key={step.key} step={step} isJoined={at < steps.length - 1 && at <= now}>
          {at === now && paste !== null && <PasteFieldView field={paste} />}
        </Step>
      ))}
    </ol>
  );
}

const MARKS = { done: 'wins', now: 'next', later: 'shadowed' } as const;
const SAYS = { done: 'done', now: 'now', later: 'not yet' } as const;

function Step(props: {
  readonly step: SignInStepRow;
  readonly isJoined: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { step, isJoined, children } = props;
  const { state, name, time, since, detail } = step;
  return (
    <li
      className={`step is-${state}${isJoined ? ' is-joined' : ''}`}
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <StateSign mark={MARKS[state]} tone="ink" />
      <div className="step-words">
        <bdi className="step-name">{name}</bdi>
        <span className="visually-hidden">, {SAYS[state]}</span>
        {detail !== null && (
          <span className="second-line">
            {detail.isCode ? <CodeWord text={detail.text} /> : <bdi>{detail.text}</bdi>}
          </span>
        )}
      </div>
      {(time !== null || since !== null) && (
        <span className="step-time">{since === null ? <bdi>{time}</bdi> : <Elapsed since={since} />}</span>
      )}
      {children !== false && <div className="step-part">{children}</div>}
    </li>
  );
}

function Buttons({ task }: { readonly task: SignInUnderWay }): ReactNode {
  const { canOpenAgain, canCopyAddress, toDevice } = task;
  if (!canOpenAgain && !canCopyAddress && toDevice === null) return null;
  return (
    <div className="buttons">
      {canOpenAgain && <Press label="Open the page again" ask={(main) => main.openPageAgain()} />}
      {canCopyAddress && <Press label="Copy the address" ask={(main) => main.copyAddress()} />}
      {toDevice !== null && <Press label={toDevice} ask={(main) => main.signInWithDevice()} />}
    </div>
  );
}

function Press({ label, ask }: { readonly label: string; readonly ask: Ask }): ReactNode {
  const { run } = useConnection();
  return (
    <button type="button" className="button" onClick={() => void run(ask)}>
      <bdi>{label}</bdi>
    </button>
  );
}

function Foot({ task }: { readonly task: SignInUnderWay }): ReactNode {
  const { label, working, isWorking } = task.cancel;
  return (
    <>
      <WorkButton
        label={label}
        working={working}
        isWorking={isWorking}
        ask={(main) => main.cancelSignIn()}
        about={task}
      />
      {task.footnote !== '' && <span className="small quiet task-foot-end">{task.footnote}</span>}
    </>
  );
}
