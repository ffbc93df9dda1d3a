import type { ReactNode } from 'react';
import type { ConflictCard } from '../../shared/ipc/snapshot.ts';
import { Disclosure } from '../components/disclosure.tsx';
import { VerdictSign } from '../components/mark.tsx';
import { Remedies } from '../components/remedies.tsx';

/** The first that asks for a decision has the one coloured band; the others are rows that unfold. */
export function ConflictsView(props: {
  readonly conflicts: readonly ConflictCard[];
  /** Where the answer itself is trouble, it is not said that nothing is to be decided. */
  readonly isFine: boolean;
}): ReactNode {
  const { conflicts, isFine } = props;
  if (conflicts.length === 0)
    return !isFine ? null : (
      <section className="section">
        <p className="second">Nothing needs a decision.</p>
      </section>
    );
  const first = conflicts.find(({ severity }) => severity !== 'info');
  const rest = conflicts.filter((conflict) => conflict !== first);
  return (
    <>
      {first !== undefined && <Band conflict={first} />}
      {rest.length > 0 && (
        <section
          className="section conflict-rows"
          aria-label={first === undefined ? 'Worth knowing' : 'Also'}
        >
          <ul>
            {rest.map((conflict) => (
              <li key={conflict.key}>
                <Disclosure
                  className="conflict"
                  before={
                    <span className="mark-slot">
                      <VerdictSign mark={conflict.mark} />
                    </span>
                  }
                  label={<bdi>{conflict.title}</bdi>}
                >
                  <Explained conflict={conflict} />
                </Disclosure>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Band({ conflict }: { readonly conflict: ConflictCard }): ReactNode {
  const isRed = conflict.severity === 'critical' || conflict.mark === 'broken';
  return (
    <section className="section band" aria-labelledby="band-title">
      <h2 id="band-title" className={isRed ? 'band-title tone-red' : 'band-title'}>
        <span className="mark-slot">
          <VerdictSign mark={conflict.mark} />
        </span>
        <bdi>{conflict.title}</bdi>
      </h2>
      <Explained conflict={conflict} isFirst />
    </section>
  );
}

function Explained(props: { readonly conflict: ConflictCard; readonly isFirst?: boolean }): ReactNode {
  const { conflict, isFirst = false } = props;
  const { cause, consequence, remedies } = conflict;
  return (
    <>
      <p className="second">
        <bdi>{cause}</bdi> <bdi>{consequence}</bdi>
      </p>
      <Remedies remedies={remedies} hasMain={isFirst} />
    </>
  );
}
