import type { ReactNode } from 'react';
import type { KeyCheck } from '../../shared/ipc/change-snapshot.ts';
import type { VerdictMark } from '../../shared/ipc/snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';
import { useConnection } from '../stores/use-connection.tsx';

const MARKS: Readonly<Record<KeyCheck['state'], VerdictMark | null>> = {
  checking: null,
  stale: 'broken',
  accepted: 'fine',
  'cannot-tell': 'unknown',
};

interface Props {
  readonly check: KeyCheck | null;
  readonly canCheck: boolean;
}

/** Asks the server only when it is pressed; what it said stays beside it. */
export function KeyCheckView({ check, canCheck }: Props): ReactNode {
  const { run } = useConnection();
  if (check === null && !canCheck) return null;
  const mark = check === null ? null : MARKS[check.state];
  const isChecking = check?.state === 'checking';
  return (
    <div className="key-check">
      {canCheck && (
        <button
          type="button"
          className="link"
          aria-disabled={isChecking}
          onClick={() => {
            if (!isChecking) void run((main) => main.checkKey());
          }}
        >
          Is this key refused?
        </button>
      )}
      <p role="status" className="key-check-says">
        {check !== null && (
          <>
            {mark !== null && (
              <span className="mark-slot">
                <VerdictSign mark={mark} />
              </span>
            )}
            <bdi>{check.text}</bdi>
          </>
        )}
      </p>
    </div>
  );
}
