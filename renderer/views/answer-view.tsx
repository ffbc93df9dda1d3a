import { Fragment, type ReactNode } from 'react';
import type { Answer, AnswerRow, Excerpt, StateMark } from '../../shared/ipc/snapshot.ts';
import { StateSign, VerdictSign } from '../components/mark.tsx';
import { Segments } from '../components/segments.tsx';

export function AnswerView(props: {
  readonly answer: Answer;
  /** What can be asked about the answer. */
  readonly children: ReactNode;
}): ReactNode {
  const { answer, children } = props;
  const { mark, sentence, consequence, rows, excerpt } = answer;
  return (
    <section className="answer">
      {/* Has the focus after a task, where what opened the task is gone. */}
      <h1 className="answer-sentence" tabIndex={-1}>
        <Segments segments={sentence} />
      </h1>
      {consequence !== null && (
        <p className="consequence">
          <span className="mark-slot">
            <VerdictSign mark={mark} />
          </span>
          <span>
            <Segments segments={consequence} />
          </span>
        </p>
      )}
      {excerpt !== null && <ExcerptView excerpt={excerpt} />}
      {rows.length > 0 && <Rows rows={rows} />}
      {children}
    </section>
  );
}

const WORDS: Readonly<Partial<Record<StateMark, string>>> = {
  wins: 'wins',
  also: 'also sent',
  broken: 'broken',
};

/** Marks have a column of their own, but only where a row has one. */
function Rows({ rows }: { readonly rows: readonly AnswerRow[] }): ReactNode {
  const hasMarks = rows.some(({ mark }) => mark !== null);
  return (
    <dl className={hasMarks ? 'facts has-marks' : 'facts'}>
      {rows.map(({ label, isCode, mark, value, isQuiet }, at) => (
        <Fragment key={at}>
          <dt className={isCode ? 'is-code' : undefined}>
            <bdi>{label}</bdi>
          </dt>
          <dd className={isQuiet ? 'quiet' : undefined}>
            {mark !== null && (
              <>
                <StateSign mark={mark} tone={mark === 'broken' ? 'red' : 'ink'} />
                <span className="visually-hidden">{WORDS[mark] ?? ''} </span>
              </>
            )}
            <Segments segments={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

function ExcerptView({ excerpt: { title, lines } }: { readonly excerpt: Excerpt }): ReactNode {
  return (
    <figure className="excerpt">
      <figcaption className="visually-hidden">{title}</figcaption>
      <ol>
        {lines.map(({ number, text, isFault }) => (
          <li key={number} className={isFault ? 'is-fault' : undefined}>
            <span className="line-number">{number}</span>
            <span className="line-sign">
              {isFault && (
                <>
                  <StateSign mark="broken" tone="red" />
                  <span className="visually-hidden">The fault is here:</span>
                </>
              )}
            </span>
            <bdi className="line-text">{text}</bdi>
          </li>
        ))}
      </ol>
    </figure>
  );
}
