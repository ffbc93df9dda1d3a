import type { ReactNode } from 'react';
import type { Failure, Snapshot } from '../../shared/ipc/snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';
import { CodeWord } from '../components/segments.tsx';
import { useConnection } from '../stores/use-connection.tsx';
import { ContextBarView } from './context-bar.tsx';
import { NoticesView } from './notices-view.tsx';
import { SignInBrief } from './sign-in-brief.tsx';

const UNTOLD: Failure = {
  happened: 'Credence could not finish looking.',
  means: 'It does not know which credential Claude Code will use here.',
  advice: 'Look again. If it fails again, choose another folder.',
  reference: null,
};

/** The last look failed. The answer before it is not shown: it may no longer be true. */
export function FailedView({ snapshot }: { readonly snapshot: Snapshot }): ReactNode {
  const { bar, menu, looking, notices } = snapshot;
  const { happened, means, advice, reference } = snapshot.failure ?? UNTOLD;
  const { run } = useConnection();
  return (
    <>
      <ContextBarView bar={bar} menu={menu} looking={looking} />
      <main aria-busy={looking}>
        <SignInBrief signIn={snapshot.signIn} />
        <NoticesView notices={notices} />
        <section className="answer">
          <h1 className="answer-sentence">
            <bdi>{happened}</bdi>
          </h1>
          <p className="consequence">
            <span className="mark-slot">
              <VerdictSign mark="broken" />
            </span>
            <bdi>{means}</bdi>
          </p>
          <dl className="facts">
            <dt>What to do</dt>
            <dd>
              <bdi>{advice}</bdi>
            </dd>
            {reference !== null && (
              <>
                <dt>Kind of error</dt>
                <dd>
                  <CodeWord text={reference} />
                </dd>
              </>
            )}
          </dl>
          <div className="buttons">
            <button
              type="button"
              className="button button-main"
              onClick={() => void run((main) => main.look())}
            >
              Look again
            </button>
          </div>
        </section>
      </main>
    </>
  );
}
