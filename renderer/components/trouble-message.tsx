import type { ReactNode } from 'react';
import { useConnection, useWindowState } from '../stores/use-connection.tsx';
import { VerdictSign } from './mark.tsx';
import { CodeWord } from './segments.tsx';

/** What a command could not do. It stays until it is closed. */
export function TroubleMessage(): ReactNode {
  const trouble = useWindowState((state) => state.trouble);
  const { closeTrouble } = useConnection();
  return (
    <div role="alert">
      {trouble !== null && (
        <div className="trouble">
          <VerdictSign mark="broken" />
          <p>
            <bdi>{trouble.message}</bdi>
            {trouble.reference !== null && (
              <span className="small quiet">
                {' '}
                Kind of error: <CodeWord text={trouble.reference} />
              </span>
            )}
          </p>
          <button type="button" className="button" onClick={closeTrouble}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
