import type { ReactNode } from 'react';
import type { RemedyRow } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

/** What a person can do. A row says it; its button says what Credence does for it, which is to open the file. */
export function Remedies({ remedies }: { readonly remedies: readonly RemedyRow[] }): ReactNode {
  if (remedies.length === 0) return null;
  return (
    <ul className="remedies">
      {remedies.map((remedy) => (
        <Remedy key={remedy.key} remedy={remedy} />
      ))}
    </ul>
  );
}

function Remedy({ remedy: { title, note, place } }: { readonly remedy: RemedyRow }): ReactNode {
  const { run } = useConnection();
  return (
    <li className="remedy">
      <div className="remedy-words">
        <bdi className="remedy-title">{title}</bdi>
        {note !== null && <bdi className="second-line">{note}</bdi>}
      </div>
      {place !== null && (
        <button type="button" className="button" onClick={() => void run((main) => main.openPlace(place))}>
          Open the file<span className="visually-hidden">, to do this: {title}</span>
        </button>
      )}
    </li>
  );
}
