import { Fragment, type ReactNode } from 'react';
import type { DiffRow } from '../../shared/ipc/change-snapshot.ts';

type Hunks = readonly { readonly lines: readonly DiffRow[] }[];

/** Lines that go and lines that come, with what stands around them. Long ones break; none makes the window scroll sideways. */
export function DiffBox(props: {
  readonly caption: ReactNode;
  readonly hunks: Hunks;
  /** Said where there is no line; else the caption says it all. */
  readonly empty?: string;
}): ReactNode {
  const { caption, hunks, empty } = props;
  return (
    <figure className="diff">
      <figcaption>{caption}</figcaption>
      {hunks.length > 0 && (
        <ol>
          {hunks.map(({ lines }, at) => (
            <Fragment key={at}>
              {at > 0 && (
                <li className="diff-gap">
                  <span aria-hidden="true">⋯</span>
                  <span className="visually-hidden">Further down:</span>
                </li>
              )}
              {lines.map((line, index) => (
                <Line key={index} line={line} />
              ))}
            </Fragment>
          ))}
        </ol>
      )}
      {hunks.length === 0 && empty !== undefined && <p className="diff-empty">{empty}</p>}
    </figure>
  );
}

const SIGNS: Readonly<Record<DiffRow['kind'], { readonly sign: string; readonly says: string }>> = {
  context: { sign: '', says: '' },
  removed: { sign: '−', says: 'removed: ' },
  added: { sign: '+', says: 'added: ' },
};

function Line({ line: { kind, number, text } }: { readonly line: DiffRow }): ReactNode {
  const { sign, says } = SIGNS[kind];
  return (
    <li className={`diff-line is-${kind}`}>
      <span className="line-number">{number}</span>
      <span>
        <span aria-hidden="true">{sign}</span>
        <span className="visually-hidden">{says}</span>
      </span>
      {/* Code runs from left to right, whatever letters it begins with. */}
      <bdi dir="ltr" className="line-text">
        {text}
      </bdi>
    </li>
  );
}
