import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';

export interface WindowState {
  /** The newest one that arrived; `null` until the first. */
  readonly snapshot: Snapshot | null;
  readonly screen: Screen;
  /** A command that did not do what was asked; stays until it has been read. */
  readonly trouble: Trouble | null;
}

export interface Trouble {
  readonly message: string;
  /** Finds an internal failure in the log. */
  readonly reference: string | null;
}

type Ask = (bridge: Bridge) => Promise<Reply<unknown>>;

/** What the views have of the rest of the app: they read the state and ask for things, and never write. */
export interface Connection {
  readonly state: Pick<StoreApi<WindowState>, 'getState' | 'getInitialState' | 'subscribe'>;
  /** Sends a command; says whether it did what was asked, and keeps the reason where it did not. */
  readonly run: (ask: Ask) => Promise<boolean>;
  readonly show: (screen: Screen) => void;
  /** Asks for the newest snapshot, as when the first one did not come. */
  readonly fetch: () => void;
  readonly closeTrouble: () => void;
  /** Ends the listening. */
  readonly end: () => void;
}

const NO_REPLY: Trouble = {
  message: 'Credence did not reply. Quit it and start it again.',
  reference: null,
};

/** Listens before it asks, so that no snapshot is lost between the two; of two snapshots the higher revision counts. */
export function connect(bridge: Bridge): Connection {
  const store = createStore<WindowState>()(() => ({ snapshot: null, screen: 'answer', trouble: null }));

  const take = (snapshot: Snapshot): void => {
    const shown = store.getState().snapshot;
    if (shown === null || snapshot.revision > shown.revision) store.setState({ snapshot });
  };

  const run: Connection['run'] = async (ask) => {
    const trouble = troubleOf(await replyTo(ask, bridge));
    if (trouble === 'cancelled') return false;
    if (trouble !== null) store.setState({ trouble });
    return trouble === null;
  };

  const show = (screen: Screen): void => {
    const before = store.getState().screen;
    store.setState({ screen });
    // Main keeps the matrix up to date only while it is shown.
    if (screen === 'matrix') void run((main) => main.openMatrix());
    else if (before === 'matrix') void run((main) => main.closeMatrix());
  };

  const endSnapshots = bridge.onSnapshot(take);
  const endScreens = bridge.onScreen(show);
  const fetch = (): void =>
    void run(async (main) => {
      const reply = await main.getSnapshot();
      if (reply.ok) take(reply.value);
      return reply;
    });
  fetch();

  return {
    state: store,
    run,
    show,
    fetch,
    closeTrouble: () => {
      store.setState({ trouble: null });
    },
    end: () => {
      endSnapshots();
      endScreens();
    },
  };
}

async function replyTo(ask: Ask, bridge: Bridge): Promise<Reply<unknown> | null> {
  try {
    return await ask(bridge);
  } catch {
    return null;
  }
}

/** A person who closes a dialog knows that nothing was chosen. */
function troubleOf(reply: Reply<unknown> | null): Trouble | 'cancelled' | null {
  if (reply === null) return NO_REPLY;
  if (reply.ok) return null;
  if (reply.failure === 'cancelled') return 'cancelled';
  return { message: reply.message, reference: reply.reference ?? null };
}
