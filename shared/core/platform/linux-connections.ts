/**
 * One line of the kernel’s tables of TCP connections, `/proc/net/tcp` and `tcp6`, as far as it is about 127.0.0.1 on both sides; a
 * listening socket has the remote port 0.
 */
export interface LocalConnection {
  readonly port: number;
  readonly remotePort: number;
  readonly listens: boolean;
  /** Of the process that made the socket; `null`: no process has it any more. */
  readonly userId: number | null;
}

/** Whose a connection is. */
export type ConnectionUser =
  | { readonly kind: 'user'; readonly id: number }
  /** Nobody’s that the table knows: whoever has made it does not wait for an answer. */
  | { readonly kind: 'gone' }
  /** The table cannot be read, or does not even hold what listens here. */
  | { readonly kind: 'unknown' };

/**
 * @param text a table as the kernel writes it; what is no line of one is left out
 * @param about a port: lines that do not name it are not even read, since tables may have tens of thousands
 */
export function localConnections(text: string, about: number): readonly LocalConnection[] {
  const named = `:${about.toString(16).toUpperCase().padStart(4, '0')} `;
  const lines = text.split('\n').filter((line) => line.includes(named));
  return lines.flatMap((line) => {
    const [, local = '', remote = '', state = '', , , , user = '', , inode = ''] = line.trim().split(/\s+/);
    const [at, from] = [portOf(local, LOOPBACK), portOf(remote, state === LISTENS ? ANY : LOOPBACK)];
    if (at === null || from === null || !/^\d{1,10}$/.test(user) || !/^\d+$/.test(inode)) return [];
    return [
      {
        port: at,
        remotePort: from,
        listens: state === LISTENS,
        // A socket without a process is written as one of root.
        userId: inode === '0' ? null : Number(user),
      },
    ];
  });
}

/**
 * Who has connected to what listens on `port`.
 *
 * @param peerPort the port that the connection comes from
 */
export function connectionUser(
  table: readonly LocalConnection[],
  port: number,
  peerPort: number,
): ConnectionUser {
  const theirs = table.find((row) => row.port === peerPort && row.remotePort === port);
  if (theirs !== undefined && theirs.userId !== null) return { kind: 'user', id: theirs.userId };
  return { kind: table.some((row) => row.port === port && row.listens) ? 'gone' : 'unknown' };
}

const LISTENS = '0A';

/** 127.0.0.1 as words of little and of big endian machines, and within an address of the other family. */
const LOOPBACK = /^(?:0100007F|7F000001|0{16}(?:FFFF0000|0000FFFF)(?:0100007F|7F000001))$/i;
const ANY = /^0+$/;

function portOf(address: string, wanted: RegExp): number | null {
  const [host = '', port = ''] = address.split(':');
  return wanted.test(host) && /^[0-9A-F]{4}$/i.test(port) ? Number.parseInt(port, 16) : null;
}
