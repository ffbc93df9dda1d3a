import type { ReactNode } from 'react';
import type { ConflictCard } from '../../shared/ipc/snapshot.ts';
import { Disclosure } from '../components/disclosure.tsx';
import { VerdictSign } from '../components/mark.tsx';
import { Remedies } from '../components/remedies.tsx';
import { useConnection } from '../stores/use-connection.tsx';

/** The first that asks for a decision has the one coloured band; the others are rows that unfold. */
export function ConflictsView(props: {
  readonly conflicts: readonly ConflictCard[];
  /** Where the answer itself is trouble, it is not said that nothing is to be decided. */
  readonly isFine: boolean;
  /** Whether it can be asked which credential is to be used. */
  readonly canChoose: boolean;
}): ReactNode {
  const { conflicts, isFine, canChoose } = props;
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
      {first !== undefined && <Band conflict={first} canChoose={canChoose} />}
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

function Band(props: { readonly conflict: ConflictCard; readonly canChoose: boolean }): ReactNode {
  const { conflict, canChoose } = props;
  const isRed = conflict.severity === 'critical' || conflict.mark === 'broken';
  return (
    <section className="section band" aria-labelledby="band-title">
      <h2 id="band-title" className={isRed ? 'band-title tone-red' : 'band-title'}>
        <span className="mark-slot">
          <VerdictSign mark={conflict.mark} />
        </span>
        <bdi>{conflict.title}</bdi>
      </h2>
      <Explained conflict={conflict} canChoose={canChoose} hasMain />
    </section>
  );
}

function Explained(props: {
  readonly conflict: ConflictCard;
  readonly canChoose?: boolean;
  readonly hasMain?: boolean;
}): ReactNode {
  const { conflict, canChoose = false, hasMain = false } = props;
  const { cause, consequence, remedies } = conflict;
  return (
    <>
      <p className="second">
        <bdi>{cause}</bdi> <bdi>{consequence}</bdi>
      </p>
      {canChoose && <AskWhich />}
      <Remedies remedies={remedies} hasMain={hasMain && !canChoose} />
    </>
  );
}

/** The one question before any remedy: it knows what each of them leads to. */
function AskWhich(): ReactNode {
  const { run } = useConnection();
  return (
    <div className="buttons">
      <button
        type="button"
        className="button button-main"
        onClick={() => void run((main) => main.askWhich())}
      >
        Which do you want to use?…
      </button>
    </div>
  );
}
