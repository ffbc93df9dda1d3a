import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Answer } from '../../shared/ipc/snapshot.ts';
import { textOf } from './segments.tsx';

/** Tells a screen reader the new answer when it is another one, once; the first answer is read with the window. */
export function Announcer({ answer }: { readonly answer: Answer | null }): ReactNode {
  const text = answer === null ? '' : `${textOf(answer.sentence)} ${textOf(answer.consequence ?? [])}`.trim();
  const known = useRef(text);
  const [said, say] = useState('');
  useEffect(() => {
    if (text === known.current) return;
    known.current = text;
    say(text);
  }, [text]);
  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );
}
