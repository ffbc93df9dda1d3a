import { Fragment, type ReactNode } from 'react';
import type { FoldedRow, Ladder, ReadingRow, RungRow } from '../../shared/ipc/snapshot.ts';
import { Disclosure } from '../components/disclosure.tsx';
import { StateSign } from '../components/mark.tsx';
import { Remedies } from '../components/remedies.tsx';
import { CodeWord, OneSegment } from '../components/segments.tsx';

/** A line runs down through the marks as far as Claude Code looks, turns, and ends. What stands below is not joined. */
export function LadderView({ ladder: { title, rows, end } }: { readonly ladder: Ladder }): ReactNode {
  if (rows.length === 0) return null;
  const last = end === null ? -1 : rows.findLastIndex(({ onLine }) => onLine);
  return (
    <section className="section">
      <h2>
        <bdi>{title}</bdi>
      </h2>
      <ol className="ladder">
        {rows.map((row, at) => (
          <Fragment key={row.key}>
            <li className={at <= last ? 'rung is-joined' : 'rung'}>
              {row.kind === 'folded' ? <Folded row={row} /> : <Rung rung={row} />}
            </li>
            {at === last && (
              <li className="ladder-end">
                <bdi>{end}</bdi>
              </li>
            )}
          </Fragment>
        ))}
      </ol>
    </section>
  );
}

function Folded({ row: { label, word } }: { readonly row: FoldedRow }): ReactNode {
  return (
    <div className="rung-head is-folded">
      <StateSign mark="absent" tone="quiet" />
      <bdi className="rung-title">{label}</bdi>
      <bdi className="rung-word">{word}</bdi>
    </div>
  );
}

function Rung({ rung }: { readonly rung: RungRow }): ReactNode {
  const { title, detail, mark, tone, word, place, note, wordPair } = rung;
  const isSent = mark === 'wins' || mark === 'also' || mark === 'next';
  const hasSecondLine = place !== null || note !== null || wordPair !== null;
  return (
    <div className={isSent ? 'is-sent' : undefined}>
      <Disclosure
        className="rung"
        before={<StateSign mark={mark} tone={tone} />}
        label={
          <>
            <bdi className="rung-title">{title}</bdi>
            {detail !== null && (
              <bdi className={detail.isCode ? 'rung-detail is-code' : 'rung-detail'}>{detail.text}</bdi>
            )}
          </>
        }
        head={
          <>
            <bdi className={`rung-word word-${tone}`}>{word}</bdi>
            {hasSecondLine && (
              <div className={note === null ? 'rung-origin is-place' : 'rung-origin'}>
                <span className="rung-where">
                  {place !== null && <OneSegment segment={place} />}
                  {place !== null && note !== null && ', '}
                  {note !== null && <bdi>{note}</bdi>}
                </span>
                {wordPair !== null && <bdi className="word-pair">{wordPair}</bdi>}
              </div>
            )}
          </>
        }
      >
        <RungOpen rung={rung} />
      </Disclosure>
    </div>
  );
}

function RungOpen({ rung: { reason, rule, readings, remedies } }: { readonly rung: RungRow }): ReactNode {
  return (
    <>
      <p>
        <bdi>{reason}</bdi>
      </p>
      {rule !== null && (
        <p className="rule">
          <bdi>{rule.says}</bdi> Rule <CodeWord text={rule.id} />, <bdi>{rule.evidence}</bdi>
        </p>
      )}
      {readings.length > 0 && (
        <>
          <h3>{readings.length === 1 ? 'Found in one place' : `Found in ${readings.length} places`}</h3>
          <ul className="readings">
            {readings.map((reading) => (
              <Reading key={reading.key} reading={reading} />
            ))}
          </ul>
        </>
      )}
      {remedies.length > 0 && (
        <>
          <h3>What you can do</h3>
          <Remedies remedies={remedies} />
        </>
      )}
    </>
  );
}

function Reading({ reading }: { readonly reading: ReadingRow }): ReactNode {
  const { mark, tone, word, place, wordPair, why } = reading;
  return (
    <li className="reading">
      <StateSign mark={mark} tone={tone} />
      <span className="visually-hidden">{word}: </span>
      <span className="reading-place">
        <OneSegment segment={place} />
      </span>
      {wordPair !== null && <bdi className="word-pair">{wordPair}</bdi>}
      <bdi className="second-line">{why}</bdi>
    </li>
  );
}
