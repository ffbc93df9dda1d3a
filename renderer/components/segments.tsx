import type { ReactNode, SyntheticEvent } from 'react';
import type { Segment } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

/** A sentence in pieces. Each piece keeps its own direction, so that no name or path can turn round what stands beside it. */
export function Segments({ segments }: { readonly segments: readonly Segment[] }): ReactNode {
  return segments.map((segment, at) => <OneSegment key={at} segment={segment} />);
}

export function OneSegment({ segment }: { readonly segment: Segment }): ReactNode {
  switch (segment.kind) {
    case 'text':
      return <bdi className={`tone-${segment.tone}`}>{segment.text}</bdi>;
    case 'code':
      return <CodeWord text={segment.text} />;
    case 'place':
      return <Place {...segment} />;
  }
}

/** A header, an address, a word pair. What is short stays on one line, past its own hyphens. */
export function CodeWord({ text }: { readonly text: string }): ReactNode {
  return <bdi className={text.length <= SHORT ? 'code-word is-short' : 'code-word'}>{text}</bdi>;
}
const SHORT = 28;

function Place({ text, title, id }: Extract<Segment, { kind: 'place' }>): ReactNode {
  const { run } = useConnection();
  if (id === null)
    return (
      <bdi className="place" title={title}>
        {text}
      </bdi>
    );
  const open = (event: SyntheticEvent): void => {
    event.preventDefault();
    void run((main) => main.openPlace(id));
  };
  // What it does makes it a button; but a button is a box, and this stands in a sentence and breaks like its words.
  return (
    <a
      href={`#${id}`}
      role="button"
      className="link place"
      title={title}
      draggable={false}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === ' ') open(event);
      }}
      onAuxClick={(event) => {
        event.preventDefault();
      }}
    >
      <bdi>{text}</bdi>
    </a>
  );
}

/** What the segments read. */
export const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');
