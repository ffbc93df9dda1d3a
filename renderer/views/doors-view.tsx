import type { ReactNode } from 'react';
import type { Door } from '../../shared/ipc/snapshot.ts';
import { Chevron } from '../components/mark.tsx';
import { useConnection } from '../stores/use-connection.tsx';

/** The ways in, where nobody is logged in. */
export function DoorsView({ doors }: { readonly doors: readonly Door[] }): ReactNode {
  const { run } = useConnection();
  if (doors.length === 0) return null;
  return (
    <ul className="doors">
      {doors.map(({ id, title, note }) => (
        <li key={id} className="door">
          <div>
            <button type="button" className="toggle" onClick={() => void run((main) => main.startChange(id))}>
              <bdi className="door-title">{title}</bdi>
            </button>
            <bdi className="second-line">{note}</bdi>
          </div>
          <Chevron to="right" />
        </li>
      ))}
    </ul>
  );
}
