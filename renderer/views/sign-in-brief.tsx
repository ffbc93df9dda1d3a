import type { ReactNode } from 'react';
import type { SignInTask } from '../../shared/ipc/sign-in-snapshot.ts';
import { StateSign, VerdictSign } from '../components/mark.tsx';
import { useConnection } from '../stores/use-connection.tsx';

/** Above the answer: a sign-in that goes on behind it, or what became of it. */
export function SignInBrief({ signIn }: { readonly signIn: SignInTask | null }): ReactNode {
  const { show } = useConnection();
  if (signIn === null) return null;
  return (
    <section className="notice sign-in-brief" aria-label="Signing in">
      <span className="mark-slot">
        {signIn.kind === 'failed' && !signIn.isQuiet ? (
          <VerdictSign mark="broken" />
        ) : (
          <StateSign
            mark={signIn.kind === 'under-way' || signIn.kind === 'question' ? 'next' : 'wins'}
            tone="ink"
          />
        )}
      </span>
      <div>
        <bdi className="notice-title">{signIn.brief}</bdi>
      </div>
      <button
        type="button"
        className="button"
        onClick={() => {
          show('sign-in');
        }}
      >
        Show
      </button>
    </section>
  );
}
