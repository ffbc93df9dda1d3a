import type { ReactNode } from 'react';
import type { StateMark, Tone, VerdictMark } from '../../shared/ipc/snapshot.ts';

type Shape =
  'disc' | 'half' | 'ring' | 'hollow' | 'struck' | 'cross' | 'question' | 'dotted' | 'coins' | 'triangle';

const STATES: Readonly<Record<StateMark, Shape>> = {
  wins: 'disc',
  also: 'half',
  shadowed: 'ring',
  ignored: 'hollow',
  absent: 'struck',
  broken: 'cross',
  unreadable: 'question',
  next: 'dotted',
};

const VERDICTS: Readonly<Record<VerdictMark, readonly [Shape, Tone]>> = {
  fine: ['disc', 'ink'],
  metered: ['coins', 'amber'],
  attention: ['triangle', 'amber'],
  broken: ['cross', 'red'],
  unknown: ['question', 'ink'],
  nothing: ['struck', 'quiet'],
};

/** How it goes with one source. The word stands beside it, so it is not read aloud. */
export function StateSign({ mark, tone }: { readonly mark: StateMark; readonly tone: Tone }): ReactNode {
  return <Sign shape={STATES[mark]} tone={tone} />;
}

/** How it goes as a whole. */
export function VerdictSign({ mark }: { readonly mark: VerdictMark }): ReactNode {
  const [shape, tone] = VERDICTS[mark];
  return <Sign shape={shape} tone={tone} />;
}

/** The slot and what sits in it: Credence’s own mark. */
export function OwnMark(): ReactNode {
  return (
    <svg className="own-mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M15 2H6A4 4 0 0 0 2 6v4a4 4 0 0 0 4 4h9" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="10.5" cy="8" r="2.5" fill="currentColor" />
    </svg>
  );
}

export function Chevron({ to }: { readonly to: 'down' | 'left' | 'right' }): ReactNode {
  return (
    <svg className={`chevron chevron-${to}`} viewBox="0 0 10 10" aria-hidden="true">
      <path
        d="M3.5 2L6.5 5 3.5 8"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function Sign({ shape, tone }: { readonly shape: Shape; readonly tone: Tone }): ReactNode {
  const isWide = shape === 'coins';
  return (
    <svg
      className={`mark mark-${shape} mark-${tone}`}
      viewBox={isWide ? '0 0 18 14' : '0 0 14 14'}
      aria-hidden="true"
    >
      {SHAPES[shape]}
    </svg>
  );
}

const SHAPES: Readonly<Record<Shape, ReactNode>> = {
  disc: <circle cx="7" cy="7" r="5.25" fill="currentColor" />,
  half: (
    <>
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M7 2.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  hollow: (
    <path d="M7 2.4l5 8.9H2z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
  ),
  struck: (
    <g fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinecap="round">
      <circle cx="7" cy="7" r="3" />
      <path d="M3.4 10.6l7.2-7.2" />
    </g>
  ),
  cross: <path d="M3 3l8 8M11 3l-8 8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  question: (
    <>
      <path
        d="M4.4 4.7A2.65 2.65 0 0 1 9.7 4.8c0 1.9-2.7 2-2.7 4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <circle cx="7" cy="11.7" r="1.1" fill="currentColor" />
    </>
  ),
  dotted: (
    <>
      <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx="7" cy="7" r="2.25" fill="currentColor" />
    </>
  ),
  coins: (
    <>
      <circle cx="11.5" cy="7" r="5.25" fill="currentColor" />
      <path d="M7.2 1.95A5.25 5.25 0 1 0 7.2 12.05A6.9 6.9 0 0 1 7.2 1.95z" fill="currentColor" />
    </>
  ),
  triangle: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M7 1.2c.4 0 .75.2.95.55l5.2 9.3c.4.75-.1 1.65-.95 1.65H1.8c-.85 0-1.35-.9-.95-1.65l5.2-9.3c.2-.35.55-.55.95-.55zM6.25 5v3.4h1.5V5zM7 9.5a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8z"
    />
  ),
};
