import type { ReactNode } from 'react';
import type { Notice } from '../../shared/ipc/snapshot.ts';
import { VerdictSign } from '../components/mark.tsx';
import { useConnection } from '../stores/use-connection.tsx';

/** What is true of Credence itself and must be read; each stays until it is closed. */
export function NoticesView({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  const { run } = useConnection();
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="About Credence">
      {notices.map(({ key, mark, title, text }) => (
        <li key={key} className="notice">
          <span className="mark-slot">
            <VerdictSign mark={mark} />
          </span>
          <div>
            <bdi className="notice-title">{title}</bdi>
            <bdi className="second-line">{text}</bdi>
          </div>
          <button
            type="button"
            aria-label={`Close: ${title}`}
            className="button"
            onClick={() => void run((main) => main.dismissNotice(key))}
          >
            Close
          </button>
        </li>
      ))}
    </ul>
  );
}
