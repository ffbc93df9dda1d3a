import type { ReactNode } from 'react';
import type { RemedyRow } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

/** What a person can do. A row says it; its button says what Credence does for it, which is to open the file. */
export function Remedies(props: {
  readonly remedies: readonly RemedyRow[];
  /** Whether the first that Credence can help with is the one main button in sight. */
  readonly hasMain?: boolean;
}): ReactNode {
  const { remedies, hasMain = false } = props;
  if (remedies.length === 0) return null;
  const main = hasMain ? remedies.find(({ place }) => place !== null) : undefined;
  return (
    <ul className="remedies">
      {remedies.map((remedy) => (
        <Remedy key={remedy.key} remedy={remedy} isMain={remedy === main} />
      ))}
    </ul>
  );
}

function Remedy(props: { readonly remedy: RemedyRow; readonly isMain: boolean }): ReactNode {
  const { title, note, place } = props.remedy;
  const { run } = useConnection();
  return (
    <li className="remedy">
      <div className="remedy-words">
        <bdi className="remedy-title">{title}</bdi>
        {note !== null && <bdi className="second-line">{note}</bdi>}
      </div>
      {place !== null && (
        <button
          type="button"
          aria-label={`Open the file, to do this: ${title}`}
          className={props.isMain ? 'button button-main' : 'button'}
          onClick={() => void run((main) => main.openPlace(place))}
        >
          Open the file
        </button>
      )}
    </li>
  );
}
