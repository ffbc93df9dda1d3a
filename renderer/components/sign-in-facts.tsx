import { Fragment, type ReactNode } from 'react';
import type { SignInFact } from '../../shared/ipc/sign-in-snapshot.ts';
import { Remaining } from './counted.tsx';
import { CodeWord } from './segments.tsx';

/** Labels and what they are. */
export function SignInFacts({ facts }: { readonly facts: readonly SignInFact[] }): ReactNode {
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map(({ key, label, value }) => (
        <Fragment key={key}>
          <dt>
            <bdi>{label}</bdi>
          </dt>
          <dd>
            {value.kind === 'until' ? (
              <Remaining until={value.at} />
            ) : value.isCode ? (
              <CodeWord text={value.text} />
            ) : (
              <bdi>{value.text}</bdi>
            )}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
