import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { textOf } from './segments.tsx';

/** Tells a screen reader the new answer when it is another one, once; the first answer is read with the window. */
export function Announcer({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const text = spoken(snapshot);
  const known = useRef(text);
  const [said, say] = useState('');
  useEffect(() => {
    // What is shown while looking may belong to another question.
    if (snapshot.looking || text === known.current) return;
    known.current = text;
    say(text);
  }, [text, snapshot.looking]);
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
