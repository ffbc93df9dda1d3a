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

/** One command, with its arguments. */
export type Ask = (bridge: Bridge) => Promise<Reply<unknown>>;

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
    const { snapshot: shown, screen: before } = store.getState();
    if (shown !== null && snapshot.revision <= shown.revision) return;
    const { signIn } = snapshot;
    // One that begins is shown, whoever began it; one that was left for the answer goes on behind it.
    const isNew = signIn !== null && signIn.id !== shown?.signIn?.id;
    const screen = screenFor(snapshot, isNew ? 'sign-in' : before);
    // In one go: a task is never drawn outside of its screen, nor the screen without a task.
    store.setState({ snapshot, screen });
    if (screen !== before) follow(before, screen);
  };

  const run: Connection['run'] = async (ask) => {
    const trouble = troubleOf(await replyTo(ask, bridge));
    if (trouble === 'cancelled') return false;
    if (trouble !== null) store.setState({ trouble });
    return trouble === null;
  };

  /** Main keeps up to date only what is shown. */
  const follow = (before: Screen, now: Screen): void => {
    if (before !== now) keptFor(before, 'close').forEach((ask) => void run(ask));
    keptFor(now, 'open').forEach((ask) => void run(ask));
  };

  const show = (wanted: Screen): void => {
    const { snapshot, screen: before } = store.getState();
    // The screen of a change comes and goes with its task.
    const screen = screenFor(snapshot, wanted === 'change' ? before : wanted);
    store.setState({ screen });
    follow(before, screen);
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

/** A task takes the whole window, whoever started it; without one there is nothing to show but the answer. */
function screenFor(snapshot: Snapshot | null, wanted: Screen): Screen {
  if (snapshot !== null && snapshot.task !== null) return 'change';
  if (wanted === 'sign-in' && snapshot?.signIn == null) return 'answer';
  return wanted === 'change' ? 'answer' : wanted;
}

const KEPT: Readonly<Partial<Record<Screen, { readonly open: Ask; readonly close?: Ask }>>> = {
  matrix: { open: (main) => main.openMatrix(), close: (main) => main.closeMatrix() },
  changes: { open: (main) => main.openChanges(), close: (main) => main.closeChanges() },
  settings: { open: (main) => main.openProviders() },
};

function keptFor(screen: Screen, way: 'open' | 'close'): readonly Ask[] {
  const ask = KEPT[screen]?.[way];
  return ask === undefined ? [] : [ask];
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
