import type { CSSProperties, ReactNode } from 'react';
import type { ClockEnd, Clocks } from '../../shared/ipc/snapshot.ts';

/** What ends in the next 30 days, each as the range of days in which it does. */
export function ClocksView({
  clocks: { title, ticks, ends, quiet },
}: {
  readonly clocks: Clocks;
}): ReactNode {
  if (ends.length === 0 && quiet === null) return null;
  const inside = ends.filter(isInside);
  return (
    <section className="section">
      <div className="section-head">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        {quiet !== null && <bdi className="small quiet">{quiet}</bdi>}
      </div>
      {ends
        .filter((end) => !isInside(end))
        .map((end) => (
          <p key={end.key} className={`clock-far tone-${end.tone === 'ink' ? 'quiet' : end.tone}`}>
            <bdi>{end.says}</bdi>
          </p>
        ))}
      {inside.length > 0 && (
        <div className="clock">
          <ol className="clock-lanes">
            {inside.map((end) => (
              <Lane key={end.key} end={end} />
            ))}
          </ol>
          <Axis ticks={ticks} />
        </div>
      )}
    </section>
  );
}

type Inside = ClockEnd & { readonly from: number; readonly to: number };

const isInside = (end: ClockEnd): end is Inside => end.from !== null && end.to !== null;

/** The words stand on the side of the band where there is more room. */
function Lane({ end: { says, from, to, tone } }: { readonly end: Inside }): ReactNode {
  const isLate = to > 0.5;
  const words: CSSProperties = isLate
    ? { paddingInlineEnd: percent(1 - to), textAlign: 'end' }
    : { paddingInlineStart: percent(from) };
  return (
    <li className="clock-lane">
      <p className={`clock-says tone-${tone}`} style={words}>
        <bdi>{says}</bdi>
      </p>
      <div className="clock-track" aria-hidden="true">
        <div
          className={`clock-band band-${tone}`}
          style={{ insetInlineStart: percent(from), width: percent(Math.max(0, to - from)) }}
        />
      </div>
    </li>
  );
}

function Axis({ ticks }: { readonly ticks: Clocks['ticks'] }): ReactNode {
  return (
    <div className="clock-axis" aria-hidden="true">
      <svg viewBox="0 0 1000 6" preserveAspectRatio="none">
        <path d="M0 0H1000" />
        {ticks.map(({ at, label }) => (
          <path key={at} d={`M${String(at * 1000)} 0v${label === null ? '3' : '6'}`} />
        ))}
      </svg>
      {ticks
        .filter(({ label }) => label !== null)
        .map(({ at, label }) => (
          <bdi
            key={at}
            className={at === 0 || at > NEAR_END ? 'tick-label' : 'tick-label is-middle'}
            style={at > NEAR_END ? { insetInlineEnd: 0 } : { insetInlineStart: percent(at) }}
          >
            {label}
          </bdi>
        ))}
    </div>
  );
}

/** A label that begins here would leave the strip. */
const NEAR_END = 0.88;

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;
