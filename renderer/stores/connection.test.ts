import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import { COMMAND_NAMES } from '../../shared/ipc/names.ts';
import type { Screen, Snapshot } from '../../shared/ipc/snapshot.ts';
import { connect } from './connection.ts';

/** As much of a snapshot as the store looks at. */
const snapshotOf = (
  revision: number,
  task: 'question' | 'plan' | null = null,
  signIn: string | null = null,
): Snapshot =>
  ({
    revision,
    task: task === null ? null : { kind: task },
    signIn: signIn === null ? null : { id: signIn },
  }) as Snapshot;

interface Told {
  readonly bridge: Bridge;
  readonly calls: readonly string[];
  readonly publish: (snapshot: Snapshot) => void;
  readonly screen: (screen: Screen) => void;
}

/** @param reply what each command replies; it may also throw */
function made(reply: (name: string) => Promise<Reply<unknown>>): Told {
  const calls: string[] = [];
  const snapshots = new Set<(snapshot: Snapshot) => void>();
  const screens = new Set<(screen: Screen) => void>();
  const ask = (name: string) => () => {
    calls.push(name);
    return reply(name);
  };
  const listen =
    <Value>(name: string, listeners: Set<Value>) =>
    (listener: Value) => {
      calls.push(name);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    };
  const bridge = {
    ...Object.fromEntries(COMMAND_NAMES.map((name) => [name, ask(name)])),
    onSnapshot: listen('onSnapshot', snapshots),
    onScreen: listen('onScreen', screens),
  } as unknown as Bridge;
  return {
    bridge,
    calls,
    publish: (snapshot) => {
      for (const listener of snapshots) listener(snapshot);
    },
    screen: (screen) => {
      for (const listener of screens) listener(screen);
    },
  };
}

const fine = (revision: number) => (name: string) =>
  Promise.resolve({ ok: true, value: name === 'getSnapshot' ? snapshotOf(revision) : null } as const);

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('The connection of the window', () => {
  it('listens before it asks', () => {
    const { bridge, calls } = made(fine(1));
    connect(bridge);
    expect(calls).toEqual(['onSnapshot', 'onScreen', 'getSnapshot']);
  });

  it('keeps what was published while the first reply was under way', async () => {
    const { bridge, publish } = made(fine(1));
    const { state } = connect(bridge);
    publish(snapshotOf(2));
    await settled();
    expect(state.getState().snapshot?.revision).toBe(2);
  });

  it.each([
    [[3, 2], 3],
    [[3, 4], 4],
    [[5, 5, 1], 5],
  ])('of revisions %j keeps %i', async (revisions, kept) => {
    const { bridge, publish } = made(fine(1));
    const { state } = connect(bridge);
    await settled();
    revisions.forEach((revision) => {
      publish(snapshotOf(revision));
    });
    expect(state.getState().snapshot?.revision).toBe(kept);
  });

  it('does not take a snapshot again that it has', async () => {
    const { bridge, publish } = made(fine(1));
    const { state } = connect(bridge);
    await settled();
    const before = state.getState().snapshot;
    publish(snapshotOf(1));
    expect(state.getState().snapshot).toBe(before);
  });

  it('has the matrix kept up to date only while it is shown', () => {
    const { bridge, calls, screen } = made(fine(1));
    const connection = connect(bridge);
    screen('matrix');
    connection.show('settings');
    connection.show('answer');
    expect(calls.slice(3)).toEqual(['openMatrix', 'closeMatrix', 'openProviders']);
    expect(connection.state.getState().screen).toBe('answer');
  });

  it('has the changes told only while they are shown', () => {
    const { bridge, calls, screen } = made(fine(1));
    const connection = connect(bridge);
    connection.show('matrix');
    screen('changes');
    connection.show('answer');
    expect(calls.slice(3)).toEqual(['openMatrix', 'closeMatrix', 'openChanges', 'closeChanges']);
  });

  it.each(['answer', 'matrix', 'settings', 'changes'] as const)(
    'gives the window to a task while %s is shown, and the answer back when it has gone',
    async (before) => {
      const { bridge, publish, screen } = made(fine(1));
      const { state } = connect(bridge);
      await settled();
      screen(before);
      publish(snapshotOf(2, 'question'));
      expect(state.getState().screen).toBe('change');
      publish(snapshotOf(3, 'plan'));
      expect(state.getState().screen).toBe('change');
      publish(snapshotOf(4));
      expect(state.getState().screen).toBe('answer');
    },
  );

  it('never draws a task outside of its screen, nor that screen without a task', async () => {
    const { bridge, publish, screen } = made(fine(1));
    const { state } = connect(bridge);
    await settled();
    const seen: unknown[] = [];
    state.subscribe(({ snapshot, screen: shown }) => seen.push([snapshot?.task?.kind ?? null, shown]));
    publish(snapshotOf(2, 'plan'));
    screen('settings');
    publish(snapshotOf(3));
    screen('change');
    expect(seen).toEqual([
      ['plan', 'change'],
      ['plan', 'change'],
      [null, 'answer'],
      [null, 'answer'],
    ]);
  });

  it('no longer has told what a task has covered', async () => {
    const { bridge, calls, publish } = made(fine(1));
    const connection = connect(bridge);
    await settled();
    connection.show('changes');
    publish(snapshotOf(2, 'plan'));
    publish(snapshotOf(3, 'plan'));
    publish(snapshotOf(4));
    expect(calls.slice(3)).toEqual(['openChanges', 'closeChanges']);
  });

  it('shows a sign-in when it begins, and leaves whoever goes back to the answer there', async () => {
    const { bridge, publish } = made(fine(1));
    const connection = connect(bridge);
    await settled();
    const screenAt = (): Screen => connection.state.getState().screen;
    connection.show('sign-in');
    expect(screenAt()).toBe('answer');
    publish(snapshotOf(2, null, 'sign-in-1'));
    expect(screenAt()).toBe('sign-in');
    connection.show('answer');
    publish(snapshotOf(3, null, 'sign-in-1'));
    expect(screenAt()).toBe('answer');
    connection.show('sign-in');
    expect(screenAt()).toBe('sign-in');
    publish(snapshotOf(4, null, null));
    expect(screenAt()).toBe('answer');
  });

  it('shows a sign-in that began before the window did', async () => {
    const { bridge } = made((name) =>
      Promise.resolve({ ok: true, value: name === 'getSnapshot' ? snapshotOf(1, null, 'sign-in-7') : null }),
    );
    const { state } = connect(bridge);
    await settled();
    expect(state.getState().screen).toBe('sign-in');
  });

  it('does not take the window from a change for a sign-in, nor gives it back to one that went on', async () => {
    const { bridge, publish } = made(fine(1));
    const { state } = connect(bridge);
    await settled();
    publish(snapshotOf(2, 'plan'));
    publish(snapshotOf(3, 'plan', 'sign-in-1'));
    expect(state.getState().screen).toBe('change');
    publish(snapshotOf(4, null, 'sign-in-1'));
    expect(state.getState().screen).toBe('answer');
    publish(snapshotOf(5, null, 'sign-in-2'));
    expect(state.getState().screen).toBe('sign-in');
  });

  it.each<[string, Reply, unknown]>([
    [
      'a refusal',
      { ok: false, failure: 'refused', message: 'That file is gone.' },
      { message: 'That file is gone.', reference: null },
    ],
    [
      'an internal failure',
      { ok: false, failure: 'internal', message: 'Credence failed.', reference: 'look-1' },
      { message: 'Credence failed.', reference: 'look-1' },
    ],
    ['a dialog that was closed', { ok: false, failure: 'cancelled', message: 'Nothing was chosen.' }, null],
  ])('of %s keeps what must be read', async (_, reply, trouble) => {
    const { bridge } = made((name) => (name === 'look' ? Promise.resolve(reply) : fine(1)(name)));
    const { run, state } = connect(bridge);
    expect(await run((main) => main.look())).toBe(false);
    expect(state.getState().trouble).toEqual(trouble);
  });

  it('says so when there is no reply at all, and keeps it until it is closed', async () => {
    const { bridge } = made((name) => (name === 'look' ? Promise.reject(new Error('gone')) : fine(1)(name)));
    const { run, state, closeTrouble } = connect(bridge);
    expect(await run((main) => main.look())).toBe(false);
    expect(await run((main) => main.closeMatrix())).toBe(true);
    expect(state.getState().trouble?.message).toBe('Credence did not reply. Quit it and start it again.');
    closeTrouble();
    expect(state.getState().trouble).toBeNull();
  });

  it('asks again for a first snapshot that did not come', async () => {
    let isThere = false;
    const { bridge } = made((name) => (isThere ? fine(4)(name) : Promise.reject(new Error('not yet'))));
    const { fetch, state } = connect(bridge);
    await settled();
    expect(state.getState()).toMatchObject({ snapshot: null, trouble: { reference: null } });
    isThere = true;
    fetch();
    await settled();
    expect(state.getState().snapshot?.revision).toBe(4);
  });

  it('hears nothing more once it has ended', async () => {
    const { bridge, publish, screen } = made(fine(1));
    const { state, end } = connect(bridge);
    await settled();
    end();
    publish(snapshotOf(9));
    screen('settings');
    expect(state.getState()).toMatchObject({ snapshot: { revision: 1 }, screen: 'answer' });
  });
});
