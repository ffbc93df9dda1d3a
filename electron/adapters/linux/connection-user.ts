import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import {
  connectionUser,
  localConnections,
  type ConnectionUser,
} from '../../../shared/core/platform/linux-connections.ts';

/** The table is no snapshot: while many connect, a line may be left out of one reading. */
const TRIES = 3;

/**
 * Whether another user of this computer is behind a connection within it. The administrator may do everything anyway, and is who
 * relays connections from outside of a virtual machine; where the table cannot be read, nobody is suspected.
 *
 * @param folder `/proc/net`
 * @param userId of this process; where that is the administrator’s, the browser is somebody else’s, and nobody is a stranger
 */
export function strangerOnLinux(folder: string, userId: number | null): (socket: Socket) => boolean {
  if (userId === null || userId === 0) return () => false;
  return ({ localPort, remotePort }) => {
    if (localPort === undefined || remotePort === undefined) return true;
    const user = userOf(folder, localPort, remotePort);
    return user.kind === 'gone' || (user.kind === 'user' && user.id !== userId && user.id !== 0);
  };
}

function userOf(folder: string, port: number, peerPort: number): ConnectionUser {
  for (let tried = 1; ; tried++) {
    const table = ['tcp', 'tcp6'].flatMap((name) => localConnections(textOf(`${folder}/${name}`), port));
    const user = connectionUser(table, port, peerPort);
    if (user.kind !== 'gone' || tried === TRIES) return user;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
