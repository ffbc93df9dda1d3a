import type { ReactNode } from 'react';
import type { ProviderRow, ProvidersPanel } from '../../shared/ipc/sign-in-snapshot.ts';
import { StateSign, VerdictSign } from '../components/mark.tsx';
import { CodeWord } from '../components/segments.tsx';
import type { Ask } from '../stores/connection.ts';
import { useConnection } from '../stores/use-connection.tsx';

/** The organisations that a person can sign in to; where they are set up, and what of that is not used. */
export function ProvidersView({ panel }: { readonly panel: ProvidersPanel }): ReactNode {
  const { rows, faults, file, command } = panel;
  return (
    <>
      {rows.length === 0 ? (
        <p className="second">None is set up. Your organisation tells you what to enter.</p>
      ) : (
        <ul className="providers">
          {rows.map((row) => (
            <Provider key={row.id} row={row} />
          ))}
        </ul>
      )}
      {faults.length > 0 && (
        <ul className="provider-faults">
          {faults.map(({ key, text, place }) => (
            <li key={key}>
              <span className="mark-slot">
                <VerdictSign mark="broken" />
              </span>
              <bdi>{text}</bdi>
              {place !== null && (
                <Press
                  label="Open the file"
                  says={`Open the file: ${text}`}
                  ask={(main) => main.openPlace(place)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="second provider-how">
        Add one with <CodeWord text={command} />
        {file !== null && (
          <>
            , or in <bdi className="place">{file.label}</bdi>
          </>
        )}
        .
      </p>
      {file !== null && file.place !== null && <OpenFile place={file.place} />}
    </>
  );
}

function OpenFile({ place }: { readonly place: string }): ReactNode {
  return (
    <div className="buttons">
      <Press label="Open providers.json" says="Open providers.json" ask={(main) => main.openPlace(place)} />
    </div>
  );
}

function Provider({ row }: { readonly row: ProviderRow }): ReactNode {
  const { id, name, host, from, mark, state, signIn, signOut, use, canCheck, check } = row;
  const isChecking = check?.state === 'checking';
  return (
    <li className="provider" aria-label={name}>
      <StateSign mark={mark} tone={mark === 'broken' ? 'red' : 'ink'} />
      <div className="provider-words">
        <bdi className="provider-name">{name}</bdi>
        <span className="second-line">
          {host !== null && <CodeWord text={host} />} <bdi className="quiet">{from}</bdi>
        </span>
        <bdi className="second-line">{state}</bdi>
        <div className="buttons">
          {signIn !== null && (
            <Press label={signIn} says={`${signIn} ${name}`} ask={(main) => main.startSignIn(id)} />
          )}
          {use !== null && (
            <Press
              label="Use for Claude Code…"
              says={`Use for Claude Code… ${name}`}
              ask={(main) => main.startChange(use)}
            />
          )}
          {canCheck && (
            <Press
              label="Check"
              says={`Check ${name}`}
              isShut={isChecking}
              ask={(main) => main.checkProvider(id)}
            />
          )}
          {signOut !== null && (
            <Press label={signOut} says={`${signOut} ${name}`} ask={(main) => main.startSignOut(id)} />
          )}
        </div>
        {/* Always there, so that it is heard when it fills. */}
        <p role="status" className="provider-check">
          {check !== null && (
            <>
              {check.state !== 'checking' && (
                <span className="mark-slot">
                  <VerdictSign mark={check.state === 'good' ? 'fine' : 'broken'} />
                </span>
              )}
              <bdi>{check.text}</bdi>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

function Press(props: {
  readonly label: string;
  /** For a screen reader: of which. */
  readonly says: string;
  readonly isShut?: boolean;
  readonly ask: Ask;
}): ReactNode {
  const { label, says, isShut = false, ask } = props;
  const { run } = useConnection();
  return (
    <button
      type="button"
      className="button"
      aria-label={says}
      aria-disabled={isShut}
      onClick={() => {
        if (!isShut) void run(ask);
      }}
    >
      {label}
    </button>
  );
}
