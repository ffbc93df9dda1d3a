import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** This one is waiting for the exchange. */
  readonly hold: (socket: Socket | null) => void;
  /** Ends them all. */
  readonly end: () => void;
}

/**
 * When too many are connected, who came first goes first, but for those that wait for the exchange: who is silent cannot keep the
 * browser out, and the browser has been answered long before its turn to go.
 */
export function keepConnectionsFew(server: Server, most: number): Connections {
  const sockets = new Set<Socket>();
  const held = new WeakSet<Socket>();
  const end = (socket: Socket): void => {
    // Not when it says that it has closed: many more may come until then.
    sockets.delete(socket);
    socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (sockets.size <= most) return;
    for (const first of sockets) {
      if (held.has(first)) continue;
      end(first);
      return;
    }
  });
  return {
    hold: (socket) => {
      if (socket !== null) held.add(socket);
    },
    end: () => {
      sockets.forEach(end);
    },
  };
}
