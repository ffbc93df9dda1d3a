import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ChangeTask } from '../../shared/ipc/change-snapshot.ts';
import type { SignInTask } from '../../shared/ipc/sign-in-snapshot.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { textOf } from './segments.tsx';

/**
 * Tells a screen reader, once, what is new and cannot be heard from where the focus is: another answer, or the next step of a
 * change. What the window opens with is read with the window.
 */
export function Announcer({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { looking, task, signIn } = snapshot;
  const answer = spoken(snapshot);
  const step = task === null ? (signIn === null ? null : spokenSignIn(signIn)) : spokenStep(task);
  const known = useRef({ answer, step });
  const [said, say] = useState('');
  useEffect(() => {
    const before = known.current;
    // What is shown while looking may belong to another question.
    known.current = { answer: looking ? before.answer : answer, step };
    if (step !== before.step) say(step ?? '');
    // While a change is shown, it tells itself what is true now.
    if (step === null && answer !== before.answer && !looking) say(answer);
  }, [answer, step, looking]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}

function spoken({ phase, answer, failure }: Snapshot): string {
  if (phase === 'failed') return failure === null ? '' : `${failure.happened} ${failure.means}`;
  return answer === null ? '' : `${textOf(answer.sentence)} ${textOf(answer.consequence ?? [])}`.trim();
}

/** Why something was not done is an alert of its own, beside the button. */
function spokenStep(task: ChangeTask): string {
  switch (task.kind) {
    case 'question':
      return sentences(task.title, task.lead);
    case 'plan': {
      if (task.working) return 'Changing…';
      const steps = task.steps.length > FEW ? [] : task.steps.map(({ place, what }) => `${place} ${what}`);
      return sentences(task.title, task.lead, ...steps);
    }
    case 'done':
      if (task.working) return 'Undoing…';
      return sentences(...(task.undone ? ['Undone'] : []), task.title, task.lead);
  }
}

/** The seconds are not told: who counts them cannot hear anything else. */
function spokenSignIn(task: SignInTask): string {
  switch (task.kind) {
    case 'under-way': {
      const { device, paste, cancel } = task;
      if (cancel.isWorking) return sentences(task.title);
      return sentences(
        task.title,
        ...(device === null ? [] : [`${device.code}, at ${device.where}`]),
        ...(paste?.said == null ? [] : [paste.said.text]),
      );
    }
    case 'question':
      return task.isWorking ? task.working : sentences(task.title, task.lead);
    case 'done':
      return sentences(task.title, task.lead);
    case 'failed':
      return sentences(task.title, task.lead, ...(task.advice === null ? [] : [task.advice]));
  }
}

/** More than that are read from the page. */
const FEW = 3;

/** A title has no full stop; without one it would run into what follows. */
const sentences = (...texts: readonly string[]): string =>
  texts.map((text) => (/[.?!…]$/u.test(text) ? text : `${text}.`)).join(' ');
