import type { ReactNode } from 'react';
import type { AfterRow } from '../../shared/ipc/change-snapshot.ts';
import type { StateMark, Tone } from '../../shared/ipc/snapshot.ts';
import { StateSign, VerdictSign } from '../components/mark.tsx';

const TONES: Readonly<Partial<Record<StateMark, Tone>>> = { absent: 'quiet', broken: 'red' };

/** What each mode uses once it is done, beside what it used before. */
export function AfterRows({ rows }: { readonly rows: readonly AfterRow[] }): ReactNode {
  return (
    <ul className="after">
      {rows.map(({ mode, label, mark, value, was }) => (
        <li key={mode} className="after-row">
          <bdi className="after-mode">{label}</bdi>
          {mark === 'metered' ? (
            <VerdictSign mark="metered" />
          ) : (
            <StateSign mark={mark} tone={TONES[mark] ?? 'ink'} />
          )}
          <bdi>{value}</bdi>
          <bdi className="quiet">{was}</bdi>
        </li>
      ))}
    </ul>
  );
}
