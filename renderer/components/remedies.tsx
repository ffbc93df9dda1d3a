import type { ReactNode } from 'react';
import type { RemedyRow } from '../../shared/ipc/snapshot.ts';
import { useConnection } from '../stores/use-connection.tsx';

/**
 * What a person can do. Where Credence can do it, the button says it and leads to the plan; else the row says it, and its button
 * what Credence does for it, which is to open the file.
 */
export function Remedies(props: {
  readonly remedies: readonly RemedyRow[];
  /** Whether the first that Credence can do, else the first that it can help with, is the one main button in sight. */
  readonly hasMain?: boolean;
}): ReactNode {
  const { remedies, hasMain = false } = props;
  if (remedies.length === 0) return null;
  const main = hasMain
    ? (remedies.find(({ change }) => change !== null) ?? remedies.find(({ place }) => place !== null))
    : undefined;
  return (
    <ul className="remedies">
      {remedies.map((remedy) => (
        <li key={remedy.key} className="remedy">
          {remedy.change === null ? (
            <ByHand remedy={remedy} isMain={remedy === main} />
          ) : (
            <ByCredence remedy={remedy} change={remedy.change} isMain={remedy === main} />
          )}
        </li>
      ))}
    </ul>
  );
}

function ByHand({ remedy, isMain }: { readonly remedy: RemedyRow; readonly isMain: boolean }): ReactNode {
  return (
    <>
      <div className="remedy-words">
        <bdi className="remedy-title">{remedy.title}</bdi>
        {remedy.note !== null && <bdi className="second-line">{remedy.note}</bdi>}
      </div>
      <OpenFile remedy={remedy} className={isMain ? 'button button-main' : 'button'} />
    </>
  );
}

function ByCredence(props: {
  readonly remedy: RemedyRow;
  readonly change: string;
  readonly isMain: boolean;
}): ReactNode {
  const { remedy, change, isMain } = props;
  const { run } = useConnection();
  return (
    <>
      <div className="remedy-words">
        <button
          type="button"
          className={isMain ? 'button button-main remedy-change' : 'button remedy-change'}
          onClick={() => void run((main) => main.startChange(change))}
        >
          <bdi>{withMore(remedy.title)}</bdi>
        </button>
        {remedy.note !== null && <bdi className="second-line">{remedy.note}</bdi>}
      </div>
      <OpenFile remedy={remedy} className="button button-plain" />
    </>
  );
}

function OpenFile(props: { readonly remedy: RemedyRow; readonly className: string }): ReactNode {
  const { title, place } = props.remedy;
  const { run } = useConnection();
  if (place === null) return null;
  return (
    <button
      type="button"
      aria-label={`Open the file, to do this: ${title}`}
      className={props.className}
      onClick={() => void run((main) => main.openPlace(place))}
    >
      Open the file
    </button>
  );
}

/** Another step follows: the plan. */
const withMore = (title: string): string => (title.endsWith('…') ? title : `${title}…`);
