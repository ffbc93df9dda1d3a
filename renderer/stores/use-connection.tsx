import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Connection, WindowState } from './connection.ts';

const ConnectionContext = createContext<Connection | null>(null);

export function ConnectionProvider(props: {
  readonly connection: Connection;
  readonly children: ReactNode;
}): ReactNode {
  return <ConnectionContext value={props.connection}>{props.children}</ConnectionContext>;
}

export function useConnection(): Connection {
  const connection = use(ConnectionContext);
  if (connection === null) throw new Error('Drawn outside of ConnectionProvider.');
  return connection;
}

export function useWindowState<Part>(choose: (state: WindowState) => Part): Part {
  return useStore(useConnection().state, choose);
}
