import type { ReactNode } from 'react';
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
      return <bdi className="code-word">{segment.text}</bdi>;
    case 'place':
      return <Place {...segment} />;
  }
}

function Place({ text, title, id }: Extract<Segment, { kind: 'place' }>): ReactNode {
  const { run } = useConnection();
  if (id === null)
    return (
      <bdi className="place" title={title}>
        {text}
      </bdi>
    );
  return (
    <button
      type="button"
      className="link place"
      title={title}
      onClick={() => void run((main) => main.openPlace(id))}
    >
      <bdi>{text}</bdi>
    </button>
  );
}

/** What the segments read. */
export const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');
