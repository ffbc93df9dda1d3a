import type { ReactNode } from 'react';
import { VerdictSign } from './mark.tsx';

/** Why something was not done, beside the button that was to do it. Always there, so that it is announced when it fills. */
export function Problem({ text }: { readonly text: string | null }): ReactNode {
  return (
    <div role="alert" className="problem">
      {text !== null && (
        <p>
          <span className="mark-slot">
            <VerdictSign mark="broken" />
          </span>
          <bdi>{text}</bdi>
        </p>
      )}
    </div>
  );
}
